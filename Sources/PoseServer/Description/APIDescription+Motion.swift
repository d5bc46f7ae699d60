// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation

extension APIDescription {
    /// Writes the operation that makes motion files.
    static func writeMotionOperation(into operation: inout JSONWriter, _ maxUploadBytes: Int) {
        begin(&operation, "motion", .streams, "Make a motion file of recorded landmarks")
        operation.member(
            "description",
            "The body are pose/1 lines with frames and times, as GET /v1/live answers them and the live page saves them; at most "
                + "\(maxUploadBytes) bytes. One person is taken: the one asked for, else whoever is in most frames."
        )
        operation.key("parameters")
        operation.array { list in
            let formats = MotionRequest.Format.allCases.map(\.rawValue)
            writeItem("format", "BVH in centimetres, a VRM animation, or glTF, binary.", into: &list) {
                schema in
                schema.member("type", "string")
                schema.key("enum")
                schema.array { for name in formats { $0.value(name) } }
                schema.member("default", "bvh")
            }
            writeItem("height", "How high the person stands, in metres.", into: &list) { schema in
                schema.member("type", "number")
                schema.member("minimum", 0.3)
                schema.member("maximum", 3.0)
            }
            writeItem("person", "The person's id.", into: &list) { schema in
                schema.member("type", "integer")
                schema.member("minimum", 0)
            }
        }
        operation.member("requestBody") { body in
            body.member("required", true)
            body.member("content") {
                // Lines of JSON, each a document.
                $0.member("text/plain") { $0.member("schema") { $0.member("type", "string") } }
            }
        }
        operation.member("responses") { responses in
            writeResponse(
                200,
                "The file; \(MotionRoute.leftOutHeader), such as 101;line=129, tells how many frames are not in it since the times go "
                    + "back, and at which line",
                into: &responses
            ) { content in
                content.member("text/plain") { _ in }
                content.member("model/gltf-binary") { _ in }
            }
            let own = [
                (400, "A parameter or a line is malformed"),
                (422, "There is no motion in the lines: nobody whose hips are to be seen"),
            ]
            let others = faults.filter { ![400, 406, 415, 422].contains($0.status) }
            writeFaults((others + own).sorted { $0.0 < $1.0 }, into: &responses)
        }
    }

    private static func writeItem(
        _ name: String,
        _ description: String,
        into list: inout JSONWriter,
        _ schema: @escaping (inout JSONWriter) -> Void
    ) {
        list.object { item in
            item.member("name", name)
            item.member("in", "query")
            item.member("description", description)
            item.member("schema", schema)
        }
    }
}
