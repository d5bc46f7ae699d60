// SPDX-License-Identifier: Apache-2.0

/// Why a request is refused before any handler sees it.
package struct Refusal: Error {
    var status: Int
    var code: String
    package var message: String

    static func tooLarge(_ limit: Int) -> Refusal {
        Refusal(
            status: 413,
            code: "body_too_large",
            message: "The request's body is larger than the \(limit) bytes that this server takes."
        )
    }

    static func malformedHeader(_ message: String) -> Refusal {
        Refusal(status: 400, code: "malformed_header", message: message)
    }

    static let malformedForm = Refusal(
        status: 400,
        code: "malformed_form",
        message: "The multipart/form-data body is damaged or cut short, or its boundary is missing."
    )
    static let tooManyParts = Refusal(
        status: 400,
        code: "malformed_form",
        message: "The form has more than \(MultipartParser.maxPartCount) parts. Send fewer fields."
    )
    static let tooLongPartHeaders = Refusal(
        status: 400,
        code: "malformed_form",
        message:
            "The headers of a part of the form are longer than the \(MultipartParser.maxHeadByteCount) bytes that this server "
            + "takes."
    )
    static let namelessPart = Refusal(
        status: 400,
        code: "malformed_form",
        message:
            "A part of the form has no name. Each needs a header such as: Content-Disposition: form-data; name=\"image\""
    )
    static let malformedTarget = Refusal(
        status: 400,
        code: "malformed_target",
        message: "The path or the query is not percent-encoded UTF-8."
    )
    static let unknownMethod = Refusal(
        status: 501,
        code: "unknown_method",
        message: "This server knows \(HTTPMethod.known.map(\.rawValue).joined(separator: ", "))."
    )
    static let unknownEncoding = Refusal(
        status: 501,
        code: "unknown_transfer_encoding",
        message: "This server knows the transfer encoding 'chunked' only."
    )
    static let outOfMemory = Refusal(
        status: 503,
        code: "busy",
        message: "The server holds too many uploads at once. Try again in a moment."
    )

    var response: HTTPResponse {
        .error(status, code, message, headers: status == 503 ? [("Retry-After", "1")] : [])
    }
}
