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

    /// The body of every error that is not worded otherwise: `{"error":{"code":…,"message":…,"request_id":…}}`.
    ///
    /// - Parameters:
    ///   - error: what to say.
    ///   - requestID: the request's name in the log; left out when empty.
    /// - Returns: the body.
    public static func standard(_ error: HTTPErrorContent, requestID: String = "") -> HTTPErrorBody {
        HTTPErrorBody(json: "{\"error\":\(object(error, requestID: requestID))}\n")
    }

    /// The member `error` of every error's body.
    package static func object(_ error: HTTPErrorContent, requestID: String) -> String {
        let id = requestID.isEmpty ? "" : ",\"request_id\":\(JSONText.quoted(requestID))"
        return "{\"code\":\(JSONText.quoted(error.code)),\"message\":\(JSONText.quoted(error.message))\(id)}"
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
            reply.response.write(renderer(error, request) ?? .standard(error, requestID: request.id))
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
