// SPDX-License-Identifier: Apache-2.0

import PoseSystem
import Synchronization

/// What the tasks of a WebSocket and its thread share: the queues of both directions.
final class WebSocketCore: Sendable {
    /// What became of a message that was to be sent.
    enum Queued: Sendable { case queued, full, closed }

    /// What the thread is to do next.
    struct Outgoing {
        var messages: [WebSocketMessage] = []
        var close: (code: WebSocketCloseCode, reason: String)?
    }

    private struct Incoming {
        var message: WebSocketMessage
        var reservation: MemoryReservation?
    }

    private struct State {
        var incoming: [Incoming] = []
        var reader: CheckedContinuation<WebSocketMessage?, Never>?
        var outgoing: [WebSocketMessage] = []
        /// Bytes of messages that were queued and not yet sent.
        var queuedByteCount = 0
        var senders: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var lastSender: UInt64 = 0
        var close: (code: WebSocketCloseCode, reason: String)?
        var closeCode: WebSocketCloseCode?
        var onFinish: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())
    private let limits: WebSocketLimits
    private let wake: @Sendable () -> Void

    /// Makes empty queues.
    ///
    /// - Parameters:
    ///   - limits: how much fits.
    ///   - wake: called from any thread when the network's thread has something to do.
    init(limits: WebSocketLimits, wake: @escaping @Sendable () -> Void) {
        self.limits = limits
        self.wake = wake
    }

    var closeCode: WebSocketCloseCode? { state.withLock { $0.closeCode ?? $0.close?.code } }

    // MARK: - The tasks' side

    func queue(_ message: WebSocketMessage) -> Queued {
        let outcome = state.withLock { state -> Queued in
            if state.close != nil || state.closeCode != nil { return .closed }
            let byteCount = message.byteCount
            guard fits(byteCount, state) else { return .full }
            state.queuedByteCount += byteCount
            state.outgoing.append(message)
            return .queued
        }
        if outcome == .queued { wake() }
        return outcome
    }

    func send(_ message: WebSocketMessage) async throws(WebSocketClosed) {
        while !Task.isCancelled {
            switch queue(message) {
            case .queued: return
            case .closed: throw WebSocketClosed(code: closeCode ?? .abnormal)
            case .full: await waitForRoom(message.byteCount)
            }
        }
        throw WebSocketClosed(code: closeCode ?? .goingAway)
    }

    private func waitForRoom(_ byteCount: Int) async {
        let id = state.withLock { state in
            state.lastSender += 1
            return state.lastSender
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if Task.isCancelled || state.closeCode != nil || fits(byteCount, state) { return true }
                    state.senders[id] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.senders.removeValue(forKey: id) }?.resume()
        }
    }

    /// A message that is larger than the whole queue goes alone.
    private func fits(_ byteCount: Int, _ state: State) -> Bool {
        state.queuedByteCount == 0 || state.queuedByteCount + byteCount <= limits.queuedByteCount
    }

    func close(_ code: WebSocketCloseCode, _ reason: String) {
        state.withLock { state in
            if state.close == nil { state.close = (code, reason) }
        }
        wake()
    }

    func next() async -> WebSocketMessage? {
        let message = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (answer, isKept) = state.withLock { state -> (WebSocketMessage?, Bool) in
                    if !state.incoming.isEmpty { return (state.incoming.removeFirst().message, false) }
                    if Task.isCancelled || state.closeCode != nil { return (nil, false) }
                    precondition(state.reader == nil, "the messages of a WebSocket are read by one task")
                    state.reader = continuation
                    return (nil, true)
                }
                if !isKept { continuation.resume(returning: answer) }
            }
        } onCancel: {
            takeReader()?.resume(returning: nil)
        }
        // There may be room to read on.
        wake()
        return message
    }

    /// Takes a message that has come in, without waiting for one.
    func takeWaiting() -> WebSocketMessage? {
        state.withLock { $0.incoming.isEmpty ? nil : $0.incoming.removeFirst().message }
    }

    private func takeReader() -> CheckedContinuation<WebSocketMessage?, Never>? {
        state.withLock { state in
            defer { state.reader = nil }
            return state.reader
        }
    }

    // MARK: - The thread's side

    /// Whether another message may be read.
    var hasRoom: Bool { state.withLock { $0.incoming.count < limits.waitingMessageCount } }

    /// Whether the tasks left something to be sent.
    var hasOutgoing: Bool { state.withLock { !$0.outgoing.isEmpty || $0.close != nil } }

    /// Takes the next message to send, or the close when there is none left.
    func takeOutgoing() -> Outgoing {
        state.withLock { state in
            if !state.outgoing.isEmpty { return Outgoing(messages: [state.outgoing.removeFirst()]) }
            return Outgoing(close: state.close)
        }
    }

    /// So many bytes of messages were sent.
    func sent(byteCount: Int) {
        let senders = state.withLock { state in
            state.queuedByteCount -= byteCount
            defer { state.senders = [:] }
            return state.senders.sorted { $0.key < $1.key }.map(\.value)
        }
        // Those for whom there is still no room wait again.
        for sender in senders { sender.resume() }
    }

    func received(_ message: WebSocketMessage, _ reservation: MemoryReservation?) {
        let reader = state.withLock { state -> CheckedContinuation<WebSocketMessage?, Never>? in
            guard let reader = state.reader else {
                state.incoming.append(Incoming(message: message, reservation: reservation))
                return nil
            }
            state.reader = nil
            return reader
        }
        reader?.resume(returning: message)
    }

    /// Calls a function once the connection is over.
    func onFinish(_ call: @escaping @Sendable () -> Void) {
        let isOver = state.withLock { state in
            if state.closeCode == nil { state.onFinish = call }
            return state.closeCode != nil
        }
        if isOver { call() }
    }

    /// The connection is over; what came in can still be read.
    func finish(_ code: WebSocketCloseCode) {
        let (reader, senders, onFinish) = state.withLock { state in
            if state.closeCode == nil { state.closeCode = code }
            state.outgoing = []
            defer {
                state.reader = nil
                state.senders = [:]
                state.onFinish = nil
            }
            return (state.reader, Array(state.senders.values), state.onFinish)
        }
        onFinish?()
        reader?.resume(returning: nil)
        for sender in senders { sender.resume() }
    }
}
