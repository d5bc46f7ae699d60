// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization

/// A gate that worker threads wait at.
public final class Barrier: Sendable {
    /// Makes a closed gate.
    public init() {}

    private let semaphore = DispatchSemaphore(value: 0)
    private let arrived = Mutex(0)

    /// Waits until the gate is opened for this thread.
    public func pass() {
        arrived.withLock { $0 += 1 }
        _ = semaphore.wait(timeout: .now() + 120)
    }

    /// Lets some threads pass.
    public func open(_ count: Int) { for _ in 0..<count { semaphore.signal() } }

    /// Whether so many threads wait or have passed, after a while.
    public func hasArrived(_ count: Int) async throws -> Bool {
        for _ in 0..<6000 where arrived.withLock({ $0 }) < count {
            try await Task.sleep(for: .milliseconds(10))
        }
        return arrived.withLock { $0 } == count
    }
}
