// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Carries the pieces of a streamed body from the task that makes them to the server's thread.
final class BodyPipe: Sendable {
    /// What the server's thread found.
    enum Piece {
        /// So many bytes were copied.
        case bytes(Int)
        /// Nothing is there; `onReady` will be called once.
        case waiting
        /// The body is complete.
        case end
        /// The body ends before it is complete.
        case failure
    }

    private struct State {
        var pending: [UInt8] = []
        var offset = 0
        var writer: CheckedContinuation<Bool, Never>?
        var onReady: (@Sendable () -> Void)?
        var isEnded = false
        var isBroken = false
    }

    private let state = Mutex(State())

    // MARK: - The task's side

    /// Waits until the piece before was taken, then leaves this one.
    func write(_ piece: [UInt8]) async throws {
        guard !piece.isEmpty else { return }
        let isTaken = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (outcome, onReady) = state.withLock { state -> (Bool?, (@Sendable () -> Void)?) in
                    if state.isBroken || state.isEnded { return (false, nil) }
                    precondition(state.writer == nil, "the pieces of a body are written one after the other")
                    state.pending = piece
                    state.offset = 0
                    state.writer = continuation
                    defer { state.onReady = nil }
                    return (nil, state.onReady)
                }
                if let outcome { continuation.resume(returning: outcome) }
                onReady?()
            }
        } onCancel: {
            breakOff()
        }
        guard isTaken else { throw CancellationError() }
    }

    /// The body is complete, or else ends here without being so.
    func finish(isComplete: Bool) {
        let onReady = state.withLock { state in
            if isComplete { state.isEnded = true } else { state.isBroken = true }
            defer { state.onReady = nil }
            return state.onReady
        }
        onReady?()
    }

    // MARK: - The server's side

    /// Copies what is there.
    ///
    /// - Parameters:
    ///   - buffer: where to; not empty.
    ///   - onWaiting: called when nothing is there, before `onReady` can be.
    ///   - onReady: kept when nothing is there, and called from any thread when something is.
    /// - Returns: what was found.
    func read(
        into buffer: UnsafeMutableRawBufferPointer,
        onWaiting: () -> Void,
        onReady: @escaping @Sendable () -> Void
    ) -> Piece {
        let (piece, writer) = state.withLock { state -> (Piece, CheckedContinuation<Bool, Never>?) in
            if state.isBroken { return (.failure, nil) }
            let count = min(buffer.count, state.pending.count - state.offset)
            guard count > 0 else {
                if state.isEnded { return (.end, nil) }
                onWaiting()
                state.onReady = onReady
                return (.waiting, nil)
            }
            let range = state.offset..<state.offset + count
            unsafe buffer.copyBytes(from: state.pending[range])
            state.offset += count
            guard state.offset == state.pending.count else { return (.bytes(count), nil) }
            state.pending = []
            state.offset = 0
            defer { state.writer = nil }
            return (.bytes(count), state.writer)
        }
        writer?.resume(returning: true)
        return piece
    }

    /// Ends the body before it is complete, from either side; a waiting writer throws.
    func breakOff() {
        let (writer, onReady) = state.withLock { state in
            state.isBroken = !state.isEnded || state.offset < state.pending.count
            defer {
                state.writer = nil
                state.onReady = nil
            }
            return (state.writer, state.onReady)
        }
        writer?.resume(returning: false)
        onReady?()
    }
}
