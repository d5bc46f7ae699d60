// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A reply on which a suspended connection waits, so that a server that must stop can end the wait.
protocol UnfinishedReply: AnyObject, Sendable {
    /// Ends the wait without the handler.
    func abandon()
}

/// The replies on which connections wait.
final class UnfinishedReplies: Sendable {
    private struct State {
        var replies: [ObjectIdentifier: any UnfinishedReply] = [:]
        var isAbandoned = false
    }

    private let state = Mutex(State())

    func add(_ reply: any UnfinishedReply) {
        let isAbandoned = state.withLock { state in
            state.replies[ObjectIdentifier(reply)] = reply
            return state.isAbandoned
        }
        if isAbandoned { reply.abandon() }
    }

    func remove(_ reply: any UnfinishedReply) {
        state.withLock { $0.replies[ObjectIdentifier(reply)] = nil }
    }

    /// Ends all waits, now and from now on.
    func abandonAll() {
        let replies = state.withLock { state in
            state.isAbandoned = true
            return Array(state.replies.values)
        }
        for reply in replies { reply.abandon() }
    }
}

/// The answer to one request, handed from the task that makes it to the server's thread, once.
final class PendingAnswer: UnfinishedReply {
    private struct State {
        var task: Task<Void, Never>?
        var reply: HTTPReply?
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
    func start(_ make: @escaping @Sendable () async -> HTTPReply) {
        let task = Task { self.settle(await make()) }
        let isCancelled = state.withLock { state in
            state.task = task
            return state.isCancelled
        }
        if isCancelled { task.cancel() }
    }

    private func settle(_ reply: HTTPReply) {
        let isFirst = state.withLock { state in
            defer { state.isSettled = true }
            if !state.isSettled { state.reply = reply }
            return !state.isSettled
        }
        if isFirst { deliver() }
    }

    /// Answers by 503.
    func abandon() {
        cancel()
        settle(
            HTTPReply(
                .error(503, "shutting_down", "The server is stopping.", headers: [("Connection", "close")])
            )
        )
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
    func take() -> HTTPReply? {
        state.withLock { state in
            defer { state.reply = nil }
            return state.reply
        }
    }
}
