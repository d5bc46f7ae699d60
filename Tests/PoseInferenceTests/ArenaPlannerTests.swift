// SPDX-License-Identifier: Apache-2.0

import PoseInference
import PoseTestSupport
import Testing

@Suite("Arena planner")
struct ArenaPlannerTests {
    @Test("Values alive together never overlap, and reuse never costs", arguments: 0..<200 as Range<UInt64>)
    func randomLifetimes(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var planner = ArenaPlanner()
        let steps = Int.random(in: 1...40, using: &random)
        for _ in 0..<Int.random(in: 0...80, using: &random) {
            let value = planner.add(
                count: Int.random(in: 1...500, using: &random),
                first: Int.random(in: 0..<steps, using: &random),
                rests: Bool.random(using: &random)
            )
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                planner.use(value, at: Int.random(in: 0..<steps, using: &random))
            }
        }
        let values = planner.values
        for resting in [false, true] {
            let (offsets, count) = planner.place(resting: resting)
            #expect(offsets.count == values.count)
            for (i, a) in values.enumerated() {
                #expect(
                    offsets[i] >= 0 && offsets[i] % 16 == 0 && offsets[i] + a.count <= count,
                    "seed \(seed)"
                )
                for (j, b) in values.enumerated() where j < i {
                    let rest = resting && (a.rests || b.rests) ? ArenaPlanner.restStepCount : 0
                    #expect(
                        a.last + rest < b.first || b.last + rest < a.first
                            || offsets[i] + a.count <= offsets[j]
                            || offsets[j] + b.count <= offsets[i],
                        "seed \(seed), resting \(resting): values \(j) and \(i)"
                    )
                }
            }
            #expect(count <= values.reduce(0) { $0 + $1.count }, "seed \(seed), resting \(resting)")
            let busiest = (0..<steps).map { step in
                values.filter { $0.first <= step && step <= $0.last }.reduce(0) { $0 + $1.count }
            }
            #expect(count >= busiest.max() ?? 0, "seed \(seed), resting \(resting)")
        }
    }

    @Test func nothingNeedsNothing() {
        let (offsets, count) = ArenaPlanner().place(resting: false)
        #expect(offsets.isEmpty && count == 0)
    }

    @Test func valuesOneAfterAnotherShareOnePlace() {
        var planner = ArenaPlanner()
        for step in 0..<10 { _ = planner.add(count: 33, first: step) }
        let (offsets, count) = planner.place(resting: false)
        #expect(offsets == [Int](repeating: 0, count: 10))
        #expect(count == 48)
    }

    @Test("Memory that rests is not used for some steps, where that is asked for")
    func rest() {
        var planner = ArenaPlanner()
        #expect(!planner.hasRestingValues)
        for step in 0..<10 { _ = planner.add(count: 16, first: step, rests: true) }
        #expect(planner.hasRestingValues)
        #expect(planner.place(resting: false).count == 16)
        let (offsets, count) = planner.place(resting: true)
        #expect(count == 48)
        for (index, offset) in offsets.enumerated().dropFirst(3) {
            #expect(!offsets[(index - 2)..<index].contains(offset))
            #expect(offsets[..<(index - 2)].contains(offset))
        }
    }

    @Test("Uses stretch a value's life to both sides")
    func uses() {
        var planner = ArenaPlanner()
        let value = planner.add(count: 16, first: 5)
        planner.use(value, at: 9)
        planner.use(value, at: 2)
        planner.use(value, at: 7)
        #expect(planner.values[value].first == 2 && planner.values[value].last == 9)
        let other = planner.add(count: 16, first: 9)
        let (offsets, count) = planner.place(resting: false)
        #expect(offsets[value] != offsets[other] && count == 32)
    }
}
