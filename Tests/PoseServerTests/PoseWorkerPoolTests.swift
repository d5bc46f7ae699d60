// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import PoseEstimation
import PoseServer
import Synchronization
import Testing

/// A gate that worker threads wait at.
private final class Barrier: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let arrived = Mutex(0)

    func pass() {
        arrived.withLock { $0 += 1 }
        _ = semaphore.wait(timeout: .now() + 120)
    }

    func open(_ count: Int) { for _ in 0..<count { semaphore.signal() } }

    func hasArrived(_ count: Int) async throws -> Bool {
        for _ in 0..<6000 where arrived.withLock({ $0 }) < count {
            try await Task.sleep(for: .milliseconds(10))
        }
        return arrived.withLock { $0 } == count
    }
}

@Suite struct PoseWorkerPoolTests {
    private let script = FakeEstimator.Script()

    private func pool(workers: Int, queueLimit: Int) -> PoseWorkerPool {
        let script = script
        return PoseWorkerPool(workerCount: workers, queueLimit: queueLimit) { FakeEstimator(script) }
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
                        #expect(error == .full)
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
                return Result { () throws(PoolRefusal) in try work.checkCancellation() }
            }
        }
        #expect(try await barrier.hasArrived(1))
        let waiting = Task { try await pool.run { _ in Issue.record("cancelled work ran") } }
        waiting.cancel()
        await #expect(throws: PoolRefusal.cancelled) { try await waiting.value }
        running.cancel()
        barrier.open(1)
        let outcome = try await running.value
        #expect(throws: PoolRefusal.cancelled) { try outcome.get() }
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

    @Test func aBusyServiceAnswers503() async throws {
        let barrier = Barrier()
        let service = fakeService(FakeEstimator.Script { barrier.pass() }, workers: 1, queueLimit: 0)
        let request = HTTPRequest.pose(try picture())
        let running = Task { await service.respond(to: request).status }
        #expect(try await barrier.hasArrived(1))
        let refused = await service.respond(to: request)
        #expect(refused.status == 503)
        #expect(refused.errorCode == "busy")
        #expect(refused.header("retry-after") == "1")
        // What needs no worker is still answered.
        #expect(await service.respond(to: .get("/healthz")).status == 200)
        barrier.open(1)
        #expect(await running.value == 200)
    }
}
