// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A UDP socket of this machine that receives.
public final class DatagramReceiver: Sendable {
    private let descriptor: CInt
    /// The port that it listens at.
    public let port: UInt16

    /// Listens at a port.
    ///
    /// - Parameters:
    ///   - port: which; 0 for a free one.
    ///   - isIPv6: whether at `::1`, and not at 127.0.0.1.
    public init?(port: UInt16 = 0, isIPv6: Bool = false) {
        var hints = addrinfo()
        hints.ai_socktype = CInt(SOCK_DGRAM.rawValue)
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(isIPv6 ? "::1" : "127.0.0.1", String(port), &hints, &list) == 0, let info = list
        else {
            return nil
        }
        defer { freeaddrinfo(info) }
        let descriptor = socket(info.pointee.ai_family, CInt(SOCK_DGRAM.rawValue), 0)
        self.descriptor = descriptor
        guard descriptor >= 0, bind(descriptor, info.pointee.ai_addr, info.pointee.ai_addrlen) == 0,
            let number = Self.port(of: descriptor)
        else {
            // A machine without IPv6 refuses.
            self.port = 0
            return nil
        }
        self.port = number
        var room: CInt = 8 << 20
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &room, socklen_t(MemoryLayout<CInt>.size))
    }

    private static func port(of descriptor: CInt) -> UInt16? {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let status = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &size)
            }
        }
        guard status == 0 else { return nil }
        // At the same place in both kinds of addresses.
        return withUnsafeBytes(of: storage) { UInt16($0[2]) << 8 | UInt16($0[3]) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The next datagram.
    ///
    /// - Parameter seconds: how long to wait for it.
    /// - Returns: its bytes; `nil` when none comes.
    public func next(within seconds: Int = 20) -> [UInt8]? {
        var limit = timeval(tv_sec: seconds, tv_usec: seconds == 0 ? 1_000 : 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count < 0 ? nil : Array(buffer[..<count])
    }
}
