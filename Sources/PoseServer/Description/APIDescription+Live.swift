// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation

extension APIDescription {
    /// Writes the paths of streams.
    static func writeLivePaths(into paths: inout JSONWriter, _ configuration: PoseServiceConfiguration) {
        paths.member("/v1/live") { path in
            path.member("get") { writeLiveOperation(into: &$0, configuration) }
        }
        paths.member("/v1/sessions") { path in
            path.member("post") { writeBeginOperation(into: &$0, configuration) }
        }
        paths.member("/v1/sessions/{id}/frames") { path in
            path.member("post") { writeFrameOperation(into: &$0, configuration) }
        }
        paths.member("/v1/sessions/{id}") { path in
            path.member("delete") { writeEndOperation(into: &$0) }
        }
    }

    private static let unknown = (404, "There is no such session, or no longer")
    private static let full = (503, "All streams are taken; Retry-After says when to come again")

    private static func writeLiveOperation(
        into operation: inout JSONWriter,
        _ configuration: PoseServiceConfiguration
    ) {
        operation.member("summary", "Follow the people in a stream of pictures, over a WebSocket")
        operation.member(
            "description",
            "Each binary message is a picture of at most \(configuration.frameByteCount) bytes, bare or behind 8 bytes "
                + "of time: microseconds, little-endian. Each is answered by a text message: a Result with the members "
                + "'frame', the number of the binary message from 0, and 'dropped', or an Error with 'frame'. A frame "
                + "that comes while an older one waits takes its place; that one is not answered. The text message "
                + "{\"type\":\"reset\"} begins the stream anew."
        )
        operation.member("operationId", "live")
        writeParameters(.live, into: &operation)
        operation.member("responses") { responses in
            writeAnswer(101, "The connection is a WebSocket from now on", into: &responses)
            writeFaults([faults[0], faults[1], (426, "There is a WebSocket here"), full], into: &responses)
        }
    }

    private static func writeBeginOperation(
        into operation: inout JSONWriter,
        _ configuration: PoseServiceConfiguration
    ) {
        operation.member("summary", "Begin a stream whose frames come in requests of their own")
        operation.member(
            "description",
            "It ends \(fixed(configuration.live.idle / .seconds(1), decimals: 0)) seconds after its last frame."
        )
        operation.member("operationId", "beginSession")
        writeParameters(.live, into: &operation)
        operation.member("responses") { responses in
            responses.member("201") { response in
                response.member("description", "The session; Location is its path")
                response.member("content") { content in
                    content.member("application/json") { media in
                        media.member("schema") { schema in
                            schema.member("type", "object")
                            schema.key("required")
                            schema.array { for name in ["id", "expires_in"] { $0.value(name) } }
                            schema.member("properties") { members in
                                members.member("id") { $0.member("type", "string") }
                                members.member("expires_in") { $0.member("type", "number") }
                            }
                        }
                    }
                }
            }
            writeFaults([faults[0], faults[1], full], into: &responses)
        }
    }

    private static func writeFrameOperation(
        into operation: inout JSONWriter,
        _ configuration: PoseServiceConfiguration
    ) {
        operation.member("summary", "Find the people in the next frame of a session")
        operation.member(
            "description",
            "The picture is the body, or the field 'image' of a form; at most \(configuration.frameByteCount) bytes."
        )
        operation.member("operationId", "sessionFrame")
        operation.key("parameters")
        operation.array { list in
            list.object(writeIdentifier)
            list.object { item in
                item.member("name", "time")
                item.member("in", "query")
                item.member("description", "When the frame was taken, in seconds; its arrival when left out.")
                item.member("schema") { schema in
                    schema.member("type", "number")
                    schema.member("minimum", 0)
                    schema.member("maximum", 9e9)
                }
            }
        }
        writePictureBody(into: &operation)
        operation.member("responses") { responses in
            responses.member("200") { response in
                response.member("description", "The people")
                response.member("content") { content in
                    content.member("application/json") { $0.member("schema", reference("Result")) }
                    content.member("text/csv") { $0.member("schema") { _ in } }
                }
            }
            let own = [unknown, (409, "A newer frame of the session came before this one's turn")]
            writeFaults((faults.filter { $0.status != 406 } + own).sorted { $0.0 < $1.0 }, into: &responses)
        }
    }

    private static func writeEndOperation(into operation: inout JSONWriter) {
        operation.member("summary", "End a session")
        operation.member("operationId", "endSession")
        operation.key("parameters")
        operation.array { $0.object(writeIdentifier) }
        operation.member("responses") { responses in
            writeAnswer(204, "It is ended", into: &responses)
            writeFaults([faults[1], unknown], into: &responses)
        }
    }

    private static func writeIdentifier(into item: inout JSONWriter) {
        item.member("name", "id")
        item.member("in", "path")
        item.member("required", true)
        item.member("schema") { $0.member("type", "string") }
    }

    /// Writes an answer without content.
    private static func writeAnswer(_ status: Int, _ meaning: String, into responses: inout JSONWriter) {
        responses.member("\(status)") { $0.member("description", meaning) }
    }
}
