// SPDX-License-Identifier: Apache-2.0

import PoseHTTP
import PoseLanguage

/// Words the messages of errors in the language that the request likes best; their codes stay.
struct ErrorLanguage: HTTPMiddleware {
    func respond(to request: HTTPRequest, next: HTTPHandler) async -> HTTPReply {
        var reply = await next(request)
        reply.response = Self.worded(reply.response, request.headers["accept-language"] ?? "")
        return reply
    }

    /// A response whose error, if it is one, is in the language that is liked best.
    static func worded(_ response: HTTPResponse, _ acceptLanguage: String) -> HTTPResponse {
        guard let error = response.error else { return response }
        var response = response
        let language = Language(acceptLanguage: acceptLanguage)
        let message = language.translated(error.message)
        // What has no translation is English still.
        let spoken = message == error.message ? Language.english : language
        response.error?.message = message
        response.headers.append(("Content-Language", spoken.tag))
        response.vary(by: "Accept-Language")
        return response
    }
}
