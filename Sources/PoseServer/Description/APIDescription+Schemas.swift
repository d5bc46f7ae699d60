// SPDX-License-Identifier: Apache-2.0

import PoseEstimation

/// A type of a JSON schema, for the few shapes that answers have.
private indirect enum Shape: Sendable {
    case text, integer, number, flag, nothing
    /// A type of that name, or null.
    case optional(String)
    case list(Shape)
    case object(required: [(String, Shape)], optional: [(String, Shape)] = [])
    case named(String)
    case either([Shape])

    func write(into schema: inout JSONWriter) {
        switch self {
        case .text: schema.member("type", "string")
        case .integer: schema.member("type", "integer")
        case .flag: schema.member("type", "boolean")
        case .nothing: schema.member("type", "null")
        case .optional(let name):
            schema.key("type")
            schema.array { for name in [name, "null"] { $0.value(name) } }
        case .number:
            schema.key("type")
            schema.array { for name in ["number", "null"] { $0.value(name) } }
        case .list(let item):
            schema.member("type", "array")
            schema.member("items", item.write)
        case .object(let required, let optional):
            schema.member("type", "object")
            schema.key("required")
            schema.array { for (name, _) in required { $0.value(name) } }
            schema.member("properties") { properties in
                for (name, shape) in required + optional { properties.member(name, shape.write) }
            }
        case .named(let name): APIDescription.reference(name)(&schema)
        case .either(let shapes):
            schema.key("anyOf")
            schema.array { for shape in shapes { $0.object(shape.write) } }
        }
    }
}

extension APIDescription {
    /// Writes the shapes of answers.
    static func writeSchemas(into schemas: inout JSONWriter) {
        for (name, shape) in shapes { schemas.member(name, shape.write) }
    }

    private static let shapes: [(String, Shape)] = [
        (
            "Error",
            .object(
                required: [("error", .named("Fault"))],
                optional: [("status", .text), ("message", .text)]
            )
        ),
        (
            "Fault",
            .object(required: [("code", .text), ("message", .text)], optional: [("request_id", .text)])
        ),
        ("Result", .either([.named("Document"), .named("MediaPipe"), .named("OpenPose"), .named("COCO")])),
        (
            "Document",
            .object(
                required: [
                    ("schema", .text), ("source", .text), ("image", .named("Size")), ("model", model),
                    ("people", .list(.named("Person"))),
                ],
                optional: [
                    ("frame", .integer), ("time", .number), ("state", .text), ("timing_ms", timing),
                    ("dropped", .integer),
                ]
            )
        ),
        (
            "Upload",
            .object(
                required: [
                    ("status", .text), ("landmarks_count", .integer), ("image", .text), ("schema", .text),
                    ("source", .text), ("image_size", .named("Size")), ("model", model),
                    ("people", .list(.named("Person"))),
                ],
                optional: [("timing_ms", timing)]
            )
        ),
        (
            "Anonymized",
            .object(
                required: [
                    ("schema", .text), ("source", .text), ("sha256", .text), ("width", .integer),
                    ("height", .integer), ("people", .integer), ("lossless", .flag),
                    ("faces", .list(face)), ("doubts", .list(doubt)), ("warnings", .list(.text)),
                    ("image", .text),
                ]
            )
        ),
        (
            "Person",
            .object(
                required: [
                    ("id", .integer), ("score", .number), ("detection_score", .number),
                    ("box", .list(.number)),
                    ("roi", .object(required: [("center", .list(.number)), ("size", .list(.number))])),
                    ("landmarks", .list(.named("Landmark"))), ("world_landmarks", .list(.named("Landmark"))),
                ],
                optional: [
                    ("state", .text), ("sides_swapped", .flag), ("quality", .number), ("mask", .text),
                    ("angles", .named("Angles")), ("exercise", .named("Exercise")),
                    ("skeleton", .named("Skeleton")),
                ]
            )
        ),
        ("Angles", angles),
        ("Exercise", exercise),
        ("Repetition", repetition),
        ("Skeleton", skeleton),
        (
            "Landmark",
            .object(required: [
                ("name", .text), ("x", .number), ("y", .number), ("z", .number), ("visibility", .number),
            ])
        ),
        (
            "Size",
            .object(
                required: [("width", .integer), ("height", .integer), ("orientation", .integer)],
                optional: [("reduction", .integer)]
            )
        ),
        (
            "MediaPipe",
            .object(required: [
                ("landmarks", .list(.list(.object(required: [])))),
                ("worldLandmarks", .list(.list(.object(required: [])))),
            ])
        ),
        ("OpenPose", .object(required: [("version", .number), ("people", .list(.object(required: [])))])),
        ("COCO", .list(.object(required: [("keypoints", .list(.number)), ("score", .number)]))),
        (
            "Session",
            .object(required: [("id", .text), ("expires_in", .number)])
        ),
        (
            "Info",
            .object(
                required: [
                    ("version", .text),
                    ("models", .list(.object(required: [("complexity", .integer), ("available", .flag)]))),
                    ("limits", .object(required: [("upload_bytes", .integer), ("pixels", .integer)])),
                    ("formats", .list(.text)),
                    ("features", .object(required: [("tls", .flag), ("token", .flag)])),
                ]
            )
        ),
        ("Samples", .object(required: [("samples", .list(.text))])),
        ("Status", .object(required: [("status", .text)])),
        ("Live", .object(required: [("live", .flag)])),
        ("Ready", .object(required: [("ready", .flag)])),
        ("Server", .object(required: [("name", .text), ("version", .text), ("extensions", .list(.text))])),
        (
            "Model",
            .object(required: [
                ("name", .text), ("platform", .text), ("inputs", tensors), ("outputs", tensors),
            ])
        ),
        ("Anything", .object(required: [])),
    ]

    private static let angles = Shape.object(
        required: [
            ("convention", .text), ("view", .optional("string")), ("turn", .number),
            (
                "joints",
                .list(
                    .object(
                        required: [("name", .text), ("source", .optional("string"))],
                        optional: [("2d", angle), ("3d", angle)]
                    )
                )
            ),
        ]
    )
    private static let angle = Shape.either([
        .object(
            required: [("degrees", .number), ("error", .number), ("validity", .text)],
            optional: [("shift", .number)]
        ), .nothing,
    ])
    private static let text = Shape.object(required: [("en", .text), ("zh", .text)])
    private static let exercise = Shape.object(
        required: [
            ("name", .text), ("phase", .text), ("progress", .number), ("count", .integer),
            ("partial", .integer), ("feedback", .list(text)), ("events", .list(.named("Repetition"))),
        ],
        optional: [("held_seconds", .number)]
    )
    private static let repetition = Shape.object(
        required: [
            ("kind", .text), ("start", .number), ("end", .number), ("depth", .number), ("score", .number),
            (
                "parts",
                .object(
                    required: [],
                    optional: [
                        ("depth", .number), ("form", .number), ("tempo", .number), ("symmetry", .number),
                    ]
                )
            ),
            ("notes", .list(.object(required: [("check", .text), ("en", .text), ("zh", .text)]))),
        ],
        optional: [("side", .text), ("held_seconds", .number)]
    )
    private static let skeleton = Shape.object(
        required: [
            ("height", .number), ("root", .list(.number)),
            (
                "bones",
                .list(
                    .object(
                        required: [
                            ("name", .text), ("parent", .optional("string")), ("rest", .list(.number)),
                            ("rotation", .list(.number)),
                        ],
                        optional: [("end", .list(.number))]
                    )
                )
            ),
        ]
    )
    private static let face = Shape.object(
        required: [
            ("box", .list(.integer)), ("score", .number), ("witness", .text), ("fate", .text),
        ],
        optional: [("rotation", .number)]
    )
    private static let doubt = Shape.object(
        required: [("code", .text), ("blocks", .flag)],
        optional: [
            ("box", .list(.integer)), ("rotation", .number), ("score", .number), ("witness", .text),
        ]
    )
    private static let model = Shape.object(
        required: [("name", .text), ("complexity", .integer), ("sha256", .text)]
    )
    private static let timing = Shape.object(
        required: [("decode", .number), ("detect", .number), ("landmark", .number), ("total", .number)]
    )
    private static let tensors = Shape.list(
        .object(required: [("name", .text), ("datatype", .text), ("shape", .list(.integer))])
    )
}
