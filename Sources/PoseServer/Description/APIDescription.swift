// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
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
                    path.member("post") { writeUploadOperation(into: &$0, configuration.maxUploadBytes) }
                }
                paths.member("/v1/anonymize") { path in
                    path.member("post") { writeAnonymizeOperation(into: &$0, configuration.maxUploadBytes) }
                }
                paths.member("/v1/motion") { path in
                    path.member("post") { writeMotionOperation(into: &$0, configuration.maxUploadBytes) }
                }
                writeLivePaths(into: &paths, configuration)
                writeQuestions(into: &paths)
            }
            writeSecurity(into: &document, isNeeded: configuration.tokens != nil)
            document.member("components") { components in
                components.member("schemas", writeSchemas)
                components.member("securitySchemes") { schemes in
                    schemes.member("token") { scheme in
                        scheme.member("type", "http")
                        scheme.member("scheme", "bearer")
                        scheme.member(
                            "description",
                            "One of the tokens of the server's operator, where it asks for any."
                        )
                    }
                }
            }
        }
        return writer.bytes
    }

    /// What can go wrong with a picture, by status.
    static let faults: [(status: Int, meaning: String)] = [
        (400, "A parameter, the form or the picture's field is missing or malformed"),
        unauthorized,
        (403, "Another web site sent this request"),
        (406, "The Accept header allows nothing that can be made"),
        (413, "Too many bytes or pixels"),
        (415, "Not a picture of a format that is read: member 'pictures' of /v1/info"),
        (422, "The picture is damaged"),
        (429, "As much work waits as may; Retry-After says when to come again"),
        (500, "The server failed"),
        (503, "Still loading, without the model, or out of time; Retry-After says when to come again"),
    ]

    static let malformed = (400, "A parameter is unknown, malformed or out of range")
    static let unauthorized = (401, "The server asks for a token, and this one is missing or wrong")
    static let foreign = (403, "Another web site sent this request")

    private static func writePoseOperation(into operation: inout JSONWriter, _ maxUploadBytes: Int) {
        begin(&operation, "pose", .pictures, "Find the people in a picture")
        operation.member(
            "description",
            "The picture is the body, or the field 'image' of a form; at most \(maxUploadBytes) bytes. The answer is JSON, or "
                + "with Accept: image/jpeg, image/png or image/webp the picture with the skeletons drawn on it, with image/svg+xml "
                + "the skeletons alone. The other "
                + "fields of a form are parameters, like those of the query. What the file is, its first bytes tell; its "
                + "name, from the form or from Content-Disposition, becomes the member 'source'."
        )
        writeParameters(.pose, into: &operation)
        writePictureBody(fields: fields(of: .pose), into: &operation)
        writeExamples(Examples.pose, into: &operation)
        operation.member("responses") { responses in
            writeResponse(
                200,
                "The people, or the annotated picture, or the skeletons alone (image/svg+xml); Pose-Count is their number",
                into: &responses
            ) {
                $0.member("application/json") { $0.member("schema", reference("Result")) }
                for type in DrawingFormat.allCases.map(\.mediaType) + ["text/csv"] {
                    $0.member(type) { _ in }
                }
            }
            writeFaults(into: &responses)
        }
    }

    private static func writeUploadOperation(into operation: inout JSONWriter, _ maxUploadBytes: Int) {
        begin(&operation, "upload", .pictures, "Find the people in a picture and draw them")
        operation.member(
            "description",
            "For pages that were written for the tutorial's server. The answer has the members of a Document, except that "
                + "'image' is the annotated picture as a data URI; the picture's size is in 'image_size'. At most "
                + "\(maxUploadBytes) bytes."
        )
        writeParameters(.upload, into: &operation)
        operation.member("requestBody") { body in
            body.member("required", true)
            body.member("content") { writeForm(fields: fields(of: .upload), into: &$0) }
        }
        writeExamples(Examples.upload, into: &operation)
        operation.member("responses") { responses in
            writeResponse(200, "The people, and the annotated picture", into: &responses) {
                $0.member("application/json") { $0.member("schema", reference("Upload")) }
            }
            writeFaults(faults.filter { $0.status != 406 }, into: &responses)
        }
    }
}
