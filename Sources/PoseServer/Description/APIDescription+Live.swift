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
    private static let beginning = [malformed, unauthorized, foreign]

    private static func writeLiveOperation(
        into operation: inout JSONWriter,
        _ configuration: PoseServiceConfiguration
    ) {
        begin(&operation, "live", .streams, "Follow the people in a stream of pictures, over a WebSocket")
        operation.member(
            "description",
            "Each binary message is a picture of at most \(configuration.frameByteCount) bytes, bare or behind 8 bytes "
                + "of time: microseconds, little-endian. Each is answered by a text message: a Result with the members "
                + "'frame', the number of the binary message from 0, and 'dropped', or an Error with 'frame'. A frame "
                + "that comes while an older one waits takes its place; that one is not answered. The text message "
                + "{\"type\":\"reset\"} begins the stream anew. Browsers, which can send no header, bring a token as a subprotocol: "
                + "new WebSocket(address, [\"pose\", \"pose.token.TOKEN\"])."
        )
        writeParameters(.live, into: &operation)
        writeExamples(Examples.live, into: &operation)
        operation.member("responses") { responses in
            writeResponse(101, "The connection is a WebSocket from now on", into: &responses)
            writeFaults(beginning + [(426, "There is a WebSocket here"), full], into: &responses)
        }
    }

    private static func writeBeginOperation(
        into operation: inout JSONWriter,
        _ configuration: PoseServiceConfiguration
    ) {
        begin(
            &operation,
            "beginSession",
            .streams,
            "Begin a stream whose frames come in requests of their own"
        )
        operation.member(
            "description",
            "It ends \(fixed(configuration.live.idle / .seconds(1), decimals: 0)) seconds after its last frame."
        )
        writeParameters(.live, into: &operation)
        writeExamples(Examples.sessions, into: &operation)
        operation.member("responses") { responses in
            writeResponse(201, "The session; Location is its path", into: &responses) {
                $0.member("application/json") { $0.member("schema", reference("Session")) }
            }
            writeFaults(beginning + [full], into: &responses)
        }
    }

    private static func writeFrameOperation(
        into operation: inout JSONWriter,
        _ configuration: PoseServiceConfiguration
    ) {
        begin(&operation, "sessionFrame", .streams, "Find the people in the next frame of a session")
        operation.member(
            "description",
            "The picture is the body, or the field 'image' of a form; at most \(configuration.frameByteCount) bytes."
        )
        operation.key("parameters")
        operation.array { list in
            list.object(writeIdentifier)
            list.object { item in
                item.member("name", "time")
                item.member("in", "query")
                item.member("description", "When the frame was taken, in seconds; its arrival when left out.")
                item.member("schema", writeTime)
            }
        }
        writePictureBody(fields: { $0.member("time", writeTime) }, into: &operation)
        operation.member("responses") { responses in
            writeResponse(200, "The people", into: &responses) {
                $0.member("application/json") { $0.member("schema", reference("Result")) }
                $0.member("text/csv") { _ in }
            }
            let own = [unknown, (409, "A newer frame of the session came before this one's turn")]
            writeFaults((faults.filter { $0.status != 406 } + own).sorted { $0.0 < $1.0 }, into: &responses)
        }
    }

    private static func writeTime(into schema: inout JSONWriter) {
        schema.member("type", "number")
        schema.member("minimum", 0)
        schema.member("maximum", 9e9)
    }

    private static func writeEndOperation(into operation: inout JSONWriter) {
        begin(&operation, "endSession", .streams, "End a session")
        operation.key("parameters")
        operation.array { $0.object(writeIdentifier) }
        operation.member("responses") { responses in
            writeResponse(204, "It is ended", into: &responses)
            writeFaults([unauthorized, foreign, unknown], into: &responses)
        }
    }

    private static func writeIdentifier(into item: inout JSONWriter) {
        item.member("name", "id")
        item.member("in", "path")
        item.member("required", true)
        item.member("schema") { $0.member("type", "string") }
    }
}
