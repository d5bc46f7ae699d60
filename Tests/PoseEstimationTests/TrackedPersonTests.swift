// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import Testing

/// What is filtered when, without networks.
@Suite struct TrackedPersonTests {
    /// An estimate in a picture of 1000 × 500 pixels, whose body's circle has a radius of 100 pixels.
    private func estimate(at x: Float, visibility: Float = 0.5, radius: Float = 0.2) -> LandmarkEstimate {
        var points = [Landmark](
            repeating: Landmark(x: x, y: x / 2, z: -x, visibility: visibility, presence: visibility),
            count: LandmarkDecoder.pointCount
        )
        points[LandmarkDecoder.bodyCenter].y = 0.5
        points[LandmarkDecoder.bodyCircle].y = 0.5 - radius
        let world = WorldLandmark(x: x, y: -x, z: 2 * x, visibility: visibility, presence: visibility)
        return LandmarkEstimate(
            score: 1,
            points: points,
            worldPoints: [WorldLandmark](repeating: world, count: 33)
        )
    }

    private func follow(_ person: inout TrackedPerson, _ estimate: LandmarkEstimate, frame: Int)
        -> LandmarkEstimate
    {
        var estimate = estimate
        person.follow(&estimate, at: .microseconds(33_333 * frame), imageWidth: 1000, imageHeight: 500)
        return estimate
    }

    private func filtered(_ parameters: OneEuroFilter.Parameters, scale: Float, _ values: [Float]) -> Float {
        var filter = OneEuroFilter(parameters)
        var last: [Float] = []
        for (frame, value) in values.enumerated() {
            last = [value]
            filter.apply(to: &last, at: .microseconds(33_333 * frame), valueScale: scale)
        }
        return last[0]
    }

    @Test func filtersInPixelsRelativeToTheBodysCircle() {
        var person = TrackedPerson(smoothing: .mediapipe)
        _ = follow(&person, estimate(at: 0.4), frame: 0)
        let second = follow(&person, estimate(at: 0.41), frame: 1)
        // Twice the radius of 100 pixels.
        let scale: Float = 1 / 200
        let landmarks = OneEuroFilter.Parameters(minCutoff: 0.05, beta: 80)
        #expect(abs(second.points[5].x - filtered(landmarks, scale: scale, [400, 410]) / 1000) < 1e-6)
        #expect(abs(second.points[5].y - filtered(landmarks, scale: scale, [100, 102.5]) / 500) < 1e-6)
        #expect(abs(second.points[5].z - filtered(landmarks, scale: scale, [-400, -410]) / 1000) < 1e-6)
        let world = OneEuroFilter.Parameters(minCutoff: 0.1, beta: 40)
        #expect(abs(second.worldPoints[7].z - filtered(world, scale: 1, [0.8, 0.82])) < 1e-6)
        // The next region follows the filtered points, at 2.5 times their distance.
        let auxiliary = OneEuroFilter.Parameters(minCutoff: 0.01, beta: 10)
        let center = filtered(auxiliary, scale: scale, [400, 410]) / 1000
        #expect(abs((person.region?.centerX ?? 0) - center) < 1e-6)
        #expect(abs((person.region?.width ?? 0) - 0.25) < 1e-6)
    }

    @Test func filtersVisibilityButNotPresence() {
        var person = TrackedPerson(smoothing: .mediapipe)
        _ = follow(&person, estimate(at: 0.4, visibility: 0.9), frame: 0)
        let second = follow(&person, estimate(at: 0.4, visibility: 0.5), frame: 1)
        #expect(abs(second.points[0].visibility - 0.86) < 1e-6 && second.points[0].presence == 0.5)
        #expect(abs(second.worldPoints[0].visibility - 0.86) < 1e-6 && second.worldPoints[0].presence == 0.5)
        // The points behind the 33 are nobody's to see.
        #expect(second.points[LandmarkDecoder.bodyCenter].visibility == 0.5)
    }

    @Test func withoutSmoothingOnlyTheNextRegionIsFiltered() {
        var person = TrackedPerson(smoothing: .none)
        var smoothed = TrackedPerson(smoothing: .mediapipe)
        for (frame, x) in ([0.4, 0.42, 0.39] as [Float]).enumerated() {
            let estimate = estimate(at: x, visibility: x)
            let result = follow(&person, estimate, frame: frame)
            #expect(result.points == estimate.points && result.worldPoints == estimate.worldPoints)
            _ = follow(&smoothed, estimate, frame: frame)
            #expect(person.region == smoothed.region)
        }
    }

    /// World landmarks and visibilities go on across a loss; landmarks and the next region begin anew.
    @Test func aLossResetsHalfOfTheFilters() throws {
        var person = TrackedPerson(smoothing: .mediapipe)
        _ = follow(&person, estimate(at: 0.4, visibility: 0.9), frame: 0)
        person.lose()
        person.lose()
        #expect(person.region == nil)
        let found = estimate(at: 0.5, visibility: 0.5)
        let again = follow(&person, found, frame: 3)
        #expect(again.points[3].x == 0.5 && again.points[3].y == 0.25)
        #expect(abs(try #require(person.region).centerX - 0.5) < 1e-6)
        #expect(abs(again.points[3].visibility - 0.86) < 1e-6)

        var world = OneEuroFilter(OneEuroFilter.Parameters(minCutoff: 0.1, beta: 40))
        var values: [Float] = [0.4]
        world.apply(to: &values, at: .zero)
        values = [0.5]
        world.apply(to: &values, at: .microseconds(3 * 33_333))
        #expect(again.worldPoints[3].x == values[0] && values[0] < 0.5)
    }

    @Test func aBodyWithoutSizePassesUnfilteredAndIsLookedForAnew() {
        var person = TrackedPerson(smoothing: .mediapipe)
        _ = follow(&person, estimate(at: 0.4), frame: 0)
        let point = estimate(at: 0.45, radius: 0)
        let result = follow(&person, point, frame: 1)
        #expect(result.points[0].x == 0.45)
        #expect(person.region == nil)
    }
}
