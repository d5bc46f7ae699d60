// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// What the threads of this process did and when, for a viewer of traces; off unless somebody records.
///
/// One recording a process: the parts that work do not know each other, and would have to hand a recorder on through
/// everything. While none is on, a part costs one relaxed load.
package enum WorkTrace {
    /// A stretch of one thread's time.
    package struct Span: Sendable {
        /// What was done.
        package var name: String
        /// The system's number of the thread.
        package var thread: Int32
        /// Nanoseconds of ``MonotonicClock``.
        package var start, end: UInt64
    }

    private static let recording = Atomic(false)
    private static let spans = Mutex<[Span]>([])

    /// Forgets what was recorded and begins anew.
    package static func begin() {
        spans.withLock {
            $0.removeAll()
            // Growing in the middle of a pass would be taken for the pass's own time.
            $0.reserveCapacity(1 << 16)
        }
        recording.store(true, ordering: .releasing)
    }

    /// Ends the recording.
    ///
    /// - Returns: the spans in the order in which they ended.
    package static func end() -> [Span] {
        recording.store(false, ordering: .releasing)
        return spans.withLock { spans in
            defer { spans = [] }
            return spans
        }
    }

    /// Does some work, which is a span while a recording is on.
    package static func span<R: ~Copyable, E: Error>(
        _ name: @autoclosure () -> String,
        _ work: () throws(E) -> R
    ) throws(E) -> R {
        guard recording.load(ordering: .relaxed) else { return try work() }
        let start = MonotonicClock.now
        defer { add(name(), from: start) }
        return try work()
    }

    /// Notes a span of the calling thread that ends now.
    private static func add(_ name: String, from start: UInt64) {
        let span = Span(
            name: name,
            thread: CorePlacement.currentThread,
            start: start,
            end: MonotonicClock.now
        )
        spans.withLock { $0.append(span) }
    }
}
