// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What the callbacks of one server share.
final class ServerContext: Sendable {
    let limits: HTTPServerLimits
    let refused: @Sendable (HTTPRequest, HTTPResponse) -> HTTPResponse
    let handler: HTTPHandler
    let monitor: ConnectionMonitor
    let budget: BufferBudget
    let exchanges = ExchangeRegister()
    let isClosing = Atomic(false)

    init(
        limits: HTTPServerLimits,
        refused: @escaping @Sendable (HTTPRequest, HTTPResponse) -> HTTPResponse,
        handler: @escaping HTTPHandler
    ) throws(HTTPServerError) {
        self.limits = limits
        self.refused = refused
        self.handler = handler
        monitor = try ConnectionMonitor(limits: limits)
        budget = BufferBudget(byteCount: limits.bufferedByteCount)
    }

    deinit { monitor.stop() }
}

/// The answer to one request, handed from the task that makes it to the server's thread, once.
final class PendingAnswer: Sendable {
    private struct State {
        var task: Task<Void, Never>?
        var response: HTTPResponse?
        var isSettled = false
        var isCancelled = false
    }

    private let state = Mutex(State())
    private let deliver: @Sendable () -> Void

    /// Makes an answer that is not there yet.
    ///
    /// - Parameter deliver: called once, on any thread, when it is there.
    init(deliver: @escaping @Sendable () -> Void) {
        self.deliver = deliver
    }

    /// Starts the task that makes the answer.
    func start(_ handler: @escaping HTTPHandler, _ request: HTTPRequest) {
        let task = Task { self.settle(await handler(request)) }
        let isCancelled = state.withLock { state in
            state.task = task
            return state.isCancelled
        }
        if isCancelled { task.cancel() }
    }

    /// Gives the answer, unless there is one.
    func settle(_ response: HTTPResponse) {
        let isFirst = state.withLock { state in
            defer { state.isSettled = true }
            if !state.isSettled { state.response = response }
            return !state.isSettled
        }
        if isFirst { deliver() }
    }

    /// Tells the task that nobody waits for its answer.
    func cancel() {
        let task = state.withLock { state in
            state.isCancelled = true
            return state.task
        }
        task?.cancel()
    }

    /// The answer, the first time it is there.
    func take() -> HTTPResponse? {
        state.withLock { state in
            defer { state.response = nil }
            return state.response
        }
    }
}

/// The answers being made, so that a server that must stop can settle them all.
final class ExchangeRegister: Sendable {
    private struct State {
        var answers: [ObjectIdentifier: PendingAnswer] = [:]
        var isAbandoned = false
    }

    private let state = Mutex(State())

    private static var stopping: HTTPResponse {
        .error(503, "shutting_down", "The server is stopping.", headers: [("Connection", "close")])
    }

    func add(_ answer: PendingAnswer) {
        let isAbandoned = state.withLock { state in
            state.answers[ObjectIdentifier(answer)] = answer
            return state.isAbandoned
        }
        if isAbandoned { answer.settle(Self.stopping) }
    }

    func remove(_ answer: PendingAnswer) {
        state.withLock { $0.answers[ObjectIdentifier(answer)] = nil }
    }

    /// Answers everything by 503, now and from now on, and cancels the tasks.
    func abandonAll() {
        let answers = state.withLock { state in
            state.isAbandoned = true
            return Array(state.answers.values)
        }
        for answer in answers {
            answer.cancel()
            answer.settle(Self.stopping)
        }
    }
}
