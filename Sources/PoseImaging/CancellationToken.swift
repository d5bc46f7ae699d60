// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem
internal import Synchronization

/// Whether work that was begun should go on: somebody may cancel it, and it may have a deadline.
///
/// Decoders and networks look at it between rows and steps, so that work nobody waits for ends within milliseconds.
public final class CancellationToken: Sendable {
    /// Why work should stop.
    public struct Reason: Error, Hashable, Sendable, CustomStringConvertible {
        /// The reason in one word.
        public let description: String

        /// Nobody waits for the result any more.
        public static let cancelled = Reason(description: "cancelled")
        /// The time that the work may take is over.
        public static let timedOut = Reason(description: "timed out")
    }

    private let isCancelled = Atomic(false)
    /// Nanoseconds of the monotonic clock; `UInt64.max` without a deadline.
    private let deadline: UInt64

    /// Makes a token.
    ///
    /// - Parameter timeLimit: how long the work may take from now on; `nil` for as long as it takes.
    public init(timeLimit: Duration? = nil) {
        deadline = timeLimit.map(MonotonicClock.deadline) ?? .max
    }

    /// Tells the work that nobody waits for its result; from any thread, any number of times.
    public func cancel() {
        isCancelled.store(true, ordering: .relaxed)
    }

    /// Why the work should stop; `nil` while it should go on.
    public var reason: Reason? {
        if isCancelled.load(ordering: .relaxed) { return .cancelled }
        return deadline != .max && MonotonicClock.now > deadline ? .timedOut : nil
    }

    /// Throws the reason why the work should stop, if there is one.
    public func check() throws(Reason) {
        if let reason { throw reason }
    }
}
