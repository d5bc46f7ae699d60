// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import PoseImaging
internal import PoseSystem
internal import Synchronization

/// Pictures on their way to the encoder, and the thread that writes them into its pipe.
final class PictureQueue: Sendable {
    private struct State {
        var pictures: [(picture: PictureBuffer, ticks: Int)] = []
        var isEnded = false
        var error: SystemError?
    }

    private let state = Mutex(State())
    private let hasPicture = DispatchSemaphore(value: 0)
    private let hasRoom = DispatchSemaphore(value: 0)
    private let isDone = DispatchSemaphore(value: 0)
    private let pipe: PipeEnd
    private let recycle: @Sendable (PictureBuffer) -> Void

    init(_ pipe: PipeEnd, depth: Int, recycle: @escaping @Sendable (PictureBuffer) -> Void) {
        self.pipe = pipe
        self.recycle = recycle
        for _ in 0..<depth { hasRoom.signal() }
    }

    /// Starts the thread.
    ///
    /// - Returns: whether the system granted one.
    func start(header: [UInt8]) -> Bool { SystemThread { self.run(header) }.start() }

    /// Adds a picture, waiting for room.
    ///
    /// - Throws: the error with which an earlier one could not be written.
    func put(_ picture: PictureBuffer, ticks: Int) throws(SystemError) {
        hasRoom.wait()
        let error = state.withLock { state in
            if state.error == nil { state.pictures.append((picture, ticks)) }
            return state.error
        }
        hasPicture.signal()
        if let error { throw error }
    }

    /// Writes what waits, closes the pipe and waits until that is done.
    ///
    /// - Throws: the error with which a picture could not be written.
    func end() throws(SystemError) {
        state.withLock { $0.isEnded = true }
        hasPicture.signal()
        isDone.wait()
        // Whoever ends it again finds it done.
        isDone.signal()
        if let error = state.withLock({ $0.error }) { throw error }
    }

    private func run(_ header: [UInt8]) {
        PipeEnd.ignoreBrokenPipes()
        note { () throws(SystemError) in try write(header) }
        while true {
            hasPicture.wait()
            let (next, isEnded) = state.withLock { state in
                (state.pictures.isEmpty ? nil : state.pictures.removeFirst(), state.isEnded)
            }
            if let next {
                if state.withLock({ $0.error == nil }) {
                    note { () throws(SystemError) in try write(next.picture, next.ticks) }
                }
                recycle(next.picture)
                hasRoom.signal()
            } else if isEnded {
                break
            } else {
                // An earlier picture failed, and this one was refused.
                hasRoom.signal()
            }
        }
        pipe.close()
        isDone.signal()
    }

    private func note(_ body: () throws(SystemError) -> Void) {
        do throws(SystemError) {
            try body()
        } catch {
            state.withLock { if $0.error == nil { $0.error = error } }
        }
    }

    private func write(_ picture: PictureBuffer, _ ticks: Int) throws(SystemError) {
        try write(NUTStream.frameHeader(ticks: ticks, byteCount: picture.byteCount))
        try unsafe picture.withMutableBytes { bytes throws(SystemError) in
            try unsafe pipe.write(UnsafeRawBufferPointer(bytes))
        }
    }

    private func write(_ bytes: [UInt8]) throws(SystemError) {
        let result = unsafe bytes.withUnsafeBytes { bytes in
            Result { () throws(SystemError) in try unsafe pipe.write(bytes) }
        }
        try result.get()
    }
}
