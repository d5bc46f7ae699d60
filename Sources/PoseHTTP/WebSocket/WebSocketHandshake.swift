// SPDX-License-Identifier: Apache-2.0

import CPoseNettle
import PoseSystem

/// What turns a connection into a WebSocket.
package struct WebSocketUpgrade: Sendable {
    var request: HTTPRequest
    var subprotocol: String?
    var limits: WebSocketLimits
    var handler: @Sendable (WebSocket) async -> Void
    /// Its place among the WebSockets that the server allows.
    var place: WebSocketPlace?
}

extension HTTPReply {
    /// Answers a WebSocket handshake; any other request gets an error that says what was expected.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - limits: what the WebSocket may cost.
    ///   - protocols: subprotocols that the route speaks, the preferred one first.
    ///   - handler: runs as long as the WebSocket lives; when it returns, the WebSocket is closed with 1000. Its task is
    ///     cancelled when the client is gone.
    /// - Returns: the reply.
    ///
    /// Source: RFC 6455 section 4.2.
    public static func webSocket(
        _ request: HTTPRequest,
        limits: WebSocketLimits = WebSocketLimits(),
        protocols: [String] = [],
        handler: @escaping @Sendable (WebSocket) async -> Void
    ) -> HTTPReply {
        let headers = request.headers
        guard request.method == .get, tokens(headers["upgrade"]).contains("websocket"),
            tokens(headers["connection"]).contains("upgrade")
        else {
            return HTTPReply(
                .error(
                    426,
                    "upgrade_required",
                    "There is a WebSocket here. Ask for it with GET and 'Upgrade: websocket'.",
                    headers: [("Upgrade", "websocket"), ("Connection", "Upgrade")]
                )
            )
        }
        guard headers["sec-websocket-version"]?.trimmingSpaces() == "13" else {
            return HTTPReply(
                .error(
                    426,
                    "websocket_version",
                    "This server speaks version 13 of the WebSocket protocol only.",
                    headers: [
                        ("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Version", "13"),
                    ]
                )
            )
        }
        guard let key = headers["sec-websocket-key"]?.trimmingSpaces(), isKey(key) else {
            return HTTPReply(
                .error(400, "websocket_key", "Sec-WebSocket-Key must be 16 bytes in Base64.")
            )
        }
        let offered = (headers["sec-websocket-protocol"] ?? "").split(separator: ",").map {
            $0.trimmingSpaces()
        }
        let chosen = protocols.first(where: offered.contains)
        var response = HTTPResponse(
            status: 101,
            headers: [("Upgrade", "websocket"), ("Sec-WebSocket-Accept", accept(key))]
        )
        if let chosen { response.headers.append(("Sec-WebSocket-Protocol", chosen)) }
        return HTTPReply(
            response,
            .webSocket(
                WebSocketUpgrade(request: request, subprotocol: chosen, limits: limits, handler: handler)
            )
        )
    }

    private static func tokens(_ header: String?) -> [String] {
        (header ?? "").split(separator: ",").map { $0.trimmingSpaces().lowercased() }
    }

    /// Whether a text is 16 bytes in Base64: 22 digits, the last one of four that leave no bit over, and `==`.
    private static func isKey(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 24, text.hasSuffix("=="), "AQgw".utf8.contains(bytes[21]) else { return false }
        return bytes[..<22].allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
                true
            default: false
            }
        }
    }

    /// What proves that the server read the key.
    static func accept(_ key: String) -> String {
        let text = Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)
        var context = sha1_ctx()
        var digest = [UInt8](repeating: 0, count: Int(SHA1_DIGEST_SIZE))
        unsafe nettle_sha1_init(&context)
        unsafe nettle_sha1_update(&context, text.count, text)
        unsafe nettle_sha1_digest(&context, digest.count, &digest)
        return Base64.encode(digest)
    }
}
