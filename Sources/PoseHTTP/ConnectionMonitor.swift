// SPDX-License-Identifier: Apache-2.0

import Synchronization
import PoseSystem

/// Watches the connections of a server from a thread of its own.
///
/// It closes those that take too long to send a request or to take an answer, notices clients that went away
/// while their answer was being made, and knows when everything that was begun has been answered. The
/// library beneath sees none of that: its own timeout starts again at every byte.
final class ConnectionMonitor: Sendable {
    /// Identifies an open connection: the address of the library's own record.
    typealias ID = UInt

    /// What a connection is doing.
    enum Phase: Sendable, Equatable {
        case awaitingRequest
        case receiving
        case answering
        case sending
    }

    private struct Connection {
        var descriptor: CInt
        var phase = Phase.awaitingRequest
        var since = ContinuousClock.now
        var byteCount = 0
        var onGone: (@Sendable () -> Void)?
        var isLingering = false
        /// The client sends no more; it may still read.
        var hasEnded = false

        var isWatched: Bool { !hasEnded && phase != .sending && (phase != .answering || onGone != nil) }
    }

    private struct Waiter {
        var continuation: CheckedContinuation<Bool, Never>
        var deadline: ContinuousClock.Instant
    }

    private struct State {
        var connections: [ID: Connection] = [:]
        var lingering: [(descriptor: CInt, until: ContinuousClock.Instant)] = []
        var isDraining = false
        var whenDrained: [Waiter] = []
        var isStopped = false
        /// Whether the thread sleeps longer than a newly answered connection can wait to be watched.
        var sleepsLong = true
    }

    private let state = Mutex(State())
    private let limits: HTTPServerLimits
    private let wakeUp: (reading: CInt, writing: CInt)

    init(limits: HTTPServerLimits) throws(HTTPServerError) {
        self.limits = limits
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else {
            throw HTTPServerError(.systemFailure, "No file descriptors are left for a server.")
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        wakeUp = (ends[0], ends[1])
        let isStarted = SystemThread { [self] in
            while watch() {}
        }.start()
        guard isStarted else { throw HTTPServerError(.systemFailure, "No thread is left for a server.") }
    }

    deinit {
        close(wakeUp.reading)
        close(wakeUp.writing)
    }

    // MARK: - What the server tells

    func opened(_ id: ID, descriptor: CInt) {
        let wakes = state.withLock { state in
            state.connections[id] = Connection(descriptor: descriptor)
            return state.connections.count == 1
        }
        if wakes { wake() }
    }

    /// Must come before the descriptor is closed.
    func closed(_ id: ID) {
        let wakes = state.withLock { state in
            // The copy of the descriptor would keep the client waiting for the end of the stream.
            if let connection = state.connections.removeValue(forKey: id), connection.isLingering {
                shutdown(connection.descriptor, CInt(SHUT_WR))
            }
            return state.isDraining
        }
        if wakes { wake() }
    }

    /// A part of the request arrived; 0 bytes for its head.
    func received(_ id: ID, byteCount: Int) {
        state.withLock { state in
            if state.connections[id]?.phase != .receiving { Self.enter(.receiving, id, &state) }
            state.connections[id]?.byteCount += byteCount
        }
    }

    /// The answer is being made; `onGone` is called when the client closes the connection meanwhile.
    ///
    /// A client that has closed its direction already, right after the request, may well wait for the answer.
    func answering(_ id: ID, onGone: @escaping @Sendable () -> Void) {
        let wakes = state.withLock { state in
            Self.enter(.answering, id, &state)
            state.connections[id]?.onGone = onGone
            if let descriptor = state.connections[id]?.descriptor, Self.hasEnded(descriptor) {
                state.connections[id]?.hasEnded = true
            }
            defer { state.sleepsLong = false }
            return state.sleepsLong
        }
        if wakes { wake() }
    }

    func sending(_ id: ID, byteCount: Int) {
        state.withLock { state in
            Self.enter(.sending, id, &state)
            state.connections[id]?.byteCount = byteCount
        }
    }

    func finished(_ id: ID) {
        let wakes = state.withLock { state in
            Self.enter(.awaitingRequest, id, &state)
            return state.isDraining
        }
        if wakes { wake() }
    }

    /// Keeps a connection open and reads what still comes, after an answer that did not wait for the body.
    ///
    /// Closing a socket with unread bytes resets the connection, and the client would never see the answer.
    func linger(_ id: ID) {
        let wakes = state.withLock { state in
            guard let descriptor = state.connections[id]?.descriptor, state.lingering.count < 64 else {
                return false
            }
            let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
            guard copy >= 0 else { return false }
            state.lingering.append((copy, ContinuousClock.now + limits.lingering))
            state.connections[id]?.isLingering = true
            return true
        }
        if wakes { wake() }
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
            if isStopped { continuation.resume(returning: true) } else { wake() }
        }
    }

    func stop() {
        state.withLock { $0.isStopped = true }
        wake()
    }

    // MARK: - The thread

    private static func enter(_ phase: Phase, _ id: ID, _ state: inout State) {
        state.connections[id]?.phase = phase
        state.connections[id]?.since = ContinuousClock.now
        state.connections[id]?.byteCount = 0
        state.connections[id]?.onGone = nil
    }

    // Linux's POLLRDHUP, hidden from Swift by a feature macro.
    private static let hangUp = Int16(0x2000)

    private static func hasEnded(_ descriptor: CInt) -> Bool {
        var item = pollfd(fd: descriptor, events: hangUp, revents: 0)
        return unsafe poll(&item, 1, 0) > 0
    }

    private func wake() {
        var byte: UInt8 = 1
        _ = unsafe write(wakeUp.writing, &byte, 1)
    }

    /// One round: sleep until something happens or is due, then see to it.
    ///
    /// - Returns: false when there is no further round.
    private func watch() -> Bool {
        var watched: [(id: ID, descriptor: CInt)] = []
        var descriptors = [pollfd(fd: wakeUp.reading, events: Int16(POLLIN), revents: 0)]
        let timeout = state.withLock { state -> CInt in
            watched = state.connections.compactMap { id, connection in
                connection.isWatched ? (id, connection.descriptor) : nil
            }
            descriptors += watched.map { pollfd(fd: $0.descriptor, events: Self.hangUp, revents: 0) }
            descriptors += state.lingering.map {
                pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0)
            }
            let isBusy =
                !state.lingering.isEmpty || state.isDraining
                || state.connections.values.contains { $0.phase != .awaitingRequest }
            state.sleepsLong = !isBusy
            return isBusy ? 100 : state.connections.isEmpty ? -1 : 1000
        }
        _ = unsafe poll(&descriptors, nfds_t(descriptors.count), timeout)

        var scratch = [UInt8](repeating: 0, count: 65536)
        if descriptors[0].revents != 0 { _ = unsafe read(wakeUp.reading, &scratch, scratch.count) }
        let gone = zip(watched, descriptors.dropFirst()).filter { $0.1.revents != 0 }.map(\.0.id)
        let ended = descriptors.dropFirst(1 + watched.count).filter { socket in
            guard socket.revents != 0 else { return false }
            return unsafe read(socket.fd, &scratch, scratch.count) <= 0
        }
        return settle(gone: gone, ended: Set(ended.map(\.fd)))
    }

    private func settle(gone: [ID], ended: Set<CInt>) -> Bool {
        let now = ContinuousClock.now
        var calls: [@Sendable () -> Void] = []
        var released: [Waiter] = []
        let (goesOn, isComplete) = state.withLock { state in
            for id in gone {
                // Meanwhile it may be another connection of the same address, or be further on.
                guard let connection = state.connections[id], connection.isWatched,
                    Self.hasEnded(connection.descriptor)
                else { continue }
                state.connections[id]?.hasEnded = true
                if let onGone = connection.onGone {
                    calls.append(onGone)
                } else {
                    // The library misses the end of a stream that comes together with the last bytes; this
                    // tells it again. What was received before stays readable, for as long as it takes.
                    state.connections[id]?.since = now
                    shutdown(connection.descriptor, CInt(SHUT_RD))
                }
            }
            for connection in state.connections.values where isOverdue(connection, now, state.isDraining) {
                // The library sees the end of the stream and closes; the descriptor is open until `closed`.
                shutdown(connection.descriptor, CInt(SHUT_RDWR))
            }
            state.lingering.removeAll { item in
                guard ended.contains(item.descriptor) || item.until < now || state.isStopped else {
                    return false
                }
                close(item.descriptor)
                return true
            }
            let isComplete = state.connections.values.allSatisfy { $0.phase == .awaitingRequest }
            let isOver = isComplete || state.isStopped
            released = state.whenDrained.filter { isOver || $0.deadline < now }
            state.whenDrained.removeAll { isOver || $0.deadline < now }
            return (!state.isStopped, isComplete)
        }
        for call in calls { call() }
        for waiter in released { waiter.continuation.resume(returning: isComplete) }
        return goesOn
    }

    private func isOverdue(_ connection: Connection, _ now: ContinuousClock.Instant, _ isDraining: Bool)
        -> Bool
    {
        let transfer = Duration.seconds(Double(connection.byteCount) / Double(limits.minimumBytesPerSecond))
        // What a client sent before it ended has arrived, and needs reading only.
        let rest = min(.seconds(1), limits.patience)
        let patience = connection.hasEnded ? rest : limits.patience + transfer
        switch connection.phase {
        case .awaitingRequest: return isDraining || now - connection.since > patience
        case .receiving: return now - connection.since > patience
        case .sending: return now - connection.since > limits.patience + transfer
        case .answering: return false
        }
    }
}
