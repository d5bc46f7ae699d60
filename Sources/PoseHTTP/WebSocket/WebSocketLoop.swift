// SPDX-License-Identifier: Apache-2.0

import Dispatch
import PoseSystem
import Synchronization

/// A place among the WebSockets that a server allows, given back when it is let go.
package final class WebSocketPlace: Sendable {
    private let onEnd: @Sendable () -> Void

    init(onEnd: @escaping @Sendable () -> Void) {
        self.onEnd = onEnd
    }

    deinit { onEnd() }
}

/// The thread that all WebSockets of a server share; it starts with the first one.
final class WebSocketLoop: Sendable {
    // Handed from the server's thread to this loop's, never used by both.
    @safe private struct Arrival: @unchecked Sendable {
        var session: WebSocketSession
    }

    private struct Waiter {
        var continuation: CheckedContinuation<Bool, Never>
        var deadline: ContinuousClock.Instant
    }

    private struct State {
        var arrivals: [Arrival] = []
        var isRunning = false
        var isClosing = false
        var isStopped = false
        var openCount = 0
        var waiters: [Waiter] = []
    }

    private let state = Mutex(State())
    private let placeCount = Mutex(0)
    private let limit: Int
    private let budget: MemoryBudget
    private let alarm: WakePipe
    private let hasEnded = DispatchSemaphore(value: 0)

    init(limits: HTTPServerLimits) throws(HTTPServerError) {
        limit = limits.webSocketCount
        budget = limits.budget
        alarm = try WakePipe()
    }

    /// Takes one of the places.
    ///
    /// - Returns: `nil` when there is none left, or the server is stopping.
    func place() -> WebSocketPlace? {
        guard !state.withLock({ $0.isClosing || $0.isStopped }) else { return nil }
        let isFree = placeCount.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
        guard isFree else { return nil }
        return WebSocketPlace { [weak self] in self?.placeCount.withLock { $0 -= 1 } }
    }

    /// Takes over a connection whose handshake was answered.
    ///
    /// - Parameters:
    ///   - descriptor: its non-blocking socket.
    ///   - early: bytes that were read from it already.
    ///   - upgrade: what was agreed.
    ///   - onEnd: gives the socket back; called once.
    func take(
        descriptor: CInt,
        early: [UInt8],
        upgrade: WebSocketUpgrade,
        onEnd: @escaping @Sendable () -> Void
    ) {
        let core = WebSocketCore(limits: upgrade.limits) { [alarm] in alarm.wake() }
        let session = WebSocketSession(
            descriptor: descriptor,
            early: early,
            upgrade: upgrade,
            core: core,
            budget: budget,
            onEnd: onEnd
        )
        guard let session, add(session) else {
            core.finish(.goingAway)
            return onEnd()
        }
        let webSocket = WebSocket(request: upgrade.request, subprotocol: upgrade.subprotocol, core: core)
        let task = Task {
            await upgrade.handler(webSocket)
            webSocket.close()
        }
        core.onFinish { task.cancel() }
        alarm.wake()
    }

    private func add(_ session: WebSocketSession) -> Bool {
        let arrival = Arrival(session: session)
        return state.withLock { state in
            guard !state.isStopped else { return false }
            if !state.isRunning {
                guard SystemThread({ [self] in run() }).start() else { return false }
                state.isRunning = true
            }
            state.arrivals.append(arrival)
            state.openCount += 1
            return true
        }
    }

    // MARK: - Its end

    /// Closes all WebSockets with 1001 and takes no new ones.
    ///
    /// - Parameter limit: how long the clients may take at most.
    /// - Returns: whether all were closed in time.
    func drain(within limit: Duration) async -> Bool {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                state.isClosing = true
                guard state.isRunning, state.openCount > 0, !state.isStopped else { return true }
                let deadline = ContinuousClock.now + limit
                state.waiters.append(Waiter(continuation: continuation, deadline: deadline))
                return false
            }
            if isOver { continuation.resume(returning: true) } else { alarm.wake() }
        }
    }

    /// Ends all WebSockets at once and the thread with them; returns when it has ended.
    func stop() {
        let wasRunning = state.withLock { state in
            defer {
                state.isStopped = true
                state.isRunning = false
            }
            return state.isRunning
        }
        guard wasRunning else { return }
        alarm.wake()
        hasEnded.wait()
    }

    // MARK: - The thread

    private func run() {
        var sessions: [WebSocketSession] = []
        var isToldToClose = false
        while true {
            let now = ContinuousClock.now
            let (arrivals, isClosing, isStopped) = state.withLock { state in
                defer { state.arrivals = [] }
                return (state.arrivals, state.isClosing, state.isStopped)
            }
            sessions += arrivals.map(\.session)
            if isClosing {
                let told = isToldToClose ? arrivals.map(\.session) : sessions
                for session in told { session.close(.goingAway, "the server is stopping", now: now) }
                isToldToClose = true
            }
            if isStopped {
                for session in sessions { session.end(unclosed: .goingAway) }
                settle(openCount: 0, now: now)
                hasEnded.signal()
                return
            }
            sessions = turn(sessions)
        }
    }

    /// Waits until something happens or is due, then sees to every session.
    private func turn(_ sessions: [WebSocketSession]) -> [WebSocketSession] {
        var sockets = [alarm.item]
        sockets += sessions.map { pollfd(fd: $0.descriptor, events: $0.events, revents: 0) }
        let timeout: CInt = sessions.isEmpty ? -1 : sessions.contains(where: \.isDue) ? 0 : 250
        _ = unsafe poll(&sockets, nfds_t(sockets.count), timeout)
        if sockets[0].revents != 0 { alarm.clear() }
        let now = ContinuousClock.now
        let alive = zip(sessions, sockets.dropFirst()).filter { session, socket in
            let isReadable = socket.revents & Int16(POLLIN | POLLHUP | POLLERR) != 0
            let isOver = socket.revents & Int16(POLLHUP | POLLERR) != 0
            let goesOn = session.step(isReadable: isReadable, isOver: isOver, now: now)
            if !goesOn { session.end() }
            return goesOn
        }
        settle(ended: sessions.count - alive.count, now: now)
        return alive.map(\.0)
    }

    private func settle(ended: Int = 0, openCount: Int? = nil, now: ContinuousClock.Instant) {
        let (released, isEmpty) = state.withLock { state in
            state.openCount = openCount ?? state.openCount - ended
            let isEmpty = state.openCount == 0
            let released = state.waiters.filter { isEmpty || $0.deadline < now }
            state.waiters.removeAll { isEmpty || $0.deadline < now }
            return (released, isEmpty)
        }
        for waiter in released { waiter.continuation.resume(returning: isEmpty) }
    }
}
