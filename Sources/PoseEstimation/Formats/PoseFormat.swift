// SPDX-License-Identifier: Apache-2.0

import PoseSystem

extension ResultFormat {
    /// This project's own, `pose/1`: everything there is.
    public static let pose = ResultFormat(
        json: "pose",
        summary: "this program's own, with everything there is",
        carriesMasks: true,
        carriesTiming: true,
        isReadable: true
    ) { record, writer in
        writer.object { record.writePoseMembers(into: &$0) }
    }
}

extension PoseDocument {
    /// The name and version of this project's own shape.
    package static let schema = "pose/1"

    /// Writes the members of the `pose/1` object.
    package func writePoseMembers(
        into writer: inout JSONWriter,
        sizeName: String = "image",
        toPerson personMembers: (Int, inout JSONWriter) -> Void = { _, _ in }
    ) {
        writer.member("schema", Self.schema)
        writer.member("source", source)
        if let frame {
            writer.member("frame", frame.index)
            writer.member("time", frame.seconds)
            if let state = frame.state { writer.member("state", state.rawValue) }
        }
        writer.member(sizeName) { image in
            image.member("width", imageWidth)
            image.member("height", imageHeight)
            image.member("orientation", orientation)
            if reduction > 1 { image.member("reduction", reduction) }
        }
        writer.member("model") { model in
            model.member("name", complexity.modelName)
            model.member("complexity", complexity.rawValue)
            model.member("sha256", modelSHA256)
        }
        if let timing {
            writer.member("timing_ms") { stages in
                stages.member("decode", Self.thousandths(timing.decode))
                stages.member("detect", Self.thousandths(timing.detect))
                stages.member("landmark", Self.thousandths(timing.landmark))
                stages.member("total", Self.thousandths(timing.total))
            }
        }
        writer.key("people")
        writer.array { people in
            for (index, pose) in poses.enumerated() {
                people.object { person in
                    Self.write(pose, id: pose.track?.id ?? index, into: &person)
                    personMembers(index, &person)
                }
            }
        }
    }

    private static func write(_ pose: Pose, id: Int, into person: inout JSONWriter) {
        person.member("id", id)
        if let track = pose.track {
            person.member("state", track.state.rawValue)
            if track.hadSwappedSides { person.member("sides_swapped", true) }
        }
        person.member("score", pose.score)
        person.member("detection_score", pose.detectionScore)
        if let quality = pose.quality { person.member("quality", quality) }
        person.member("box", [pose.box.x, pose.box.y, pose.box.width, pose.box.height])
        let region = pose.regionOfInterest
        person.member("roi") { roi in
            roi.member("center", [region.centerX, region.centerY])
            roi.member("size", [region.width, region.height])
            roi.member("rotation", region.rotationRadians)
        }
        person.key("landmarks")
        person.array { landmarks in
            for (name, point) in zip(PoseLandmark.allCases, pose.landmarks) {
                landmarks.object { item in
                    item.member("name", name.name)
                    item.writePoint(point.x, point.y, point.z, point.visibility, point.presence)
                }
            }
        }
        person.key("world_landmarks")
        person.array { landmarks in
            for (name, point) in zip(PoseLandmark.allCases, pose.worldLandmarks) {
                landmarks.object { item in
                    item.member("name", name.name)
                    item.writePoint(point.x, point.y, point.z, point.visibility, point.presence)
                }
            }
        }
    }

    /// Microseconds are as fine as a clock around these stages means anything.
    static func thousandths(_ milliseconds: Double) -> Double {
        (milliseconds * 1000).rounded() / 1000
    }
}

extension JSONWriter {
    /// Writes the five numbers of a landmark.
    mutating func writePoint(_ x: Float, _ y: Float, _ z: Float, _ visibility: Float, _ presence: Float) {
        member("x", x)
        member("y", y)
        member("z", z)
        member("visibility", visibility)
        member("presence", presence)
    }
}
