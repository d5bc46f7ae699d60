// SPDX-License-Identifier: Apache-2.0

/// The body of an error response.
public struct HTTPErrorBody: Sendable {
    /// Its media type.
    public var contentType: String
    /// Its bytes.
    public var bytes: [UInt8]

    /// Makes a body of JSON text.
    public init(json: String) {
        contentType = "application/json"
        bytes = Array(json.utf8)
    }

    /// The body of every error that is not worded otherwise: `{"error":{"code":…,"message":…}}`.
    public static func standard(_ error: HTTPErrorContent) -> HTTPErrorBody {
        HTTPErrorBody(
            json: "{\"error\":{\"code\":\(JSONText.quoted(error.code)),"
                + "\"message\":\(JSONText.quoted(error.message))}}\n"
        )
    }
}

/// Writes the bodies of error responses, all in one place.
public struct ErrorBodies: HTTPMiddleware {
    /// What makes a body; `nil` stands for the standard one.
    public typealias Renderer = @Sendable (HTTPErrorContent, HTTPRequest) -> HTTPErrorBody?

    private let renderer: Renderer

    /// Makes the middleware.
    ///
    /// - Parameter renderer: words the errors of some requests differently.
    public init(_ renderer: @escaping Renderer = { _, _ in nil }) {
        self.renderer = renderer
    }

    /// Writes out the error of the reply, if it is one.
    public func respond(to request: HTTPRequest, next: HTTPHandler) async -> HTTPReply {
        var reply = await next(request)
        if let error = reply.response.error {
            reply.response.write(renderer(error, request) ?? .standard(error))
        }
        return reply
    }
}

extension HTTPResponse {
    /// Sets the body of an error; the first one stays.
    mutating func write(_ body: HTTPErrorBody) {
        guard self.body.isEmpty else { return }
        headers.insert(("Content-Type", body.contentType), at: 0)
        self.body = body.bytes
    }
}
