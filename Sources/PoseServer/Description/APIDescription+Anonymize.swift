// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PoseEstimation

extension APIDescription {
    /// Writes the operation that hides faces.
    static func writeAnonymizeOperation(into operation: inout JSONWriter, _ maxUploadBytes: Int) {
        begin(&operation, "anonymize", .pictures, "Cover every face in a picture")
        operation.member(
            "description",
            "The picture is the body, or the field 'image' of a form; at most \(maxUploadBytes) bytes. The answer is the picture "
                + "in its own format with its faces covered and its metadata dropped, or with format=json the faces, the doubts and "
                + "the picture as a data URI. A picture in which a person's head was not found is withheld with 422 and the code "
                + "person_without_head, unless strict=false is sent or the head is marked with faces. This lowers the risk that "
                + "somebody is recognised; it proves nothing."
        )
        writeParameters(.anonymizeRequest, into: &operation)
        writePictureBody(fields: fields(of: .anonymizeRequest), into: &operation)
        writeExamples(Examples.anonymize, into: &operation)
        operation.member("responses") { responses in
            writeResponse(
                200,
                "The picture; \(PoseRoutes.faceCountHeader) and \(PoseRoutes.doubtCountHeader) are the numbers of covered faces "
                    + "and doubts",
                into: &responses
            ) { content in
                for format in ImageFormat.allCases { content.member(format.mediaType) { _ in } }
                content.member("application/json") { $0.member("schema", reference("Anonymized")) }
            }
            writeFaults(
                faults.filter { $0.status != 406 }.map {
                    $0.status == 422 ? (422, "The picture is damaged, or withheld: its code says which") : $0
                },
                into: &responses
            )
        }
    }
}
