// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseInference
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
            pool.run(unitCount: units, arguments: counts) { arguments, _, begin, end in
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

    @Test("Counts of cores")
    func coreCount() {
        #expect(ThreadPool.availableCoreCount >= 1)
        #expect(ThreadPool.availableCoreCount <= ProcessInfo.processInfo.processorCount)
        #expect(ThreadPool(threadCount: 3).threadCount == 3)
    }

    @Test(
        "Quotas of control groups",
        arguments: [
            ("max 100000\n", nil), ("200000 100000\n", 2), ("150000 100000", 2), ("100001 100000", 2),
            ("50000 100000", 1), ("1 100000", 1), ("0 100000", nil), ("-1 100000", nil), ("100000 0", nil),
            ("100000", nil), ("", nil), ("a b", nil), ("1 2 3", nil), (nil, nil),
            ("9223372036854775807 1", Int.max), ("9223372036854775807 100000", 92_233_720_368_548),
        ] as [(String?, Int?)]
    )
    func quota(text: String?, cores: Int?) {
        #expect(CoreCount.quota(fromCPUMax: text) == cores)
    }
}
