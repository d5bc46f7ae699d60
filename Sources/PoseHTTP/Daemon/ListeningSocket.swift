// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// A bound, listening TCP socket; whoever holds it last closes the descriptor.
struct ListeningSocket {
    let descriptor: CInt
    let isIPv6: Bool
    /// The port that was bound, the one the system chose when 0 was asked for.
    let port: UInt16

    /// Binds and listens.
    ///
    /// - Parameters:
    ///   - host: an IPv4 or IPv6 address, the latter with or without brackets, or `localhost`.
    ///   - port: the port; 0 takes a free one.
    /// - Returns: the socket.
    /// - Throws: ``HTTPServerError``.
    static func open(host: String, port: UInt16) throws(HTTPServerError) -> ListeningSocket {
        let literal = Self.literal(host)
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        unsafe hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = AI_NUMERICHOST | AI_PASSIVE | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(literal, String(port), &hints, &list) == 0, let first = unsafe list else {
            throw HTTPServerError(
                .badHost,
                "'\(host)' is not an IP address. Give 127.0.0.1 (this machine only), 0.0.0.0 or :: (all), or an "
                    + "address of this machine."
            )
        }
        defer { unsafe freeaddrinfo(first) }
        let info = unsafe first.pointee
        let flags = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = unsafe socket(info.ai_family, flags, 0)
        guard descriptor >= 0 else { throw failure(errno, host, port) }
        do throws(HTTPServerError) {
            try set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1, host, port)
            let isIPv6 = unsafe info.ai_family == AF_INET6
            // `::` takes IPv4 clients too, as most programs do.
            if isIPv6 {
                try set(descriptor, CInt(IPPROTO_IPV6), IPV6_V6ONLY, literal == "::" ? 0 : 1, host, port)
            }
            guard unsafe bind(descriptor, info.ai_addr, info.ai_addrlen) == 0, listen(descriptor, 511) == 0
            else {
                throw failure(errno, host, port)
            }
            return ListeningSocket(
                descriptor: descriptor,
                isIPv6: isIPv6,
                port: boundPort(descriptor) ?? port
            )
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// The address as it is written in a URL: IPv6 in brackets.
    static func hostInURL(_ host: String) -> String {
        let literal = literal(host)
        return literal.contains(":") ? "[\(literal)]" : literal
    }

    private static func literal(_ host: String) -> String {
        if host == "localhost" { return "127.0.0.1" }
        return host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    }

    private static func set(
        _ descriptor: CInt,
        _ level: CInt,
        _ option: CInt,
        _ value: CInt,
        _ host: String,
        _ port: UInt16
    ) throws(HTTPServerError) {
        var value = value
        let size = socklen_t(MemoryLayout<CInt>.size)
        guard unsafe setsockopt(descriptor, level, option, &value, size) == 0 else {
            throw failure(errno, host, port)
        }
    }

    private static func boundPort(_ descriptor: CInt) -> UInt16? {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard unsafe getsockname(descriptor, address, &size) == 0 else { return nil }
                // The port is at the same place in sockaddr_in and sockaddr_in6.
                return unsafe UnsafeRawPointer(address).loadUnaligned(fromByteOffset: 2, as: UInt16.self)
                    .bigEndian
            }
        }
    }

    private static func failure(_ code: CInt, _ host: String, _ port: UInt16) -> HTTPServerError {
        let place = "\(hostInURL(host)):\(port)"
        switch code {
        case EADDRINUSE:
            return HTTPServerError(
                .addressInUse,
                "Another program is listening on \(place). Stop it, or choose another port; 0 takes a free one."
            )
        case EACCES, EPERM:
            return HTTPServerError(
                .permissionDenied,
                "This user may not listen on \(place). Choose a port from 1024 up."
            )
        case EADDRNOTAVAIL, EAFNOSUPPORT:
            return HTTPServerError(
                .badHost,
                "\(host) is not an address of this machine. Give 127.0.0.1 (this machine only), 0.0.0.0 or :: (all)."
            )
        default:
            return HTTPServerError(
                .systemFailure,
                "Cannot listen on \(place): \(unsafe String(cString: strerror(code)))."
            )
        }
    }
}
