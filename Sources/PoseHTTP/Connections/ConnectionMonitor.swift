// SPDX-License-Identifier: Apache-2.0

import PoseSystem
import Synchronization

/// Watches the connections of a server from a thread of its own.
///
/// It closes those that take too long to send a request or to take an answer, and idle ones in favour of new ones; it
/// notices clients that went away while their answer was being made, and knows when everything that was begun has been
/// answered. The library beneath sees none of that: its own timeout starts again at every byte.
final class ConnectionMonitor: Sendable {
    typealias ID = ConnectionTable.ID

    private struct Waiter {
        var continuation: CheckedContinuation<Bool, Never>
        var deadline: ContinuousClock.Instant
    }

    private struct State {
        var table = ConnectionTable()
        var lingering = LingeringSockets()
        var isDraining = false
        var whenDrained: [Waiter] = []
        var isStopped = false
        /// Whether the thread sleeps longer than a newly answered connection can wait to be watched.
        var sleepsLong = true
    }

    private let state = Mutex(State())
    private let limits: HTTPServerLimits
    private let alarm: WakePipe

    init(limits: HTTPServerLimits) throws(HTTPServerError) {
        self.limits = limits
        alarm = try WakePipe()
        let isStarted = SystemThread { [self] in
            while watch() {}
        }.start()
        guard isStarted else { throw HTTPServerError(.systemFailure, "No thread is left for a server.") }
    }

    // MARK: - What the server tells

    func opened(_ id: ID, descriptor: CInt) {
        let wakes = state.withLock { state in
            state.table[id] = .init(descriptor: descriptor, state: ConnectionState(now: .now))
            if state.table.openCount > limits.connectionCount,
                let idle = state.table.giveUpLongestIdle(but: id)
            {
                // The library sees the end of the stream and closes; the descriptor is open until `closed`.
                shutdown(idle, CInt(SHUT_RDWR))
            }
            return state.table.connections.count == 1
        }
        if wakes { alarm.wake() }
    }

    /// Whether the library closes a connection on which nothing was ever answered, without having been told to.
    func isUnanswered(_ id: ID) -> Bool {
        state.withLock { state in
            guard let connection = state.table[id], !state.isDraining, !state.isStopped else { return false }
            return connection.state.isNew && !connection.isClosing
                && !connection.state.isOverdue(limits, isDraining: false, now: .now)
        }
    }

    /// Must come before the descriptor is closed.
    func closed(_ id: ID) {
        let wakes = state.withLock { state in
            // The copy of the descriptor would keep the client waiting for the end of the stream.
            if let connection = state.table[id], connection.isLingering {
                shutdown(connection.descriptor, CInt(SHUT_WR))
            }
            state.table[id] = nil
            return state.isDraining
        }
        if wakes { alarm.wake() }
    }

    /// The connection went on.
    ///
    /// - Parameters:
    ///   - id: the connection.
    ///   - event: how it went on.
    ///   - onGone: called when the client goes away while its answer is being made.
    func tell(_ id: ID, _ event: ConnectionState.Event, onGone: (@Sendable () -> Void)? = nil) {
        let wakes = state.withLock { state in
            state.table.apply(event, to: id)
            if event == .sent || event == .upgraded { return state.isDraining }
            guard let onGone else { return false }
            state.table[id]?.onGone = onGone
            // A client that has closed its direction already, right after the request, waits for the answer.
            if let connection = state.table[id], Self.happened(ConnectionState.hangUp, connection.descriptor)
            {
                state.table[id]?.state.end(now: .now)
            }
            defer { state.sleepsLong = false }
            return state.sleepsLong
        }
        if wakes { alarm.wake() }
    }

    /// Keeps a connection open and reads what still comes, after an answer that did not wait for the body.
    func linger(_ id: ID) {
        let wakes = state.withLock { state in
            guard let descriptor = state.table[id]?.descriptor,
                state.lingering.add(descriptor, until: ContinuousClock.now + limits.lingering)
            else { return false }
            state.table[id]?.isLingering = true
            return true
        }
        if wakes { alarm.wake() }
    }

    /// Closes the slowest connection, since memory is short.
    ///
    /// A client may take its answer at the lowest rate that is allowed for hours; not while others get none.
    func makeRoom() {
        state.withLock { state in
            if let slowest = state.table.giveUpSlowest(patience: limits.patience, now: .now) {
                shutdown(slowest, CInt(SHUT_RDWR))
            }
        }
    }

    // MARK: - Its end

    /// Closes idle connections and waits until all others have been answered.
    ///
    /// - Parameter limit: how long to wait at most.
    /// - Returns: whether everything was answered.
    func drain(within limit: Duration) async -> Bool {
        await withCheckedContinuation { continuation in
            let isStopped = state.withLock { state in
                state.isDraining = true
                if !state.isStopped {
                    state.whenDrained.append(
                        Waiter(continuation: continuation, deadline: ContinuousClock.now + limit)
                    )
                }
                return state.isStopped
            }
            if isStopped { continuation.resume(returning: true) } else { alarm.wake() }
        }
    }

    func stop() {
        state.withLock { $0.isStopped = true }
        alarm.wake()
    }

    // MARK: - The thread

    /// Whether a socket has one of some events now.
    static func happened(_ events: Int16, _ descriptor: CInt) -> Bool {
        var item = pollfd(fd: descriptor, events: events, revents: 0)
        return unsafe poll(&item, 1, 0) > 0
    }

    /// One round: sleep until something happens or is due, then see to it.
    ///
    /// - Returns: false when there is no further round.
    private func watch() -> Bool {
        var watched: [ID] = []
        var sockets = [alarm.item]
        let timeout = state.withLock { state -> CInt in
            for (id, connection) in state.table.connections {
                guard let events = connection.watchedEvents else { continue }
                watched.append(id)
                sockets.append(pollfd(fd: connection.descriptor, events: events, revents: 0))
            }
            sockets += state.lingering.items
            let isBusy = !state.lingering.isEmpty || state.isDraining || !state.table.isQuiet
            state.sleepsLong = !isBusy
            return isBusy ? 100 : state.table.isEmpty ? -1 : 1000
        }
        _ = unsafe poll(&sockets, nfds_t(sockets.count), timeout)

        if sockets[0].revents != 0 { alarm.clear() }
        let seen = zip(watched, sockets.dropFirst()).filter { $0.1.revents != 0 }.map(\.0)
        var scratch = [UInt8](repeating: 0, count: sockets.count > 1 + watched.count ? 65536 : 0)
        let ended = sockets.dropFirst(1 + watched.count).filter { socket in
            guard socket.revents != 0 else { return false }
            return unsafe read(socket.fd, &scratch, scratch.count) <= 0
        }
        return settle(seen: seen, ended: Set(ended.map(\.fd)))
    }

    private func settle(seen: [ID], ended: Set<CInt>) -> Bool {
        let now = ContinuousClock.now
        var calls: [@Sendable () -> Void] = []
        var released: [Waiter] = []
        let (goesOn, isQuiet) = state.withLock { state in
            for id in seen { calls += notice(id, now, &state.table) }
            for connection in state.table.connections.values
            where connection.state.isOverdue(limits, isDraining: state.isDraining, now: now) {
                shutdown(connection.descriptor, CInt(SHUT_RDWR))
            }
            state.lingering.close(ended: ended, now: now, all: state.isStopped)
            let isQuiet = state.table.isQuiet
            let isOver = isQuiet || state.isStopped
            released = state.whenDrained.filter { isOver || $0.deadline < now }
            state.whenDrained.removeAll { isOver || $0.deadline < now }
            return (!state.isStopped, isQuiet)
        }
        for call in calls { call() }
        for waiter in released { waiter.continuation.resume(returning: isQuiet) }
        return goesOn
    }

    /// Sees to a connection whose client has ended its direction or gone.
    ///
    /// - Returns: what to call, outside the lock.
    private func notice(
        _ id: ID,
        _ now: ContinuousClock.Instant,
        _ table: inout ConnectionTable
    ) -> [@Sendable () -> Void] {
        // Meanwhile it may be another connection of the same address, or be further on.
        guard let connection = table[id], let events = connection.watchedEvents,
            Self.happened(events, connection.descriptor)
        else { return [] }
        let wasOpen = !connection.state.hasEnded
        table[id]?.state.end(now: now)
        guard let onGone = connection.onGone else {
            // The library misses the end of a stream that comes together with the last bytes; this tells it again.
            shutdown(connection.descriptor, CInt(SHUT_RD))
            return []
        }
        let isReset = Self.happened(0, connection.descriptor)
        if wasOpen && !isReset && now - connection.state.since < limits.halfCloseWindow { return [] }
        table[id]?.onGone = nil
        return [onGone]
    }
}
