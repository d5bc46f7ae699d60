// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PosePrivacy
import PoseSystem
import Synchronization

/// What hides faces, shared by workers: each takes one for a picture and gives it back.
///
/// The networks and the memory that they work in are drawn from the budget before they are taken, and let go when the budget is
/// short and nobody works with them.
final class AnonymizerCache: Sendable {
    /// An anonymizer that one worker has at a time.
    ///
    /// Unchecked: whoever took it is its only owner until it is given back.
    final class Entry: @unchecked Sendable {
        let anonymizer: PhotoAnonymizer
        fileprivate let threadCount: Int
        fileprivate var uses: Set<Use>
        fileprivate let memory: MemoryReservation?

        fileprivate init(
            _ anonymizer: PhotoAnonymizer,
            _ threadCount: Int,
            _ use: Use,
            _ memory: MemoryReservation?
        ) {
            self.anonymizer = anonymizer
            self.threadCount = threadCount
            uses = [use]
            self.memory = memory
        }
    }

    /// What of an anonymizer's memory a picture needs: each effort has networks of its own.
    fileprivate struct Use: Hashable {
        var effort: FaceSearchEffort
        var findsPeople: Bool

        init(_ options: AnonymizationOptions) {
            effort = options.effort
            findsPeople = options.search.lookForPeople ?? (effort == .full)
        }

        func byteCount(_ threadCount: Int) -> Int {
            NetworkMemory.faces(threadCount)
                + (findsPeople ? NetworkMemory.engine(threadCount, .search) : 0)
        }
    }

    private struct State {
        /// Those that nobody works with, the one that was used last at the end.
        var idle: [Entry] = []
        var userCount = 0
        /// What the networks' weights take; `nil` while there are none, or no budget.
        var weights: MemoryReservation?
    }

    private let models: ModelCache
    private let budget: MemoryBudget?
    private let weightByteCount: Int
    private let state = Mutex(State())

    /// Makes a cache that has loaded nothing yet.
    ///
    /// - Parameters:
    ///   - models: where the networks come from.
    ///   - budget: what is drawn from; `nil` for no limit.
    ///   - complexity: the landmark network whose weights are not drawn for.
    init(models: ModelCache, budget: MemoryBudget?, keeping complexity: ModelComplexity) {
        self.models = models
        self.budget = budget
        let people = NetworkMemory.weights(ModelCache.peopleComplexity, .search)
        let kept = complexity == ModelCache.peopleComplexity ? NetworkMemory.weights(complexity, []) : 0
        weightByteCount = NetworkMemory.faceWeights + people - kept
        budget?.whenShort { [weak self] in self?.releaseIdle() }
    }

    /// Takes an anonymizer for a picture.
    ///
    /// - Parameters:
    ///   - threadCount: its threads.
    ///   - options: what is to be done with it.
    /// - Returns: one that nobody else has.
    /// - Throws: `PoseError` `.outOfMemory` when the budget has not enough left, or what is wrong with a model's file.
    func take(_ threadCount: Int, for options: AnonymizationOptions) throws(PoseError) -> Entry {
        let use = Use(options)
        state.withLock { $0.userCount += 1 }
        do throws(PoseError) {
            try drawWeights()
            let idle = state.withLock { state in
                state.idle.lastIndex { $0.threadCount == threadCount }.map { state.idle.remove(at: $0) }
            }
            if let idle {
                let uses = idle.uses.union([use])
                try idle.memory?.grow(forNetworks: uses.reduce(0) { $0 + $1.byteCount(threadCount) })
                idle.uses = uses
                return idle
            }
            let memory = budget?.reserve(0)
            try memory?.grow(forNetworks: use.byteCount(threadCount))
            let models = try models.faceModels()
            return Entry(PhotoAnonymizer(models: models, threadCount: threadCount), threadCount, use, memory)
        } catch {
            state.withLock { $0.userCount -= 1 }
            throw error
        }
    }

    /// Gives an anonymizer back.
    func giveBack(_ entry: Entry) {
        state.withLock { state in
            state.idle.append(entry)
            state.userCount -= 1
        }
    }

    /// Lets go of what nobody works with, and of the weights where nobody works at all.
    func releaseIdle() {
        let (released, weights) = state.withLock { state -> ([Entry], MemoryReservation?) in
            defer { state.idle = [] }
            guard state.userCount == 0 else { return (state.idle, nil) }
            defer { state.weights = nil }
            return (state.idle, state.weights)
        }
        // Their memory goes outside the lock.
        do { _ = consume released }
        guard let weights else { return }
        models.releaseFaceModels()
        ProcessMemory.trim()
        withExtendedLifetime(weights) {}
    }

    private func drawWeights() throws(PoseError) {
        let memory = state.withLock { state in
            if state.weights == nil { state.weights = budget?.reserve(0) }
            return state.weights
        }
        try memory?.grow(forNetworks: weightByteCount)
    }
}
