// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseImaging
import PoseTestSupport
import Testing

@Suite struct WorkerPoolTests {
    private func pool(workers: Int, queueLimit: Int) -> WorkerPool<Int> {
        WorkerPool(workerCount: workers, queueLimit: queueLimit) { 0 }
    }

    @Test func aRequestAloneGetsAllThreadsAndOthersOneEach() async throws {
        let pool = pool(workers: 3, queueLimit: 10)
        #expect(try await pool.run { $0.threadCount } == 3)
        #expect(try await pool.run { $0.threadCount } == 3)
        let barrier = Barrier()
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    try await pool.run { work in
                        barrier.pass()
                        return work.threadCount
                    }
                }
            }
            #expect(try await barrier.hasArrived(3))
            barrier.open(6)
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts.sorted() == [1, 1, 1, 1, 1, 3])
    }

    @Test func whatIsSubmittedAfterwardsFindsTheWorkerFree() async throws {
        let pool = pool(workers: 2, queueLimit: 10)
        let counts = await withCheckedContinuation { continuation in
            pool.submit { _ in
            } then: {
                pool.submit {
                    continuation.resume(returning: $0.threadCount)
                } refuse: { _ in
                }
            } refuse: { _ in
                continuation.resume(returning: 0)
            }
        }
        #expect(counts == 2)
    }

    @Test func workThatIsSubmittedWithACancelledTokenIsRefused() async throws {
        let token = CancellationToken()
        token.cancel()
        let pool = pool(workers: 1, queueLimit: 10)
        let refusal = await withCheckedContinuation { continuation in
            pool.submit(token: token) { _ in
                continuation.resume(returning: PoolRefusal?.none)
            } refuse: {
                continuation.resume(returning: $0)
            }
        }
        #expect(refusal == .cancelled)
    }

    @Test func aFullQueueRefusesAtOnce() async throws {
        let pool = pool(workers: 1, queueLimit: 2)
        let barrier = Barrier()
        let running = Task { try await pool.run { _ in barrier.pass() } }
        #expect(try await barrier.hasArrived(1))
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<5 {
                group.addTask {
                    do throws(PoolRefusal) {
                        try await pool.run { _ in }
                        return true
                    } catch {
                        guard case .full(let wait) = error else {
                            Issue.record("\(error)")
                            return false
                        }
                        #expect(wait == .milliseconds(3))
                        return false
                    }
                }
            }
            var refused = 0
            var outcomes: [Bool] = []
            for await outcome in group {
                outcomes.append(outcome)
                refused += outcome ? 0 : 1
                if refused == 3 { barrier.open(1) }
            }
            return outcomes
        }
        #expect(outcomes.filter { $0 }.count == 2)
        try await running.value
    }

    @Test func whatWaitsCanBeCancelledAndWhatRunsCanSee() async throws {
        let pool = pool(workers: 1, queueLimit: 2)
        let barrier = Barrier()
        let running = Task {
            try await pool.run { work in
                barrier.pass()
                return work.token.reason
            }
        }
        #expect(try await barrier.hasArrived(1))
        let waiting = Task { try await pool.run { _ in Issue.record("cancelled work ran") } }
        waiting.cancel()
        await #expect(throws: PoolRefusal.cancelled) { try await waiting.value }
        running.cancel()
        barrier.open(1)
        #expect(try await running.value == .cancelled)
        #expect(try await pool.run { _ in 7 } == 7)
    }

    @Test func aStoppedPoolRefuses() async throws {
        let pool = pool(workers: 2, queueLimit: 2)
        pool.stop()
        await #expect(throws: PoolRefusal.stopping) { try await pool.run { _ in } }
    }

    @Test func manyRequestsAllGetTheirOwnResult() async throws {
        let pool = pool(workers: 4, queueLimit: 1000)
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<500 { group.addTask { try await pool.run { _ in index } } }
            return try await group.reduce(0, +)
        }
        #expect(sum == 500 * 499 / 2)
    }
}
