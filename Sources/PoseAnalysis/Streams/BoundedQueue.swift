// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Synchronization

/// Hands things from one thread to another in their order; whoever is too fast waits.
final class BoundedQueue<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    // Begun at zero: Dispatch ends the process when a semaphore goes with a lower value than it was made with.
    private let free = DispatchSemaphore(value: 0)
    private let filled = DispatchSemaphore(value: 0)

    /// Makes a queue.
    ///
    /// - Parameter capacity: most elements that wait, from 1 up.
    init(capacity: Int) {
        precondition(capacity >= 1, "a queue holds at least one element")
        for _ in 0..<capacity { free.signal() }
    }

    /// Puts an element behind the others, as soon as there is room.
    func push(_ element: Element) {
        free.wait()
        state.withLock { $0.elements.append(element) }
        filled.signal()
    }

    /// Tells that no element follows.
    func close() {
        state.withLock { $0.isClosed = true }
        filled.signal()
    }

    /// Takes the first element, as soon as there is one.
    ///
    /// - Returns: `nil` when the queue is closed and empty.
    func pop() -> Element? {
        filled.wait()
        let element = state.withLock { $0.elements.isEmpty ? nil : $0.elements.removeFirst() }
        if element != nil { free.signal() }
        return element
    }
}
