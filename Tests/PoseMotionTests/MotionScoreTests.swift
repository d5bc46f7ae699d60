// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseMotion
import Testing

@Suite("Scores against a reference")
struct MotionScoreTests {
    /// Two squats or what else a body does in so many seconds each.
    private static func series(
        period: Double = 2,
        _ body: (Double) -> SyntheticBody = { Doing.squat($0) }
    ) throws -> AngleSeries {
        let film = SkeletonTests.film(seconds: 2 * period) { time in
            body((1 - SyntheticBody.cos(360 * time / period)) / 2)
        }
        return try #require(AngleSeries.people(of: film).first)
    }

    @Test("a film against itself has 100, and nothing differs")
    func itself() throws {
        let squats = try Self.series()
        let score = try MotionScore(of: squats, reference: squats)
        #expect(score.total == 100)
        #expect(score.limbs.allSatisfy { $0.score == 100 && $0.difference == 0 } && !score.limbs.isEmpty)
        #expect(score.worst == nil)
    }

    @Test("the tempo does not matter", arguments: [1.2, 3.0, 4.0])
    func tempo(_ period: Double) throws {
        let score = try MotionScore(of: Self.series(period: period), reference: Self.series())
        #expect(score.total > 95, "\(score.total)")
    }

    @Test("another motion has less")
    func otherMotion() throws {
        let score = try MotionScore(of: Self.series { Doing.jumpingJack($0) }, reference: Self.series())
        #expect(score.total < 70, "\(score.total)")
        let still = try MotionScore(of: Self.series { _ in Doing.squat(0) }, reference: Self.series())
        #expect(still.total < 80, "\(still.total)")
    }

    @Test("the limb that does something else is told, and when")
    func worstLimb() throws {
        let other = try Self.series { part in
            var body = Doing.squat(part)
            body.elbow = SyntheticBody.Sides(left: body.elbow.left, right: body.elbow.right + 60 * part)
            return body
        }
        let score = try MotionScore(of: other, reference: Self.series())
        let worst = try #require(score.worst)
        #expect(worst.limb == .rightArm && worst.joint == .rightElbow)
        // The deepest places are at 1 s and 3 s.
        #expect(
            min(abs(worst.referenceTime - 1), abs(worst.referenceTime - 3)) < 0.4,
            "\(worst.referenceTime)"
        )
    }

    @Test("what is too short to compare is an error")
    func tooShort() throws {
        let squats = try Self.series()
        #expect(throws: MotionError.self) {
            try MotionScore(of: AngleSeries(person: 0), reference: squats)
        }
    }
}
