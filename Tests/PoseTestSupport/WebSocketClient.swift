// SPDX-License-Identifier: Apache-2.0

/// The client's side of a WebSocket, byte by byte, for what a well-behaved client never sends.
///
/// Source: RFC 6455 section 5.2.
public final class WebSocketClient {
    /// A frame as it came.
    public struct Frame: Equatable, Sendable {
        /// Whether it ends its message.
        public var isFinal = true
        /// 1 for text, 2 for binary, 8 for a close, 9 for a ping, 10 for a pong.
        public var opcode: UInt8
        /// What it carries.
        public var payload: [UInt8]

        /// Makes a frame of its parts.
        public init(isFinal: Bool = true, opcode: UInt8, payload: [UInt8]) {
            self.isFinal = isFinal
            self.opcode = opcode
            self.payload = payload
        }

        /// The number in a close frame.
        public var closeCode: Int? {
            opcode == 8 && payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil
        }
    }

    /// The lines of a handshake for `/socket`.
    public static let handshake = handshake(target: "/socket")

    /// The lines of a handshake.
    public static func handshake(target: String) -> [String] {
        [
            "GET \(target) HTTP/1.1", "Host: localhost", "Upgrade: websocket",
            "Connection: keep-alive, Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
        ]
    }

    /// The connection.
    public let client: RawClient
    /// The head of the answer to the handshake.
    public private(set) var head = ""

    /// Connects and shakes hands.
    ///
    /// - Parameters:
    ///   - port: the server's port.
    ///   - target: path and query.
    ///   - headers: further lines of the handshake.
    ///   - early: bytes sent along with the handshake.
    ///   - timeout: seconds after which a call that gets no byte gives up.
    /// - Throws: `POSIXError` when nobody listens.
    public convenience init(
        port: UInt16,
        target: String = "/socket",
        headers: [String] = [],
        early: [UInt8] = [],
        timeout: Int = 30
    ) throws {
        self.init(try RawClient(port: port, timeout: timeout), target: target, headers: headers, early: early)
    }

    /// Shakes hands on a connection.
    ///
    /// - Parameters:
    ///   - client: the connection.
    ///   - target: path and query.
    ///   - headers: further lines of the handshake.
    ///   - early: bytes sent along with the handshake.
    public init(_ client: RawClient, target: String, headers: [String] = [], early: [UInt8] = []) {
        self.client = client
        let lines = Self.handshake(target: target) + headers
        client.send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + early)
        while !head.hasSuffix("\r\n\r\n") {
            let byte = client.receive(exactly: 1)
            if byte.isEmpty { break }
            head += String(decoding: byte, as: UTF8.self)
        }
    }

    /// The bytes of a frame, right or wrong.
    public static func frame(
        _ opcode: UInt8,
        _ payload: [UInt8],
        isFinal: Bool = true,
        isMasked: Bool = true,
        reservedBits: UInt8 = 0,
        claimedCount: UInt64? = nil
    ) -> [UInt8] {
        var bytes: [UInt8] = [(isFinal ? 0x80 : 0) | reservedBits << 4 | opcode]
        let count = claimedCount ?? UInt64(payload.count)
        let mask: UInt8 = isMasked ? 0x80 : 0
        if count < 126 {
            bytes.append(mask | UInt8(count))
        } else if count < 65536 {
            bytes += [mask | 126, UInt8(count >> 8), UInt8(count & 255)]
        } else {
            bytes.append(mask | 127)
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * $0)) }
        }
        guard isMasked else { return bytes + payload }
        let key: [UInt8] = [0x12, 0x34, 0x56, 0x78]
        return bytes + key + payload.enumerated().map { $1 ^ key[$0 % 4] }
    }

    /// The bytes of a text message.
    public static func text(_ text: String) -> [UInt8] { frame(1, Array(text.utf8)) }

    /// The bytes of a close.
    public static func close(_ code: Int, _ reason: String = "") -> [UInt8] {
        frame(8, [UInt8(code >> 8), UInt8(code & 255)] + Array(reason.utf8))
    }

    /// Sends bytes.
    public func send(_ bytes: [UInt8]) { client.send(bytes) }

    /// Receives a frame; `nil` when the connection ends.
    public func receive() -> Frame? {
        let head = client.receive(exactly: 2)
        guard head.count == 2, head[1] & 0x80 == 0 else { return nil }
        var count = Int(head[1])
        if count >= 126 {
            let size = client.receive(exactly: count == 126 ? 2 : 8)
            count = size.reduce(0) { $0 << 8 | Int($1) }
        }
        let payload = client.receive(exactly: count)
        guard payload.count == count else { return nil }
        return Frame(isFinal: head[0] & 0x80 != 0, opcode: head[0] & 15, payload: payload)
    }

    /// Receives a text; other frames count as failures.
    public func receiveText() -> String? {
        guard let frame = receive(), frame.opcode == 1 else { return nil }
        return String(decoding: frame.payload, as: UTF8.self)
    }

    /// Receives frames until a close comes or the connection ends.
    ///
    /// - Returns: the close's code; 0 for a close without one, -1 for the end without a close.
    public func receiveClose() -> Int {
        while let frame = receive() {
            if frame.opcode == 8 { return frame.closeCode ?? 0 }
        }
        return -1
    }
}
