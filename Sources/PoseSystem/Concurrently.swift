// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Synchronization

/// Does two pieces of work at once, the second on a thread of its own, and returns when both are done.
///
/// In place of Dispatch's `concurrentPerform`, whose threads ask for a priority that only root may have and complain to
/// the system's log when they do not get it.
///
/// - Parameters:
///   - first: done on the calling thread.
///   - second: done on another one, or after `first` when the system grants none.
/// - Returns: what each returned.
package func concurrently<First, Second: Sendable>(
    _ first: () -> First,
    _ second: @escaping @Sendable () -> Second
) -> (First, Second) {
    concurrently(startingThreadsWith: { SystemThread($0).start() }, first, second)
}

/// The same with another way to start a thread, which says whether there is one.
package func concurrently<First, Second: Sendable>(
    startingThreadsWith start: (@escaping @Sendable () -> Void) -> Bool,
    _ first: () -> First,
    _ second: @escaping @Sendable () -> Second
) -> (First, Second) {
    let outcome = Outcome<Second>()
    let isStarted = start {
        let value = second()
        outcome.value.withLock { $0 = value }
        outcome.isDone.signal()
    }
    let firstValue = first()
    if isStarted { outcome.isDone.wait() }
    return (firstValue, outcome.value.withLock { $0 } ?? second())
}

private final class Outcome<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
    let isDone = DispatchSemaphore(value: 0)
}
