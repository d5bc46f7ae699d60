// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseTestSupport
import Testing

/// What the order of work promises, on a clock of the test's own.
@Suite struct WorkScheduleTests {
    private static let megabyte = 1_000_000
    private static let giant = WorkEstimate(milliseconds: 4000, byteCount: 512 * megabyte)
    private static let small = WorkEstimate(milliseconds: 20, byteCount: 2 * megabyte)

    private static func schedule(waiting: Double = 1_000_000) -> WorkSchedule<Int> {
        WorkSchedule(limits: WorkLimits(waiting: waiting, byteCount: 600 * megabyte))
    }

    /// Takes everything with one worker, one piece after the other.
    private static func order(_ schedule: inout WorkSchedule<Int>) -> [Int] {
        var order: [Int] = []
        while let job = schedule.takeNext(for: 0) {
            order.append(job)
            schedule.end(0)
        }
        return order
    }

    @Test func smallWorkPassesLargeWorkAndEqualWorkKeepsItsOrder() {
        var schedule = Self.schedule()
        for (job, estimate) in [Self.giant, Self.small, Self.giant, Self.small, Self.small].enumerated() {
            #expect(schedule.admit(job, estimate, now: Double(job)) == nil)
        }
        #expect(Self.order(&schedule) == [1, 3, 4, 0, 2])
    }

    @Test func whatHasWaitedLongestGoesBeforeSmallWorkThatComesLater() {
        var schedule = Self.schedule()
        _ = schedule.admit(0, Self.giant, now: 0)
        let late = WorkSchedule<Int>.longestDelay
        _ = schedule.admit(1, Self.small, now: late - 100)
        _ = schedule.admit(2, Self.small, now: late + 1)
        #expect(Self.order(&schedule) == [1, 0, 2])
    }

    @Test func aFullQueueSaysHowMuchWorkIsAheadAndStillLetsSmallWorkPassGiants() {
        var schedule = Self.schedule(waiting: 10_000)
        schedule.begin(Self.giant, on: 0)
        var refusedAt: Double?
        var count = 0
        while refusedAt == nil {
            refusedAt = schedule.admit(count, Self.giant, now: 0)
            count += 1
        }
        #expect(count == 4)
        #expect(refusedAt == 16_000)
        #expect(schedule.waitingMilliseconds == 12_000)
        #expect(schedule.admit(99, Self.small, now: 0) == nil)
        #expect(schedule.waitingCount == 4)
    }

    @Test func overdueGiantsKeepSmallWorkOutOnlyWhereNothingPassesThem() {
        for hasSpare in [false, true] {
            let limits = WorkLimits(waiting: 10_000, byteCount: 600 * Self.megabyte)
            var schedule = WorkSchedule<Int>(limits: limits, hasSpare: hasSpare)
            for job in 0..<3 { #expect(schedule.admit(job, Self.giant, now: 0) == nil) }
            let late = 2 * WorkSchedule<Int>.longestDelay
            #expect(schedule.admit(3, Self.giant, now: late) == 12_000)
            #expect(schedule.admit(4, Self.small, now: late) == (hasSpare ? nil : 12_000))
        }
    }

    @Test func withoutRoomToWaitOnlyWhatCanBeginAtOnceIsTaken() {
        var schedule = Self.schedule(waiting: 0)
        #expect(schedule.admit(0, Self.small, now: 0, hasIdleWorker: true) == nil)
        #expect(schedule.takeNext(for: 0) == 0)
        #expect(schedule.admit(1, Self.small, now: 0) == 20)
        #expect(schedule.waitingCount == 0)
    }

    @Test func giantsBeginOneAfterTheOtherAndSmallWorkGoesOnBeside() {
        var schedule = Self.schedule()
        for job in 0..<2 { _ = schedule.admit(job, Self.giant, now: 0) }
        #expect(schedule.takeNext(for: 0) == 0)
        #expect(schedule.takeNext(for: 1) == nil)
        _ = schedule.admit(2, Self.small, now: 0)
        #expect(schedule.takeNext(for: 1) == 2)
        schedule.end(0)
        #expect(schedule.takeNext(for: 0) == 1)
    }

    @Test func theSpareWorkerTakesSmallWorkBesideLargeWorkOnly() {
        var schedule = Self.schedule()
        let middling = WorkEstimate(milliseconds: 100)
        schedule.begin(Self.giant, on: 0)
        schedule.begin(middling, on: 1)
        _ = schedule.admit(0, Self.small, now: 0)
        #expect(schedule.takeNext(for: 2, besides: 0..<2) == nil)
        schedule.begin(WorkEstimate(milliseconds: 4000), on: 1)
        #expect(schedule.takeNext(for: 2, besides: 0..<2) == 0)
        _ = schedule.admit(1, WorkEstimate(milliseconds: 1000), now: 0)
        #expect(schedule.takeNext(for: 3, besides: 0..<2) == nil)
    }

    @Test func whatIsTakenBackNeverBegins() {
        var schedule = Self.schedule()
        for job in 0..<3 { _ = schedule.admit(job, Self.small, now: 0) }
        #expect(schedule.remove { $0 == 1 } == 1)
        #expect(schedule.remove { $0 == 1 } == nil)
        #expect(Self.order(&schedule) == [0, 2])
        _ = schedule.admit(3, Self.small, now: 0)
        #expect(schedule.removeAll() == [3])
        #expect(schedule.waitingCount == 0)
    }

    // MARK: - Random work

    private struct Piece {
        var arrival: Double
        var estimate: WorkEstimate
        var begin: Double?
    }

    /// Runs random work, with short gaps more than the workers can do, and checks at every step what may be under way.
    private static func simulate(
        seed: UInt64,
        workerCount: Int,
        hasSpare: Bool = false,
        longestGap: Double = 30,
        largest: Int = 700 * megabyte
    ) -> [Piece] {
        var generator = SeededGenerator(seed: seed)
        var arrival = 0.0
        var pieces = (0..<600).map { _ -> Piece in
            arrival += Double.random(in: 0..<longestGap, using: &generator)
            let isLarge = Int.random(in: 0..<8, using: &generator) == 0
            let milliseconds = Double.random(in: isLarge ? 200..<3000 : 1..<60, using: &generator)
            let bytes = Int.random(
                in: isLarge ? 40 * megabyte..<largest : 0..<30 * megabyte,
                using: &generator
            )
            return Piece(
                arrival: arrival,
                estimate: WorkEstimate(milliseconds: milliseconds, byteCount: bytes)
            )
        }
        var schedule = schedule()
        var ends: [Int: Double] = [:]
        var underWay: [Int: Int] = [:]
        var next = 0
        while next < pieces.count || !ends.isEmpty {
            let ended = ends.min { $0.value < $1.value }
            let now: Double
            if next < pieces.count, pieces[next].arrival < ended?.value ?? .infinity {
                now = pieces[next].arrival
                _ = schedule.admit(next, pieces[next].estimate, now: now)
                next += 1
            } else if let ended {
                now = ended.value
                ends[ended.key] = nil
                underWay[ended.key] = nil
                schedule.end(ended.key)
            } else {
                break
            }
            for worker in 0..<workerCount + (hasSpare ? 1 : 0) where ends[worker] == nil {
                let isSpare = worker == workerCount
                if isSpare, (0..<workerCount).contains(where: { ends[$0] == nil }) { continue }
                let job = schedule.takeNext(for: worker, besides: isSpare ? 0..<workerCount : nil)
                guard let job else { continue }
                pieces[job].begin = now
                ends[worker] = now + pieces[job].estimate.milliseconds
                underWay[worker] = job
            }
            let bytes = underWay.values.map { pieces[$0].estimate.byteCount }
            let large = bytes.filter { $0 > 600 * megabyte / 16 }
            #expect(large.count <= 1 || bytes.reduce(0, +) <= 600 * megabyte, "seed \(seed): \(bytes)")
            // A worker is idle only when nothing may begin: large work waits for large work.
            if underWay.count < workerCount {
                #expect(schedule.waitingCount == 0 || !large.isEmpty, "seed \(seed)")
            }
        }
        #expect(schedule.waitingCount == 0)
        return pieces
    }

    @Test(arguments: [1, 2, 5] as [Int], [1, 2, 3, 4] as [UInt64])
    func everythingBeginsAndNothingThatCameMuchLaterIsAhead(workerCount: Int, seed: UInt64) throws {
        let pieces = Self.simulate(seed: seed, workerCount: workerCount)
        let begins = try pieces.map { try #require($0.begin) }
        let isSmall = { (piece: Piece) in piece.estimate.byteCount <= 600 * Self.megabyte / 16 }
        for (index, piece) in pieces.enumerated() {
            for (later, other) in pieces.enumerated().dropFirst(index + 1) where begins[later] < begins[index]
            {
                // Small work may use memory that is too little for a larger piece that waits.
                let isHeld = isSmall(other) && other.estimate.byteCount < piece.estimate.byteCount
                let delay = min(
                    WorkSchedule<Int>.stretch * piece.estimate.milliseconds,
                    WorkSchedule<Int>.longestDelay
                )
                #expect(
                    isHeld || other.arrival <= piece.arrival + delay,
                    "seed \(seed): \(later) passed \(index)"
                )
            }
        }
    }

    @Test(arguments: [5, 6, 7] as [UInt64])
    func withASpareWorkerSmallWorkHardlyWaits(seed: UInt64) throws {
        // Large work alone is twice what one worker can do.
        let waits = try [false, true].map { hasSpare in
            let pieces = Self.simulate(
                seed: seed,
                workerCount: 1,
                hasSpare: hasSpare,
                longestGap: 200,
                largest: 512 * Self.megabyte
            )
            let small = pieces.filter { $0.estimate.milliseconds < 60 }
            return try small.map { try #require($0.begin) - $0.arrival }.sorted()[small.count * 9 / 10]
        }
        #expect(waits[0] > 1000, "seed \(seed): \(waits)")
        #expect(waits[1] < 250, "seed \(seed): \(waits)")
    }
}
