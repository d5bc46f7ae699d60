// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation

/// The API as an OpenAPI 3.1 document, made from the table of parameters.
///
/// Source: OpenAPI Specification 3.1.0.
enum APIDescription {
    /// The document, one line of JSON.
    static func json(_ configuration: PoseServiceConfiguration) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { document in
            document.member("openapi", "3.1.0")
            document.member("info") { info in
                info.member("title", "swift-pose")
                info.member("version", PoseVersion.current)
                info.member(
                    "description",
                    "Finds people in a picture and places 33 landmarks on each. Pictures are not stored."
                )
            }
            document.member("paths") { paths in
                paths.member("/v1/pose") { path in
                    path.member("post") { writePoseOperation(into: &$0, configuration.maxUploadBytes) }
                }
                paths.member("/upload") { path in
                    path.member("post") { writeUploadOperation(into: &$0) }
                }
                writeLivePaths(into: &paths, configuration)
                for route in probes {
                    paths.member(route.path) { path in
                        path.member("get") { writeProbe(route, into: &$0) }
                    }
                }
            }
            document.member("components") { components in
                components.member("schemas") { schemas in
                    schemas.member("Error", writeErrorSchema)
                    schemas.member("Result", writeResultSchema)
                }
            }
        }
        return writer.bytes
    }

    private struct Probe {
        var path: String
        var summary: String
        var statuses: [Int]
    }

    private static let probes = [
        Probe(path: "/healthz", summary: "Whether the server lives", statuses: [200]),
        Probe(
            path: "/readyz",
            summary: "Whether the models are loaded and requests welcome",
            statuses: [200, 503]
        ),
        Probe(path: "/v1/info", summary: "Version, models, limits and parameters", statuses: [200]),
        Probe(path: "/openapi.json", summary: "This description", statuses: [200]),
    ]

    private static let pictureTypes = ["image/jpeg", "image/png", "image/webp", "application/octet-stream"]

    /// What can go wrong with a picture, by status.
    static let faults: [(status: Int, meaning: String)] = [
        (400, "A parameter, the form or the picture's field is missing or malformed"),
        (403, "Another web site sent this request"),
        (406, "The Accept header allows nothing that can be made"),
        (413, "Too many bytes or pixels"),
        (415, "Not a JPEG, PNG or WebP picture"),
        (422, "The picture is damaged"),
        (500, "The server failed"),
        (503, "Busy, still loading, without the model, or out of time; Retry-After says when to come again"),
    ]

    private static func writePoseOperation(into operation: inout JSONWriter, _ maxUploadBytes: Int) {
        operation.member("summary", "Find the people in a picture")
        operation.member(
            "description",
            "The picture is the body, or the field 'image' of a form; at most \(maxUploadBytes) bytes."
        )
        operation.member("operationId", "pose")
        writeParameters(.pose, into: &operation)
        writePictureBody(into: &operation)
        operation.member("responses") { responses in
            responses.member("200") { response in
                response.member(
                    "description",
                    "The people, or the annotated picture with Accept: image/jpeg, image/png or image/webp, or the "
                        + "skeletons alone with image/svg+xml"
                )
                response.member("content") { content in
                    content.member("application/json") { $0.member("schema", reference("Result")) }
                    for type in DrawingFormat.allCases.map(\.mediaType) + ["text/csv"] {
                        content.member(type) { $0.member("schema") { _ in } }
                    }
                }
            }
            writeFaults(into: &responses)
        }
    }

    private static func writeUploadOperation(into operation: inout JSONWriter) {
        operation.member("summary", "Find the people in a picture and draw them")
        operation.member("operationId", "upload")
        writeParameters(.upload, into: &operation)
        operation.member("requestBody") { body in
            body.member("required", true)
            body.member("content") { writeForm(into: &$0) }
        }
        operation.member("responses") { responses in
            responses.member("200") { response in
                response.member(
                    "description",
                    "The members of Result, and the annotated picture as a data URI"
                )
                response.member("content") { content in
                    content.member("application/json") { media in
                        media.member("schema") { schema in
                            schema.member("type", "object")
                            schema.key("required")
                            schema.array {
                                for name in ["status", "landmarks_count", "image"] { $0.value(name) }
                            }
                        }
                    }
                }
            }
            writeFaults(into: &responses)
        }
    }

    private static func writeProbe(_ probe: Probe, into operation: inout JSONWriter) {
        operation.member("summary", probe.summary)
        operation.member("responses") { responses in
            for status in probe.statuses {
                responses.member("\(status)") { response in
                    response.member("description", status == 200 ? "Yes" : "Not yet")
                    response.member("content") { content in
                        content.member("application/json") { media in
                            media.member("schema") { $0.member("type", "object") }
                        }
                    }
                }
            }
        }
    }

    /// Writes the body of a request that brings a picture, as it is or in a form.
    static func writePictureBody(into operation: inout JSONWriter) {
        operation.member("requestBody") { body in
            body.member("required", true)
            body.member("content") { content in
                for type in pictureTypes { content.member(type) { $0.member("schema") { _ in } } }
                writeForm(into: &content)
            }
        }
    }

    /// Writes the parameters of a place.
    static func writeParameters(_ place: Parameter.Places, into operation: inout JSONWriter) {
        operation.key("parameters")
        operation.array { list in
            for parameter in AnalysisParameters.parameters(for: place) {
                list.object { item in
                    item.member("name", parameter.name)
                    item.member("in", "query")
                    item.member("description", parameter.help + ".")
                    item.key("schema")
                    ParameterDescription.writeSchema(parameter, into: &item)
                }
            }
        }
    }

    private static func writeForm(into content: inout JSONWriter) {
        content.member("multipart/form-data") { media in
            media.member("schema") { schema in
                schema.member("type", "object")
                schema.key("required")
                schema.array { $0.value(Upload.fieldName) }
                schema.member("properties") { properties in
                    properties.member(Upload.fieldName) { image in
                        image.member("type", "string")
                        image.member("contentMediaType", "application/octet-stream")
                    }
                }
            }
        }
    }

    /// Writes what can go wrong.
    static func writeFaults(
        _ faults: [(status: Int, meaning: String)] = faults,
        into responses: inout JSONWriter
    ) {
        for fault in faults {
            responses.member("\(fault.status)") { response in
                response.member("description", fault.meaning)
                response.member("content") { content in
                    content.member("application/json") { $0.member("schema", reference("Error")) }
                }
            }
        }
    }

    /// Writes where a schema stands.
    static func reference(_ name: String) -> (inout JSONWriter) -> Void {
        { $0.member("$ref", "#/components/schemas/\(name)") }
    }

    private static func writeErrorSchema(into schema: inout JSONWriter) {
        schema.member("type", "object")
        schema.key("required")
        schema.array { $0.value("error") }
        schema.member("properties") { properties in
            properties.member("error") { error in
                error.member("type", "object")
                error.key("required")
                error.array { for name in ["code", "message"] { $0.value(name) } }
                error.member("properties") { members in
                    for name in ["code", "message"] { members.member(name) { $0.member("type", "string") } }
                }
            }
        }
    }

    private static func writeResultSchema(into schema: inout JSONWriter) {
        schema.member("description", "The shape pose/1; other formats differ.")
        schema.key("type")
        schema.array { for name in ["object", "array"] { $0.value(name) } }
    }
}
