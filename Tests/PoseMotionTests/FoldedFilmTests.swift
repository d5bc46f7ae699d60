// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseMotion
import PoseTestSupport
import Testing

/// A squat of a real clip, folded into known numbers: see `Tests/Goldens/README.md`.
@Suite("Folded film")
struct FoldedFilmTests {
    /// Where in the recorded squat each moment is, in its frames; the squat begins and ends in frame 0 and 18.
    private struct Plan {
        var places: [Double] = []
        var rate: Double

        mutating func go(from start: Double, to end: Double, seconds: Double) {
            let count = Int((seconds * rate).rounded())
            for index in 0..<count {
                places.append(start + (end - start) * Double(index) / Double(count))
            }
        }
    }

    private static let (first, deepest, last) = (0.0, 9.0, 18.0)

    private static func count(_ plan: Plan, divisor: Int = 1) throws -> RepetitionCounter {
        let recorded = try RecordedLandmarks.recorded("motion-squat.json")
        var counter = RepetitionCounter(try ExerciseCatalog.exercise(named: "squat"))
        for (index, place) in plan.places.enumerated() {
            let (one, part) = (Int(place), place - place.rounded(.down))
            let other = min(one + 1, recorded.frames.count - 1)
            let points = zip(recorded.frames[one].points, recorded.frames[other].points).map { a, b in
                zip(a, b).map { Float($0 + ($1 - $0) * part) }
            }
            counter.add(
                RecordedLandmarks.pose(points),
                at: .seconds(Double(index) / plan.rate),
                imageWidth: recorded.width / divisor,
                imageHeight: recorded.height / divisor
            )
        }
        counter.finish()
        return counter
    }

    @Test("five squats are five", arguments: [(15.0, 1), (30, 1), (60, 1), (30, 2)])
    func loops(_ rate: Double, _ divisor: Int) throws {
        var plan = Plan(rate: rate)
        plan.go(from: Self.first, to: Self.first, seconds: 0.4)
        for _ in 0..<5 { plan.go(from: Self.first, to: Self.last, seconds: 1.2) }
        plan.go(from: Self.last, to: Self.last, seconds: 0.4)
        let counter = try Self.count(plan, divisor: divisor)
        #expect(counter.repetitions.count == 5)
        #expect(counter.partialRepetitions.isEmpty)
    }

    @Test("pauses count nothing, and half a squat is a partial one", arguments: [15.0, 30, 60])
    func pausesAndParts(_ rate: Double) throws {
        var plan = Plan(rate: rate)
        plan.go(from: Self.first, to: Self.first, seconds: 0.8)
        plan.go(from: Self.first, to: Self.deepest, seconds: 0.7)
        plan.go(from: Self.deepest, to: Self.deepest, seconds: 1)
        plan.go(from: Self.deepest, to: Self.last, seconds: 0.7)
        plan.go(from: Self.last, to: Self.last, seconds: 1.5)
        // Until the knee is at about 115 degrees.
        plan.go(from: Self.first, to: 3.7, seconds: 0.5)
        plan.go(from: 3.7, to: Self.first, seconds: 0.5)
        plan.go(from: Self.first, to: Self.last, seconds: 1.4)
        plan.go(from: Self.last, to: Self.last, seconds: 0.5)
        let counter = try Self.count(plan)
        #expect(counter.repetitions.count == 2)
        #expect(counter.partialRepetitions.count == 1)
    }
}
