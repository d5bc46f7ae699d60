// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseInference
import PoseSystem
import PoseTestSupport
import Synchronization
import Testing

@Suite("Thread pool")
struct ThreadPoolTests {
    /// Counts how often each unit ran; the counters' first one is the number of the units.
    private final class Ledger: @unchecked Sendable {
        let counts: UnsafeMutablePointer<Int>
        let capacity: Int

        init(capacity: Int) {
            self.capacity = capacity
            counts = .allocate(capacity: capacity)
            counts.initialize(repeating: 0, count: capacity)
        }

        deinit { counts.deallocate() }

        /// Runs a job on a pool and says whether every unit ran once since the last call.
        func run(_ pool: ThreadPool, units: Int) -> Bool {
            pool.run("counting", unitCount: units, arguments: counts) { arguments, _, begin, end in
                guard let arguments else { return }
                let counts = UnsafeMutableRawPointer(mutating: arguments).assumingMemoryBound(to: Int.self)
                // Each unit is one thread's, so these additions need no synchronization of their own.
                for unit in begin..<end { counts[unit] += 1 }
            }
            defer { counts.update(repeating: 0, count: capacity) }
            return (0..<capacity).allSatisfy { counts[$0] == ($0 < units ? 1 : 0) }
        }
    }

    @Test("Every unit runs once, over many tiny jobs", arguments: 1...4)
    func manyJobs(threads: Int) {
        let pool = ThreadPool(threadCount: threads)
        let ledger = Ledger(capacity: 64)
        var random = SeededGenerator(seed: UInt64(threads))
        var wrong = 0
        for _ in 0..<50_000 where !ledger.run(pool, units: Int.random(in: 0...64, using: &random)) {
            wrong += 1
        }
        #expect(wrong == 0)
    }

    @Test("More threads than cores, large jobs and jobs smaller than the pool", arguments: [7, 16, 64])
    func oversubscribed(threads: Int) {
        let pool = ThreadPool(threadCount: threads)
        let ledger = Ledger(capacity: 5000)
        for units in [0, 1, 2, threads - 1, threads, threads + 1, 8 * threads, 5000] {
            for _ in 0..<20 { #expect(ledger.run(pool, units: units), "\(units) units") }
        }
    }

    @Test("Pauses long enough to park, then work again")
    func parkedThreadsWake() {
        let pool = ThreadPool(threadCount: 3)
        let ledger = Ledger(capacity: 40)
        for round in 0..<60 {
            Thread.sleep(forTimeInterval: round % 3 == 0 ? 0.002 : 0.0001)
            for _ in 0..<10 { #expect(ledger.run(pool, units: 40), "round \(round)") }
        }
    }

    @Test("Several pools at once")
    func severalPools() async {
        await withTaskGroup(of: Int.self) { group in
            for seed in 0..<4 as Range<UInt64> {
                group.addTask {
                    let pool = ThreadPool(threadCount: 2)
                    let ledger = Ledger(capacity: 32)
                    var random = SeededGenerator(seed: seed)
                    return (0..<3000).count { _ in
                        !ledger.run(pool, units: Int.random(in: 0...32, using: &random))
                    }
                }
            }
            for await wrong in group { #expect(wrong == 0) }
        }
    }

    @Test("Pools end while their threads start, spin, work or are parked")
    func ending() {
        let ledger = Ledger(capacity: 16)
        for round in 0..<300 {
            let pool = ThreadPool(threadCount: 1 + round % 5)
            if round % 3 != 0 { #expect(ledger.run(pool, units: 16)) }
            if round % 20 == 1 { Thread.sleep(forTimeInterval: 0.002) }
        }
    }

    @Test("A job without units calls nothing that counts", arguments: [1, 3])
    func noUnits(threads: Int) {
        let ledger = Ledger(capacity: 4)
        #expect(ledger.run(ThreadPool(threadCount: threads), units: 0))
    }

    #if os(Linux)
    @Test("Threads of pools that ended are gone")
    func threadsEnd() throws {
        func threadCount() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
        }
        let before = try threadCount()
        for _ in 0..<40 { _ = Ledger(capacity: 8).run(ThreadPool(threadCount: 8), units: 8) }
        // 280 helpers were started; other tests have some of their own.
        for _ in 0..<200 where try threadCount() > before + 100 { Thread.sleep(forTimeInterval: 0.01) }
        #expect(try threadCount() <= before + 100)
    }
    #endif

    @Test("Callers that share a pool do not wait for each other for ever", arguments: [2, 4])
    func sharedPool(threads: Int) async {
        let pool = ThreadPool(threadCount: threads)
        await withTaskGroup(of: Int.self) { group in
            for seed in 0..<8 as Range<UInt64> {
                group.addTask {
                    let ledger = Ledger(capacity: 200)
                    var random = SeededGenerator(seed: seed)
                    return (0..<3000).count { _ in
                        !ledger.run(pool, units: Int.random(in: 0...200, using: &random))
                    }
                }
            }
            for await wrong in group { #expect(wrong == 0) }
        }
        // The helpers are there for the next caller.
        #expect(Ledger(capacity: 64).run(pool, units: 64))
    }

    @Test("Sessions that share a pool give the same bits")
    func sessionsOfOnePool() async throws {
        let model = try CompiledModel(bytes: ReaderDamageTests.network.bytes())
        let inputs = EngineHarness.inputs(for: model)
        let expected = EngineHarness.run(model, inputs)
        let pool = ThreadPool(threadCount: 3)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    var session = InferenceSession(model: model, threads: pool)
                    return (0..<200).allSatisfy { _ in
                        session.withInput { _ = $0.update(fromContentsOf: inputs[0]) }
                        session.run()
                        return expected.indices.allSatisfy { index in
                            session.withOutput(index) { $0.elementsEqual(expected[index]) }
                        }
                    }
                }
            }
            for await same in group { #expect(same) }
        }
    }

    @Test("Threads that the system refuses are not waited for", arguments: [0, 1, 2])
    func refusedThreads(granted: Int) {
        var asked = 0
        let pool = ThreadPool(threadCount: 6) { body in
            asked += 1
            return asked <= granted && SystemThread(body).start()
        }
        #expect(asked == 5)
        let ledger = Ledger(capacity: 100)
        for round in 0..<2000 { #expect(ledger.run(pool, units: round % 101), "round \(round)") }
    }

    @Test("A pool of more threads than any can have, or of none, is a mistake of the caller's")
    func impossibleCounts() async {
        await #expect(processExitsWith: .failure) {
            _ = ThreadPool(threadCount: ThreadPool.maxThreadCount + 1)
        }
        await #expect(processExitsWith: .failure) { _ = ThreadPool(threadCount: 0) }
    }

    @Test(
        "The default is as many threads as cores, as far as a pool can have them",
        arguments: [(-1, 1), (0, 1), (1, 1), (2, 2), (64, 64), (65, 64), (1024, 64)]
    )
    func defaultThreadCount(cores: Int, threads: Int) {
        #expect(ThreadPool.defaultThreadCount(coreCount: cores) == threads)
    }

    @Test("Counts of cores")
    func coreCount() {
        #expect(ThreadPool.availableCoreCount >= 1)
        #expect(ThreadPool.availableCoreCount <= ProcessInfo.processInfo.processorCount)
        #expect(ThreadPool.defaultThreadCount == min(ThreadPool.availableCoreCount, 64))
        #expect(ThreadPool(threadCount: 3).threadCount == 3)
        #expect(ThreadPool().threadCount == ThreadPool.defaultThreadCount)
    }
}
