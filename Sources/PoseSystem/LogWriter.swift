// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Synchronization

/// A log of lines with a bounded queue, written by a thread of its own, so that whoever writes a line never waits.
///
/// When the other end of the descriptor stops reading, lines are dropped and counted; once it reads on, a line says how
/// many are missing.
package final class LogWriter: Sendable {
    /// Standard error.
    package static let standardError = LogWriter(descriptor: STDERR_FILENO)

    private struct State {
        var lines: [[UInt8]] = []
        var byteCount = 0
        var droppedCount = 0
        var isWriting = false
        var hasThread = false
        var flushes: [DispatchSemaphore] = []
    }

    private let descriptor: CInt
    private let limit: Int
    private let hasTime: Bool
    private let form: @Sendable (_ time: String, _ text: String) -> String
    private let state = Mutex(State())
    private let hasWork = DispatchSemaphore(value: 0)

    /// Makes a log; its thread starts with the first line and lives as long as the process.
    ///
    /// - Parameters:
    ///   - descriptor: where lines go.
    ///   - byteLimit: most bytes that wait; what comes on top is dropped.
    ///   - hasTime: whether lines have the time.
    ///   - form: makes a line of the time, empty without one, and a text; a blank stands between them unless told.
    package init(
        descriptor: CInt,
        byteLimit: Int = 1 << 20,
        hasTime: Bool = true,
        form: @escaping @Sendable (_ time: String, _ text: String) -> String = {
            $0.isEmpty ? $1 : "\($0) \($1)"
        }
    ) {
        self.descriptor = descriptor
        limit = byteLimit
        self.hasTime = hasTime
        self.form = form
    }

    /// Lines that were dropped and not reported yet.
    package var droppedLineCount: Int { state.withLock { $0.droppedCount } }

    /// Queues a line, or drops it; never waits for the reader.
    ///
    /// - Parameter line: the text, without a line break.
    package func write(_ line: String) {
        let bytes = Array("\(form(time, line))\n".utf8)
        let isQueued = state.withLock { state in
            if !state.hasThread { state.hasThread = SystemThread { self.run() }.start() }
            // Once a line is missing, those after it wait until that can be said.
            guard state.hasThread, state.droppedCount == 0, state.byteCount + bytes.count <= limit else {
                state.droppedCount += 1
                return false
            }
            state.lines.append(bytes)
            state.byteCount += bytes.count
            return true
        }
        if isQueued { hasWork.signal() }
    }

    /// Waits until every line so far is written.
    ///
    /// - Parameter limit: how long to wait at most, since the reader may have stopped for good.
    /// - Returns: whether everything is written.
    @discardableResult
    package func flush(within limit: Duration) -> Bool {
        let isDone = DispatchSemaphore(value: 0)
        let isIdle = state.withLock { state in
            if state.lines.isEmpty && !state.isWriting { return true }
            state.flushes.append(isDone)
            return false
        }
        let milliseconds = Int(limit / .milliseconds(1))
        return isIdle || isDone.wait(timeout: .now() + .milliseconds(milliseconds)) == .success
    }

    // MARK: - The thread

    private func run() {
        // A reader that is gone is an error of `write`, and no signal that ends the process.
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGPIPE)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        while true {
            hasWork.wait()
            while let lines = next() { for line in lines { writeAll(line) } }
        }
    }

    /// Takes what waits.
    ///
    /// - Returns: `nil` when nothing does.
    private func next() -> [[UInt8]]? {
        let (lines, flushes) = state.withLock { state -> ([[UInt8]], [DispatchSemaphore]) in
            var lines = state.lines
            state.lines = []
            state.byteCount = 0
            if state.droppedCount > 0 {
                lines.append(Array("\(form(time, "\(state.droppedCount) lines dropped"))\n".utf8))
                state.droppedCount = 0
            }
            state.isWriting = !lines.isEmpty
            guard lines.isEmpty else { return (lines, []) }
            defer { state.flushes = [] }
            return ([], state.flushes)
        }
        for flush in flushes { flush.signal() }
        return lines.isEmpty ? nil : lines
    }

    private func writeAll(_ line: [UInt8]) {
        var rest = line[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe systemWrite(descriptor, $0.baseAddress, $0.count)
            }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var item = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&item, 1, -1)
            } else if errno != EINTR {
                return
            }
        }
    }

    /// The time by ISO 8601, in UTC and whole seconds.
    private var time: String {
        guard hasTime else { return "" }
        var seconds = systemTime()
        var parts = unsafe tm()
        unsafe gmtime_r(&seconds, &parts)
        return unsafe String(unsafeUninitializedCapacity: 32) { text in
            unsafe text.withMemoryRebound(to: CChar.self) {
                unsafe strftime($0.baseAddress, $0.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
            }
        }
    }
}
