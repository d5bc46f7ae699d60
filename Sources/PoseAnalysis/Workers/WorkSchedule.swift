// SPDX-License-Identifier: Apache-2.0

/// Which piece of work begins next: a value without clock and threads, so that its promises can be tested.
///
/// **Order.** A piece's turn is the moment it came plus four times its estimate, five seconds at most; the earliest turn goes
/// first. Small work so passes large work that came a little before it, equal work keeps its order, and nothing that comes
/// five seconds later is ahead of anything: whatever others send, a piece waits for a bounded amount of work.
///
/// **Memory.** What would not fit beside the work under way waits until it does, instead of failing half-way. Pieces of
/// less than a sixteenth of the memory may pass it meanwhile, others may not; as soon as no other large piece is under way,
/// it begins.
///
/// **Spare worker.** Where every worker is busy with work that costs far more than what waits, one more thread takes the
/// small work: the system then shares the cores among them, and a thumbnail waits for no giant.
package struct WorkSchedule<Job> {
    /// A piece of work that waits.
    package struct Entry {
        /// The work.
        package let job: Job
        /// What it will cost.
        package let estimate: WorkEstimate
        /// Milliseconds of the clock when it is ahead of all that comes.
        fileprivate let turn: Double
    }

    /// How far behind its arrival a piece's turn is, in estimates: large enough that a photo passes a giant, small enough
    /// that among photos the order of arrival counts.
    package static var stretch: Double { 4 }
    /// Milliseconds by which a turn is later than the arrival at most.
    package static var longestDelay: Double { 5000 }
    /// How many times a spare worker's piece must be smaller than what the others are busy with.
    package static var spareRatio: Double { 8 }

    private let limits: WorkLimits
    private let hasSpare: Bool
    /// In the order of their turns.
    private var entries: [Entry] = []
    private var running: [Int: WorkEstimate] = [:]

    /// Makes a schedule with nothing to do.
    ///
    /// - Parameters:
    ///   - limits: how much may wait and be under way.
    ///   - hasSpare: whether a spare worker passes large work.
    package init(limits: WorkLimits, hasSpare: Bool = false) {
        self.limits = limits
        self.hasSpare = hasSpare
    }

    /// Pieces that wait.
    package var waitingCount: Int { entries.count }

    /// Milliseconds of work that wait.
    package var waitingMilliseconds: Double { entries.reduce(0) { $0 + $1.estimate.milliseconds } }

    /// Pieces under way.
    package var runningCount: Int { running.count }

    // MARK: - Waiting

    /// Lets a piece wait.
    ///
    /// - Parameters:
    ///   - job: the piece.
    ///   - estimate: what it will cost.
    ///   - now: milliseconds of a clock that never goes back.
    ///   - hasIdleWorker: whether a worker could begin it at once.
    /// - Returns: `nil`, or, when too much waits ahead of it, how many milliseconds of work that is with what is under way.
    package mutating func admit(
        _ job: Job,
        _ estimate: WorkEstimate,
        now: Double,
        hasIdleWorker: Bool = false
    ) -> Double? {
        let turn = now + min(Self.stretch * estimate.milliseconds, Self.longestDelay)
        var index = entries.count
        while index > 0, entries[index - 1].turn > turn { index -= 1 }
        // What a spare worker passes is not in the way.
        let largest = hasSpare ? Self.spareRatio * estimate.milliseconds : .infinity
        let ahead = entries[..<index].reduce(0) { sum, entry in
            sum + (entry.estimate.milliseconds < largest ? entry.estimate.milliseconds : 0)
        }
        guard ahead < limits.waiting || hasIdleWorker && fits(estimate, beside: 0) else {
            return ahead + running.values.reduce(0) { $0 + $1.milliseconds }
        }
        entries.insert(Entry(job: job, estimate: estimate, turn: turn), at: index)
        return nil
    }

    /// Takes a piece back that waits.
    package mutating func remove(where isIt: (Job) -> Bool) -> Job? {
        guard let index = entries.firstIndex(where: { isIt($0.job) }) else { return nil }
        return entries.remove(at: index).job
    }

    /// Takes everything back that waits.
    package mutating func removeAll() -> [Job] {
        defer { entries = [] }
        return entries.map(\.job)
    }

    // MARK: - Beginning and ending

    /// Takes the piece that is to begin now.
    ///
    /// - Parameters:
    ///   - worker: who begins it; ends with ``end(_:)``.
    ///   - busyWorkers: for a spare worker, all the others, none of whom is idle; `nil` for one of them.
    /// - Returns: `nil` when there is none that may.
    package mutating func takeNext(for worker: Int, besides busyWorkers: Range<Int>? = nil) -> Job? {
        let largest = busyWorkers.map { workers in
            workers.compactMap { running[$0]?.milliseconds }.min().map { $0 / Self.spareRatio } ?? 0
        }
        var held = 0
        for (index, entry) in entries.enumerated() {
            if let largest, entry.estimate.milliseconds > largest { continue }
            let isLarge = isLarge(entry.estimate)
            if isLarge ? held == 0 && fits(entry.estimate, beside: 0) : fits(entry.estimate, beside: held) {
                begin(entry.estimate, on: worker)
                return entries.remove(at: index).job
            }
            // Large pieces keep their order: none passes one that waits for memory.
            if isLarge, held == 0 { held = entry.estimate.byteCount }
        }
        return nil
    }

    /// A worker begins a piece that did not wait.
    package mutating func begin(_ estimate: WorkEstimate, on worker: Int) { running[worker] = estimate }

    /// A worker is done with its piece.
    package mutating func end(_ worker: Int) { running[worker] = nil }

    private func isLarge(_ estimate: WorkEstimate) -> Bool { estimate.byteCount > limits.byteCount / 16 }

    /// Whether a piece fits beside the work under way.
    ///
    /// - Parameters:
    ///   - estimate: what the piece will cost.
    ///   - held: bytes of a large piece that waits for its memory, which small ones leave for it.
    /// - Returns: whether it may begin.
    private func fits(_ estimate: WorkEstimate, beside held: Int) -> Bool {
        if running.isEmpty { return true }
        let small = running.values.filter { !isLarge($0) }
        if isLarge(estimate), small.count == running.count { return true }
        guard estimate.byteCount <= bytesLeft(by: running.values) else { return false }
        if held == 0 || small.isEmpty { return true }
        return estimate.byteCount <= max(0, bytesLeft(by: small) - held)
    }

    private func bytesLeft(by estimates: some Sequence<WorkEstimate>) -> Int {
        estimates.reduce(limits.byteCount) { $0 - min($0, $1.byteCount) }
    }
}
