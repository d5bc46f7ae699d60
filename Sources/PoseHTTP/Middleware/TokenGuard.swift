// SPDX-License-Identifier: Apache-2.0

/// Answers only those who have one of the server's tokens.
///
/// Programs send `Authorization: Bearer TOKEN`. Browsers can add no header to a WebSocket's handshake; they offer the
/// token as a subprotocol, `pose.token.TOKEN`, beside the one that the route speaks.
///
/// Source: RFC 6750.
public struct TokenGuard: HTTPMiddleware {
    /// What stands before the token in a WebSocket's subprotocol.
    public static let subprotocolPrefix = "pose.token."

    private let tokens: BearerTokens
    private let isOpen: @Sendable (HTTPRequest) -> Bool

    /// Makes the middleware.
    ///
    /// - Parameters:
    ///   - tokens: what opens the server.
    ///   - isOpen: whether a request needs no token.
    public init(_ tokens: BearerTokens, isOpen: @escaping @Sendable (HTTPRequest) -> Bool) {
        self.tokens = tokens
        self.isOpen = isOpen
    }

    /// Answers by 401 what has no token or a wrong one.
    public func respond(to request: HTTPRequest, next: HTTPHandler) async -> HTTPReply {
        if isOpen(request) { return await next(request) }
        guard let token = Self.token(of: request) else {
            return Self.refusal(
                "unauthorized",
                "This server asks for a token: send the header 'Authorization: Bearer TOKEN', or with a WebSocket the "
                    + "subprotocol '\(Self.subprotocolPrefix)TOKEN'.",
                challenge: "Bearer realm=\"pose\""
            )
        }
        guard tokens.contains(token) else {
            return Self.refusal(
                "invalid_token",
                "The token is none of this server's. Ask its operator.",
                challenge: "Bearer realm=\"pose\", error=\"invalid_token\""
            )
        }
        return await next(request)
    }

    private static func token(of request: HTTPRequest) -> String? {
        if let header = request.headers["authorization"] {
            let words = header.split(separator: " ", maxSplits: 1)
            return words.count == 2 && words[0].lowercased() == "bearer" ? words[1].trimmingSpaces() : nil
        }
        guard request.headers["upgrade"] != nil else { return nil }
        return (request.headers["sec-websocket-protocol"] ?? "").split(separator: ",")
            .map { $0.trimmingSpaces() }
            .first { $0.hasPrefix(subprotocolPrefix) }
            .map { String($0.dropFirst(subprotocolPrefix.count)) }
    }

    private static func refusal(_ code: String, _ message: String, challenge: String) -> HTTPReply {
        HTTPReply(.error(401, code, message, headers: [("WWW-Authenticate", challenge)]))
    }
}
