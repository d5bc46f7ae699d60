// SPDX-License-Identifier: Apache-2.0

/// The memory of sessions that run one at a time, and of which nothing is read once another one has begun.
///
/// What one network leaves in the caches another one finds there: with memory of its own each would begin in memory that has
/// left them.
package final class SessionMemory: Sendable {
    /// Values of a pass.
    let arena: AlignedFloats
    /// Scratch of all threads.
    let scratch: AlignedFloats

    /// Takes memory for one of the models at a time.
    package init(for models: [CompiledModel], threadCount: Int) {
        let plans = models.map { $0.plan(threadCount: threadCount) }
        arena = AlignedFloats(count: plans.map(\.arenaCount).max() ?? 0)
        scratch = AlignedFloats(count: (plans.map(\.scratchCount).max() ?? 0) * threadCount)
    }

    /// Whether there is room for a model on so many threads.
    func fits(_ plan: ExecutionPlan, threadCount: Int) -> Bool {
        plan.arenaCount <= arena.count && plan.scratchCount * threadCount <= scratch.count
    }
}
