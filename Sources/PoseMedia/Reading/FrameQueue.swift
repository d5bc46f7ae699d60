// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import PoseImaging
internal import Synchronization

/// Frames between the thread that reads them and whoever takes them, and pictures on their way back.
final class FrameQueue: Sendable {
    private struct State {
        var frames: [VideoFrame] = []
        var spare: [PictureBuffer] = []
        var droppedCount = 0
        var isClosed = false
        /// Set behind the last frame.
        var isFinished = false
        var error: MediaError?
    }

    private let state = Mutex(State())
    private let depth: Int
    private let latestOnly: Bool
    /// One for each frame that waits, and one for the end.
    private let hasFrame = DispatchSemaphore(value: 0)
    /// One for each place that is free, and one for the end.
    private let hasRoom = DispatchSemaphore(value: 0)

    init(depth: Int, latestOnly: Bool) {
        self.depth = depth
        self.latestOnly = latestOnly
        // A semaphore that goes while it is below its first value ends the process.
        for _ in 0..<depth { hasRoom.signal() }
    }

    /// Whether the frames that wait are as many as may, or one less.
    var isNearlyFull: Bool { state.withLock { $0.frames.count >= depth - 1 } }

    var droppedCount: Int { state.withLock { $0.droppedCount } }

    // MARK: - The reading thread

    /// A picture to be filled; `nil` when none has come back.
    func spare() -> PictureBuffer? { state.withLock { $0.spare.popLast() } }

    /// Adds a frame, waiting for room, or in place of the one that waits.
    ///
    /// - Returns: false when nobody takes frames any more.
    func put(_ frame: VideoFrame) -> Bool {
        if !latestOnly { hasRoom.wait() }
        return state.withLock { state in
            guard !state.isClosed else {
                hasRoom.signal()
                return false
            }
            if latestOnly, let older = state.frames.popLast() {
                state.droppedCount += 1
                keep(older.picture, in: &state)
            } else {
                hasFrame.signal()
            }
            state.frames.append(frame)
            return true
        }
    }

    /// Says that no frame follows, and why; what is said first counts.
    func finish(_ error: MediaError?) {
        state.withLock { state in
            guard !state.isFinished else { return }
            state.isFinished = true
            state.error = error
            hasFrame.signal()
        }
    }

    // MARK: - Whoever takes frames

    /// Waits for a frame; `nil` behind the last one.
    func next(_ cancellation: CancellationToken?) throws(MediaError) -> VideoFrame? {
        while true {
            if let reason = cancellation?.reason { throw MediaError(reason) }
            if cancellation == nil {
                hasFrame.wait()
            } else if hasFrame.wait(timeout: .now() + .milliseconds(20)) == .timedOut {
                continue
            }
            let (frame, error) = state.withLock { state -> (VideoFrame?, MediaError?) in
                guard !state.frames.isEmpty else {
                    // The end is there for every later call.
                    hasFrame.signal()
                    return (nil, state.error)
                }
                if !latestOnly { hasRoom.signal() }
                return (state.frames.removeFirst(), nil)
            }
            if let error { throw error }
            return frame
        }
    }

    func recycle(_ picture: PictureBuffer) {
        state.withLock { keep(picture, in: &$0) }
    }

    /// Drops what waits and refuses what comes.
    func close() {
        state.withLock { state in
            guard !state.isClosed else { return }
            state.isClosed = true
            state.frames = []
            state.spare = []
            hasRoom.signal()
            hasFrame.signal()
        }
    }

    private func keep(_ picture: PictureBuffer, in state: inout State) {
        // Those that wait, one that is filled, and some that are drawn on or encoded.
        if !state.isClosed, state.spare.count < depth + 8 { state.spare.append(picture) }
    }
}
