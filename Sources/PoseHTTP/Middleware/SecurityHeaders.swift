// SPDX-License-Identifier: Apache-2.0

/// Headers that tell browsers to trust the answer with nothing it does not need.
public struct SecurityHeaders: HTTPMiddleware {
    /// What the page may load: its own files, pictures and films that it was given, and nothing from elsewhere.
    public static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:",
        "media-src blob:", "connect-src 'self'", "base-uri 'none'", "form-action 'self'",
        "frame-ancestors 'none'",
    ].joined(separator: "; ")

    /// Makes the middleware.
    public init() {}

    /// Adds the headers to the reply.
    ///
    /// There is no `Access-Control-Allow-Origin` among them: which other sites can read the answers, ``CrossOrigin`` says.
    public func respond(to request: HTTPRequest, next: HTTPHandler) async -> HTTPReply {
        var reply = await next(request)
        reply.response = Self.added(to: reply.response)
        return reply
    }

    static func added(to response: HTTPResponse) -> HTTPResponse {
        var response = response
        response.headers += [
            ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ]
        if response.header("Content-Type")?.hasPrefix("text/html") == true {
            response.headers.append(("Content-Security-Policy", contentSecurityPolicy))
        }
        return response
    }
}
