// SPDX-License-Identifier: Apache-2.0

import PoseHTTP
import PoseLanguage

/// Words the messages of errors in the language that the request likes best; their codes stay.
struct ErrorLanguage: HTTPMiddleware {
    func respond(to request: HTTPRequest, next: HTTPHandler) async -> HTTPReply {
        var reply = await next(request)
        guard let error = reply.response.error else { return reply }
        let language = Language(acceptLanguage: request.headers["accept-language"] ?? "")
        let message = language.translated(error.message)
        // What has no translation is English still.
        let spoken = message == error.message ? Language.english : language
        reply.response.error?.message = message
        reply.response.headers.append(("Content-Language", spoken.tag))
        reply.response.vary(by: "Accept-Language")
        return reply
    }
}
