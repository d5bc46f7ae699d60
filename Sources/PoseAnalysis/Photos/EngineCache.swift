// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseSystem
import Synchronization

/// Working memory of networks that workers share: each takes an engine for a piece of work and gives it back.
///
/// The weights of the default complexity, and an engine for a plain picture for each worker, belong to the process. All beyond that
/// is drawn from the budget before it is taken, and let go when the budget is short and nobody works with it.
final class EngineCache: Sendable {
    struct Kind: Hashable, Sendable {
        var complexity: ModelComplexity
        var threadCount: Int
    }

    /// An engine that one worker has at a time.
    ///
    /// Unchecked: whoever took it is its only owner until it is given back.
    final class Engine: @unchecked Sendable {
        let kind: Kind
        var engine: PoseEngine
        fileprivate var uses: NetworkUses
        fileprivate let memory: MemoryReservation?

        fileprivate init(
            _ kind: Kind,
            _ uses: NetworkUses,
            _ engine: consuming PoseEngine,
            _ memory: MemoryReservation?
        ) {
            self.kind = kind
            self.uses = uses
            self.engine = engine
            self.memory = memory
        }
    }

    /// What the networks of a complexity take, and how many work with them.
    private struct Weights {
        var uses: NetworkUses = []
        var userCount = 0
        let memory: MemoryReservation?
    }

    private struct State {
        /// Engines that nobody works with, the one that was used last at the end.
        var idle: [Engine] = []
        var weights: [ModelComplexity: Weights] = [:]
    }

    private let models: ModelCache
    private let budget: MemoryBudget?
    /// The complexity whose networks and plain engines are not drawn for.
    private let kept: ModelComplexity
    private let state = Mutex(State())

    /// Makes a cache that has loaded nothing yet.
    init(models: ModelCache, budget: MemoryBudget?, keeping complexity: ModelComplexity) {
        self.models = models
        self.budget = budget
        kept = complexity
        budget?.whenShort { [weak self] in self?.releaseIdle(keepingOne: false) }
    }

    /// Takes an engine for a piece of work.
    ///
    /// - Parameters:
    ///   - kind: its networks and threads.
    ///   - uses: what is needed of it beside.
    /// - Returns: an engine that nobody else has.
    /// - Throws: `PoseError` `.outOfMemory` when the budget has not enough left, or what is wrong with a model's file.
    func take(_ kind: Kind, for uses: NetworkUses) throws(PoseError) -> Engine {
        begin(kind.complexity)
        do throws(PoseError) {
            try drawWeights(of: kind.complexity, uses)
            return try makeOrReuse(kind, uses)
        } catch {
            end(kind.complexity)
            throw error
        }
    }

    /// Gives an engine back.
    func giveBack(_ engine: Engine) {
        state.withLock { $0.idle.append(engine) }
        end(engine.kind.complexity)
    }

    /// Lets go of what nobody works with.
    ///
    /// - Parameter keepingOne: whether an engine of each number of threads stays for the default complexity.
    func releaseIdle(keepingOne: Bool) {
        let released = state.withLock { state -> [Engine] in
            var threadCounts: Set<Int> = []
            var (released, stays): ([Engine], [Engine]) = ([], [])
            for engine in state.idle.reversed() {
                let isKept =
                    keepingOne && engine.kind.complexity == kept
                    && threadCounts.insert(engine.kind.threadCount).inserted
                if isKept { stays.append(engine) } else { released.append(engine) }
            }
            state.idle = stays.reversed()
            return released
        }
        // Their memory goes outside the lock, and before it is asked which networks nobody has.
        do { _ = consume released }
        let unused = state.withLock { state in
            let unused = state.weights.filter { $0.key != kept && $0.value.userCount == 0 }
            for complexity in unused.keys { state.weights[complexity] = nil }
            return unused
        }
        guard !unused.isEmpty else { return }
        models.releaseUnused(Array(unused.keys))
        ProcessMemory.trim()
        withExtendedLifetime(unused) {}
    }

    private func begin(_ complexity: ModelComplexity) {
        state.withLock { state in
            state.weights[complexity, default: Weights(memory: budget?.reserve(0))].userCount += 1
        }
    }

    private func end(_ complexity: ModelComplexity) {
        state.withLock { $0.weights[complexity]?.userCount -= 1 }
    }

    private func makeOrReuse(_ kind: Kind, _ uses: NetworkUses) throws(PoseError) -> Engine {
        let idle = state.withLock { state in
            state.idle.lastIndex { $0.kind == kind }.map { state.idle.remove(at: $0) }
        }
        if let idle {
            idle.uses.formUnion(uses)
            try idle.memory?.grow(forNetworks: engineByteCount(kind, idle.uses))
            return idle
        }
        let memory = budget?.reserve(0)
        try memory?.grow(forNetworks: engineByteCount(kind, uses))
        let model = try models.model(kind.complexity)
        return Engine(kind, uses, PoseEngine(model: model, threadCount: kind.threadCount), memory)
    }

    private func drawWeights(of complexity: ModelComplexity, _ uses: NetworkUses) throws(PoseError) {
        let (memory, all) = state.withLock { state -> (MemoryReservation?, NetworkUses) in
            let weights = state.weights[complexity]
            return (weights?.memory, (weights?.uses ?? []).union(uses))
        }
        if complexity != kept {
            let byteCount = NetworkMemory.weights(complexity, all) + NetworkMemory.loading(complexity)
            try memory?.grow(forNetworks: byteCount)
        }
        state.withLock { $0.weights[complexity]?.uses.formUnion(all) }
    }

    private func engineByteCount(_ kind: Kind, _ uses: NetworkUses) -> Int {
        NetworkMemory.engine(kind.threadCount, uses)
            - (kind.complexity == kept ? NetworkMemory.engine(kind.threadCount, []) : 0)
    }
}

extension MemoryReservation {
    /// Draws what networks take, unless as much was drawn before.
    ///
    /// - Throws: `PoseError` `.outOfMemory` when the budget has not enough left.
    func grow(forNetworks byteCount: Int) throws(PoseError) {
        guard byteCount > self.byteCount, !resize(to: byteCount) else { return }
        throw PoseError(
            .outOfMemory,
            "\(byteCount / 1_000_000 + 1) MB are needed for the networks, and pictures hold them. Try again in a moment."
        )
    }
}
