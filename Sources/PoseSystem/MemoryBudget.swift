// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Bytes that all work together may hold at a time; drawn from before memory is taken.
package final class MemoryBudget: Sendable {
    /// All of it.
    package let byteCount: Int
    private let used = Mutex(0)
    private let releases = Mutex<[@Sendable () -> Void]>([])

    /// Makes a budget.
    package init(byteCount: Int) {
        self.byteCount = byteCount
    }

    /// Bytes that are drawn now.
    package var usedByteCount: Int { used.withLock { $0 } }

    /// Draws bytes; they come back when the reservation goes.
    ///
    /// - Returns: `nil` when fewer are left.
    package func reserve(_ byteCount: Int) -> MemoryReservation? {
        take(byteCount) ? MemoryReservation(budget: self, byteCount: byteCount) : nil
    }

    /// Adds what is to be done when bytes are asked for and too few are left, before they are refused.
    ///
    /// - Parameter release: gives bytes back that are held for later use; called on any thread.
    package func whenShort(_ release: @escaping @Sendable () -> Void) {
        releases.withLock { $0.append(release) }
    }

    fileprivate func take(_ byteCount: Int) -> Bool {
        if takeNow(byteCount) { return true }
        guard byteCount <= self.byteCount else { return false }
        for release in releases.withLock(\.self) {
            release()
            if takeNow(byteCount) { return true }
        }
        return false
    }

    private func takeNow(_ byteCount: Int) -> Bool {
        used.withLock { used in
            guard byteCount <= self.byteCount - used else { return false }
            used += byteCount
            return true
        }
    }

    fileprivate func giveBack(_ byteCount: Int) {
        used.withLock { $0 -= byteCount }
    }
}

/// Some bytes drawn from a budget, given back when the last owner lets go.
package final class MemoryReservation: Sendable {
    private let budget: MemoryBudget
    private let held: Mutex<Int>

    fileprivate init(budget: MemoryBudget, byteCount: Int) {
        self.budget = budget
        held = Mutex(byteCount)
    }

    deinit { budget.giveBack(held.withLock { $0 }) }

    /// Bytes that are drawn.
    package var byteCount: Int { held.withLock { $0 } }

    /// A reservation from the same budget, without bytes.
    package func another() -> MemoryReservation { MemoryReservation(budget: budget, byteCount: 0) }

    /// Draws more, or gives some back.
    ///
    /// - Returns: false, with nothing changed, when the budget has not enough left.
    package func resize(to byteCount: Int) -> Bool {
        held.withLock { held in
            if byteCount > held, !budget.take(byteCount - held) { return false }
            if byteCount < held { budget.giveBack(held - byteCount) }
            held = byteCount
            return true
        }
    }
}
