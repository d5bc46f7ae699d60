// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseMotion
import Testing

@Suite("Measures of exercises")
struct BodyMeasureTests {
    private static let ofSide = BodyMeasure.allCases.filter(\.isOfSide)

    /// Somebody whose two sides do not have one value in common, with some landmarks hidden.
    private static func body(hiding hidden: [PoseLandmark] = []) -> BodyPlaces {
        var body = SyntheticBody()
        body.knee = SyntheticBody.Sides(left: 70, right: 35)
        body.thigh = SyntheticBody.Sides(left: 50, right: 20)
        body.armForward = SyntheticBody.Sides(left: 60, right: 25)
        body.elbow = SyntheticBody.Sides(left: 40, right: 15)
        body.trunk = 25
        body.yaw = 70
        var pose = body.pose()
        for landmark in hidden { pose.landmarks[landmark.rawValue].visibility = 0.1 }
        return BodyPlaces(pose, in: .space, 1280, 720)
    }

    @Test(
        "The clearer side is the one that can be measured, whatever is hidden on the other",
        arguments: ofSide
    )
    func clearerSide(measure: BodyMeasure) throws {
        for hiddenSide in BodySide.allCases {
            let seen = hiddenSide == .left ? BodySide.right : .left
            let expected = try #require(Self.body().value(measure, seen))
            var count = 0
            for landmark in PoseLandmark.allCases where Self.isOf(hiddenSide, landmark) {
                let places = Self.body(hiding: [landmark])
                #expect(places.value(measure, seen) == expected)
                guard places.value(measure, hiddenSide) == nil else { continue }
                count += 1
                #expect(places.value(measure, .clearer) == expected, "\(measure), \(landmark) hidden")
            }
            #expect(count >= 2, "\(measure)")
        }
    }

    private static func isOf(_ side: BodySide, _ landmark: PoseLandmark) -> Bool {
        let body = SideOfBody(side)
        return [
            body.shoulder, body.elbow, body.wrist, body.hip, body.knee, body.ankle, body.heel, body.toes,
        ].contains(landmark)
    }
}
