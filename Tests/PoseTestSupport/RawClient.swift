// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc

/// A TCP connection to this machine, driven byte by byte, for what a well-behaved client never does.
///
/// Its calls block, so use it inside ``onThread(_:)``.
public final class RawClient {
    /// The socket.
    public let descriptor: CInt

    /// Connects.
    ///
    /// - Parameters:
    ///   - port: a port of this machine.
    ///   - isIPv6: whether to connect to `::1`.
    ///   - timeout: seconds after which a call that gets no byte gives up.
    /// - Throws: `POSIXError` when nobody listens.
    public init(port: UInt16, isIPv6: Bool = false, timeout: Int = 120) throws {
        var hints = addrinfo()
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICHOST
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(isIPv6 ? "::1" : "127.0.0.1", String(port), &hints, &list) == 0, let list else {
            throw POSIXError(.EINVAL)
        }
        defer { freeaddrinfo(list) }
        descriptor = socket(list.pointee.ai_family, CInt(SOCK_STREAM.rawValue), 0)
        try begin(list.pointee.ai_addr, list.pointee.ai_addrlen, timeout)
    }

    /// Connects to a socket in the file system.
    ///
    /// - Parameters:
    ///   - path: where the socket is, at most 107 bytes.
    ///   - timeout: seconds after which a call that gets no byte gives up.
    /// - Throws: `POSIXError` when nobody listens.
    public init(path: String, timeout: Int = 120) throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw POSIXError(.ENAMETOOLONG)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        try withUnsafePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                try begin($0, socklen_t(MemoryLayout<sockaddr_un>.size), timeout)
            }
        }
    }

    private func begin(_ address: UnsafePointer<sockaddr>, _ length: socklen_t, _ timeout: Int) throws {
        var patience = timeval(tv_sec: timeout, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
        guard connect(descriptor, address, length) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
    }

    deinit { close(descriptor) }

    /// Sends text.
    @discardableResult
    public func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// Sends bytes.
    ///
    /// - Returns: whether the other side took all of them.
    @discardableResult
    public func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { rest in
                Glibc.send(descriptor, rest.baseAddress, rest.count, CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Ends the sending direction.
    public func finishSending() { shutdown(descriptor, CInt(SHUT_WR)) }

    /// Receives until the other side closes, or for as long as the timeout allows between two pieces.
    public func receiveAll() -> [UInt8] {
        var all: [UInt8] = []
        while let piece = receiveSome() { all += piece }
        return all
    }

    /// Receives one response with a `Content-Length`.
    public func receiveResponse(hasBody: Bool = true) -> RawResponse? {
        var bytes: [UInt8] = []
        while true {
            if let response = RawResponse(bytes) {
                let expected = hasBody ? Int(response.headers["content-length"] ?? "0") ?? 0 : 0
                if response.body.count >= expected { return response }
            }
            guard let piece = receiveSome() else { return nil }
            bytes += piece
        }
    }

    /// Receives so many bytes, or fewer when the other side ends or stays silent for the timeout.
    public func receive(exactly count: Int) -> [UInt8] {
        var all: [UInt8] = []
        while all.count < count, let piece = receiveSome(count - all.count) { all += piece }
        return all
    }

    /// Makes the connection end with a reset in place of a proper end, when it is let go.
    public func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// Asks the system for a small receive buffer, so that a client that reads nothing is noticed soon.
    public func shrinkReceiveBuffer(to byteCount: CInt = 4096) {
        var size = byteCount
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<CInt>.size))
    }

    private func receiveSome(_ limit: Int = 65536) -> [UInt8]? {
        var piece = [UInt8](repeating: 0, count: limit)
        let count = recv(descriptor, &piece, piece.count, 0)
        return count > 0 ? Array(piece[..<count]) : nil
    }
}

/// What came back.
public struct RawResponse: Sendable {
    /// The status code.
    public var status: Int
    /// The headers; names in lower case.
    public var headers: [String: String] = [:]
    /// What follows the head.
    public var body: [UInt8]

    /// Reads a response whose head is complete.
    public init?(_ bytes: [UInt8]) {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let fields = lines[0].split(separator: " ")
        guard fields.count >= 2, let status = Int(fields[1]) else { return nil }
        self.status = status
        body = Array(bytes[end.upperBound...])
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            headers[line[..<colon].lowercased()] = value
        }
    }

    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }
}

/// Runs blocking calls on a thread of their own: the pool that runs tests has as few threads as cores.
public func onThread<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
    try await withCheckedThrowingContinuation { continuation in
        let thread = Thread { continuation.resume(with: Result { try body() }) }
        thread.stackSize = 1 << 20
        thread.start()
    }
}
