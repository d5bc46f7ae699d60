// SPDX-License-Identifier: Apache-2.0

import PoseTestSupport

/// The client's side of a WebSocket, byte by byte, for what a well-behaved client never sends.
///
/// Source: RFC 6455 section 5.2.
final class WebSocketClient {
    struct Frame: Equatable {
        var isFinal = true
        var opcode: UInt8
        var payload: [UInt8]

        /// The number in a close frame.
        var closeCode: Int? {
            opcode == 8 && payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil
        }
    }

    static let handshake = [
        "GET /socket HTTP/1.1", "Host: x", "Upgrade: websocket", "Connection: keep-alive, Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
    ]

    let client: RawClient
    private(set) var head = ""

    /// Connects and shakes hands.
    ///
    /// - Parameters:
    ///   - port: the server's port.
    ///   - headers: further lines of the handshake.
    ///   - early: bytes sent along with the handshake.
    ///   - timeout: seconds after which a call that gets no byte gives up.
    /// - Throws: `POSIXError` when nobody listens.
    init(port: UInt16, headers: [String] = [], early: [UInt8] = [], timeout: Int = 30) throws {
        client = try RawClient(port: port, timeout: timeout)
        let lines = Self.handshake + headers
        client.send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + early)
        while !head.hasSuffix("\r\n\r\n") {
            let byte = client.receive(exactly: 1)
            if byte.isEmpty { break }
            head += String(decoding: byte, as: UTF8.self)
        }
    }

    static func frame(
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

    static func text(_ text: String) -> [UInt8] { frame(1, Array(text.utf8)) }

    static func close(_ code: Int, _ reason: String = "") -> [UInt8] {
        frame(8, [UInt8(code >> 8), UInt8(code & 255)] + Array(reason.utf8))
    }

    func send(_ bytes: [UInt8]) { client.send(bytes) }

    /// Receives a frame; `nil` when the connection ends.
    func receive() -> Frame? {
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
    func receiveText() -> String? {
        guard let frame = receive(), frame.opcode == 1 else { return nil }
        return String(decoding: frame.payload, as: UTF8.self)
    }

    /// Receives frames until a close comes or the connection ends.
    ///
    /// - Returns: the close's code; 0 for a close without one, -1 for the end without a close.
    func receiveClose() -> Int {
        while let frame = receive() {
            if frame.opcode == 8 { return frame.closeCode ?? 0 }
        }
        return -1
    }
}
