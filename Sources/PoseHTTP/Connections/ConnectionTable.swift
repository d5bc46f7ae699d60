// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// The open connections of a server.
struct ConnectionTable {
    /// Identifies an open connection: the address of the library's own record.
    typealias ID = UInt

    struct Connection {
        let descriptor: CInt
        var state: ConnectionState
        /// Called when the client closes the connection while its answer is being made.
        var onGone: (@Sendable () -> Void)?
        var isLingering = false
        /// Closed in favour of another one; the library will see to it.
        var isClosing = false

        /// What to look for on the socket; `nil` when nothing matters, or nobody would be told.
        var watchedEvents: Int16? {
            let isAnswering = state.phase == .answering || state.phase == .streaming
            return isAnswering && onGone == nil ? nil : state.watchedEvents
        }
    }

    private(set) var connections: [ID: Connection] = [:]

    var isEmpty: Bool { connections.isEmpty }
    /// Connections that are not about to be closed.
    var openCount: Int { connections.values.count { !$0.isClosing } }

    /// Whether nothing is begun that is not answered; other protocols end by themselves.
    var isQuiet: Bool {
        connections.values.allSatisfy { $0.state.phase == .awaitingRequest || $0.state.phase == .upgraded }
    }

    subscript(id: ID) -> Connection? {
        get { connections[id] }
        set { connections[id] = newValue }
    }

    /// Goes on to the next phase; what was to be called in the last one is forgotten.
    mutating func apply(_ event: ConnectionState.Event, to id: ID, now: ContinuousClock.Instant = .now) {
        guard var connection = connections[id] else { return }
        let phase = connection.state.phase
        connection.state.apply(event, now: now)
        if connection.state.phase != phase { connection.onGone = nil }
        connections[id] = connection
    }

    /// Chooses the connection that has waited longest for a request, to be closed in favour of a new one.
    ///
    /// - Parameter newest: not this one.
    /// - Returns: its descriptor; `nil` when none is idle.
    mutating func giveUpLongestIdle(but newest: ID) -> CInt? {
        let idle = connections.filter { id, connection in
            id != newest && !connection.isClosing && connection.state.phase == .awaitingRequest
        }
        return giveUpOldest(of: idle)
    }

    /// Chooses the connection that has been sending or taking for longest, to be closed for the memory that it holds.
    ///
    /// - Parameters:
    ///   - patience: it has had at least this time.
    ///   - now: the time.
    /// - Returns: its descriptor; `nil` when none has had it.
    mutating func giveUpSlowest(patience: Duration, now: ContinuousClock.Instant) -> CInt? {
        giveUpOldest(
            of: connections.filter { _, connection in
                let isMoving = connection.state.phase == .sending || connection.state.phase == .receiving
                return isMoving && !connection.isClosing && now - connection.state.since > patience
            }
        )
    }

    private mutating func giveUpOldest(of some: [ID: Connection]) -> CInt? {
        guard let id = some.min(by: { $0.value.state.since < $1.value.state.since })?.key else { return nil }
        connections[id]?.isClosing = true
        return connections[id]?.descriptor
    }
}
