// SPDX-License-Identifier: Apache-2.0

/// What a handler gives back: a whole response, the head of one whose body is made while it is sent, or a
/// WebSocket.
public struct HTTPReply: Sendable {
    /// Status and headers, and the body when the reply is whole.
    public var response: HTTPResponse
    package var continuation: Continuation
    /// The path of the route that answered, with its placeholders: `/v1/sessions/{id}`; `nil` when none did.
    public var route: String?

    /// What comes after the head, when it is not the response's own body.
    package enum Continuation: Sendable {
        case none
        case stream(HTTPBodyStream)
        case webSocket(WebSocketUpgrade)
    }

    package init(_ response: HTTPResponse, _ continuation: Continuation = .none) {
        self.response = response
        self.continuation = continuation
    }

    /// A whole response.
    public static func response(_ response: HTTPResponse) -> HTTPReply { HTTPReply(response) }

    /// A response whose body is made while it is sent; its length need not be known.
    ///
    /// - Parameters:
    ///   - status: the status code.
    ///   - headers: the headers, without `Content-Length`.
    ///   - body: what makes the body.
    /// - Returns: the reply.
    public static func stream(
        status: Int = 200,
        headers: [(name: String, value: String)] = [],
        _ body: HTTPBodyStream
    ) -> HTTPReply {
        HTTPReply(HTTPResponse(status: status, headers: headers), .stream(body))
    }

    /// The status code.
    public var status: Int { response.status }
}

/// What a route's handler may return.
public protocol HTTPReplyConvertible: Sendable {
    /// The same as a reply.
    var reply: HTTPReply { get }
}

extension HTTPReply: HTTPReplyConvertible {
    /// Itself.
    public var reply: HTTPReply { self }
}

extension HTTPResponse: HTTPReplyConvertible {
    /// The response, whole.
    public var reply: HTTPReply { HTTPReply(self) }
}

/// What answers requests: a function of values, so most tests need no socket.
public typealias HTTPHandler = @Sendable (HTTPRequest) async -> HTTPReply
