// SPDX-License-Identifier: Apache-2.0

/// A UDP socket that sends to one place, and never waits.
///
/// What the system has no room for is dropped and counted, as datagrams are. A port at which nothing listens is no error: whoever
/// listens may come later.
package struct DatagramSocket: ~Copyable {
    /// What became of a datagram.
    package enum Outcome: Hashable, Sendable {
        /// The system took it. That somebody got it, no datagram tells.
        case sent
        /// Nothing listens at the port, as the host said of an earlier datagram.
        case refused
        /// The system had no room.
        case dropped
        /// It has more bytes than a datagram can have.
        case tooLarge
        /// It cannot go there now: no route, no network.
        case failed(SystemError)
    }

    /// Why datagrams cannot be sent to a place.
    package enum Failure: Error, Hashable, Sendable {
        /// No address is known of the host; with the resolver's words.
        case unresolved(String)
        /// The system gave no socket, or cannot send to any of the addresses.
        case unreachable(SystemError)
    }

    /// The most bytes that an IPv4 datagram carries.
    package static let mostBytes = 65_507

    private let descriptor: CInt

    /// Opens a socket; looking up a name may take as long as the resolver takes.
    ///
    /// A name with both kinds of addresses is used by its IPv4 one: receivers of motion listen there, and `localhost` is `::1`
    /// first in many a table of hosts.
    ///
    /// - Parameter place: where datagrams will go.
    /// - Throws: ``Failure``.
    package init(to place: HostAndPort) throws(Failure) {
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        unsafe hints.ai_socktype = DatagramSocket.kind
        unsafe hints.ai_flags = AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let status = unsafe getaddrinfo(place.host, String(place.port), &hints, &list)
        guard status == 0, let first = unsafe list else {
            throw .unresolved(unsafe String(cString: gai_strerror(status)))
        }
        defer { unsafe freeaddrinfo(first) }
        var error = SystemError(EADDRNOTAVAIL)
        for family in [AF_INET, AF_INET6] {
            var next = unsafe Optional(first)
            while let info = unsafe next {
                unsafe next = info.pointee.ai_next
                guard unsafe info.pointee.ai_family == family else { continue }
                do throws(SystemError) {
                    descriptor = try unsafe Self.open(info.pointee)
                    return
                } catch let failure {
                    error = failure
                }
            }
        }
        throw .unreachable(error)
    }

    deinit { _ = systemClose(descriptor) }

    private static func open(_ info: addrinfo) throws(SystemError) -> CInt {
        let descriptor = try systemCall { unsafe socket(info.ai_family, kind, 0) }
        do throws(SystemError) {
            // No child process inherits it.
            _ = try systemCall { fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
            // An address of a whole network is allowed, as several receivers may listen.
            var allowed: CInt = 1
            let size = socklen_t(MemoryLayout<CInt>.size)
            _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_BROADCAST, &allowed, size)
            _ = try systemCall { unsafe connect(descriptor, info.ai_addr, info.ai_addrlen) }
            return descriptor
        } catch {
            _ = systemClose(descriptor)
            throw error
        }
    }

    #if canImport(Glibc)
    private static let kind = CInt(SOCK_DGRAM.rawValue)
    #else
    private static let kind = CInt(SOCK_DGRAM)
    #endif

    /// Sends one datagram, or says at once why not.
    ///
    /// - Parameter bytes: what it carries.
    /// - Returns: what became of it, or of one before it.
    package borrowing func send(_ bytes: [UInt8]) -> Outcome {
        let outcome = sendOnce(bytes)
        // The refusal is of an earlier datagram, and takes this one's place; the second try sends it.
        if outcome == .refused { _ = sendOnce(bytes) }
        return outcome
    }

    private borrowing func sendOnce(_ bytes: [UInt8]) -> Outcome {
        let descriptor = descriptor
        while true {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe systemSend(
                    descriptor,
                    buffer.baseAddress,
                    buffer.count,
                    SocketFlags.immediatelyWithoutSignal
                )
            }
            if count >= 0 { return .sent }
            switch errno {
            case EINTR: continue
            case ECONNREFUSED: return .refused
            case EAGAIN, EWOULDBLOCK, ENOBUFS, ENOMEM: return .dropped
            case EMSGSIZE: return .tooLarge
            default: return .failed(.last)
            }
        }
    }
}
