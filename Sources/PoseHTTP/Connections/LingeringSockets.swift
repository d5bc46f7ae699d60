// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// Copies of sockets whose clients still send what nobody wants.
///
/// Closing a socket with unread bytes resets the connection, and the client would never see the answer.
struct LingeringSockets {
    private static let limit = 64

    private var sockets: [(descriptor: CInt, until: ContinuousClock.Instant)] = []

    var isEmpty: Bool { sockets.isEmpty }
    var items: [pollfd] { sockets.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) } }

    /// Keeps a copy of a socket open.
    ///
    /// - Returns: whether there was room for it.
    mutating func add(_ descriptor: CInt, until: ContinuousClock.Instant) -> Bool {
        guard sockets.count < Self.limit else { return false }
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { return false }
        sockets.append((copy, until))
        return true
    }

    /// Closes those whose client has ended or whose time is over.
    mutating func close(ended: Set<CInt>, now: ContinuousClock.Instant, all: Bool) {
        sockets.removeAll { item in
            guard all || ended.contains(item.descriptor) || item.until < now else { return false }
            PoseSystem.close(item.descriptor)
            return true
        }
    }
}
