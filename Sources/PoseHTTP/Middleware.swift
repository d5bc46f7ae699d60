// SPDX-License-Identifier: Apache-2.0

/// Headers that tell browsers to trust the answer with nothing it does not need.
public enum SecurityHeaders {
    /// What the page may load: its own files, pictures it made itself, and nothing from elsewhere.
    public static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:",
        "connect-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    /// The response with the headers added.
    ///
    /// There is no `Access-Control-Allow-Origin`: other sites cannot read the answers.
    public static func added(to response: HTTPResponse) -> HTTPResponse {
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

/// One line for each request.
public enum RequestLog {
    /// The line, without a line break: method, path, status, bytes sent, milliseconds.
    public static func line(_ request: HTTPRequest, _ response: HTTPResponse, took: Duration) -> String {
        let path = JSONText.quoted(String(request.path.prefix(200))).dropFirst().dropLast()
        let bytes = request.method == .head ? 0 : response.body.count
        return "\(request.method.rawValue) \(path) \(response.status) \(bytes) B \(milliseconds(took)) ms"
    }

    private static func milliseconds(_ duration: Duration) -> String {
        let tenths = (duration / .milliseconds(1) * 10).rounded()
        return String(tenths / 10)
    }

    /// A handler that writes a line after each answer.
    ///
    /// - Parameters:
    ///   - handler: what answers.
    ///   - write: what takes the line.
    /// - Returns: the handler to give to a server.
    public static func around(
        _ handler: @escaping HTTPHandler,
        write: @escaping @Sendable (String) -> Void
    ) -> HTTPHandler {
        { request in
            let start = ContinuousClock.now
            let response = await handler(request)
            write(line(request, response, took: ContinuousClock.now - start))
            return response
        }
    }
}
