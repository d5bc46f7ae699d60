// SPDX-License-Identifier: Apache-2.0

import Dispatch
import PoseSystem
import Synchronization

/// Hands out the numbers of pieces of work, and takes what became of them in whatever order workers finish, to tell of it in
/// the order of the numbers.
///
/// One thread begins pieces and waits; workers submit. What cannot be told ends the run.
final class OrderedWork<Outcome: Sendable>: Sendable {
    private struct State {
        var waiting: [Int: Outcome] = [:]
        /// The piece that is told next; all before it are.
        var next = 0
        var begun = 0
        var submitted = 0
        var fatal: (any Error)?
    }

    private let state = Mutex(State())
    private let count: Int
    /// Most pieces that are begun and not told.
    private let window: Int
    private let interruption: RunInterruption
    private let tell: @Sendable (Outcome) throws -> Void

    /// Makes it.
    ///
    /// - Parameters:
    ///   - count: how many pieces there are.
    ///   - window: most pieces that are begun and not told.
    ///   - interruption: ends the run early.
    ///   - tell: called once for each outcome, in order, by one thread at a time.
    init(
        count: Int,
        window: Int,
        interruption: RunInterruption,
        tell: @escaping @Sendable (Outcome) throws -> Void
    ) {
        self.count = count
        self.window = window
        self.interruption = interruption
        self.tell = tell
    }

    // MARK: - The beginning thread

    /// The number of the next piece to begin, as soon as there is room; `nil` when none is left or the run cannot go on.
    func take() -> Int? {
        wait { $0.fatal != nil || self.interruption.signal != nil || $0.begun - $0.next < self.window }
        return state.withLock { state in
            guard state.fatal == nil, interruption.signal == nil, state.begun < count else { return nil }
            defer { state.begun += 1 }
            return state.begun
        }
    }

    /// Waits for the pieces in work, after an interruption not for long, and tells of those that stand behind a gap.
    ///
    /// - Throws: what ended the run.
    func finish() throws {
        let clock = ContinuousClock()
        var deadline: ContinuousClock.Instant?
        wait { state in
            if self.interruption.signal != nil, deadline == nil { deadline = clock.now + .seconds(2) }
            return state.submitted == state.begun || deadline.map { clock.now > $0 } ?? false
        }
        try state.withLock { state in
            for index in state.waiting.keys.sorted() {
                if let outcome = state.waiting.removeValue(forKey: index) { told(outcome, &state) }
            }
            state.next = state.begun
            if let fatal = state.fatal { throw fatal }
        }
    }

    /// Waits for something that pieces bring about when they end.
    ///
    /// - Parameter isReached: whether it has come; asked by the calling thread alone.
    /// - Returns: false when the run cannot go on.
    func wait(for isReached: () -> Bool) -> Bool {
        wait { $0.fatal != nil || self.interruption.signal != nil || isReached() }
        return goesOn
    }

    private func wait(until isReached: (State) -> Bool) {
        // The time limit is for conditions that a clock makes true.
        while !state.withLock({ isReached($0) }) {
            _ = interruption.changed.wait(timeout: .now() + .milliseconds(250))
        }
    }

    // MARK: - Workers

    /// Whether pieces are still begun.
    var goesOn: Bool { interruption.signal == nil && state.withLock { $0.fatal == nil } }

    /// Takes what became of a piece; it is told as soon as all before it are.
    func submit(_ outcome: Outcome, at index: Int) {
        state.withLock { state in
            state.submitted += 1
            state.waiting[index] = outcome
            while let outcome = state.waiting.removeValue(forKey: state.next) {
                state.next += 1
                told(outcome, &state)
            }
        }
        interruption.forget(index)
    }

    private func told(_ outcome: Outcome, _ state: inout State) {
        do {
            try tell(outcome)
        } catch {
            state.fatal = state.fatal ?? error
        }
    }
}
