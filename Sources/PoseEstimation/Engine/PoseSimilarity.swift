// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// How alike two poses lie in one picture, by the distance of their joints relative to the body's size.
///
/// COCO's object keypoint similarity on the 17 points that COCO shares with the 33 landmarks: the mean of
/// `exp(-d² / (2 · area · (2σ)²))`, where d is a joint's distance in pixels, σ says how sharply that joint can be placed,
/// and the area is that of the box around the first pose's joints. Only joints that both poses see count.
///
/// Source: COCO keypoint evaluation, whose σ these are.
package enum PoseSimilarity {
    /// Above this, two poses are of one body.
    package static let sameBody = 0.5

    /// Visibility above which a joint counts, when enough of both poses have it.
    static let minVisibility: Float = 0.3
    /// Fewer joints than this say little; all of them are then taken, seen or not.
    static let minJointCount = 4

    /// COCO's joints and their σ.
    static let joints: [(PoseLandmark, sigma: Double)] = [
        (.nose, 0.026), (.leftEye, 0.025), (.rightEye, 0.025), (.leftEar, 0.035), (.rightEar, 0.035),
        (.leftShoulder, 0.079), (.rightShoulder, 0.079), (.leftElbow, 0.072), (.rightElbow, 0.072),
        (.leftWrist, 0.062), (.rightWrist, 0.062), (.leftHip, 0.107), (.rightHip, 0.107),
        (.leftKnee, 0.087), (.rightKnee, 0.087), (.leftAnkle, 0.089), (.rightAnkle, 0.089),
    ]
}

extension Pose {
    /// How alike this pose lies to another one of the same picture, 0…1; see ``PoseSimilarity``.
    package func similarity(to other: Pose, imageWidth: Int, imageHeight: Int) -> Double {
        func isSeen(_ joint: PoseLandmark) -> Bool {
            min(self[joint].visibility, other[joint].visibility) > PoseSimilarity.minVisibility
        }
        let seen = PoseSimilarity.joints.filter { isSeen($0.0) }
        let joints = seen.count >= PoseSimilarity.minJointCount ? seen : PoseSimilarity.joints
        let (width, height) = (Double(imageWidth), Double(imageHeight))
        let area =
            Self.extent(joints.map { self[$0.0].x }) * width * Self.extent(joints.map { self[$0.0].y })
            * height
        guard area > 0 else { return landmarks == other.landmarks ? 1 : 0 }
        var sum = 0.0
        for (joint, sigma) in joints {
            let x = Double(self[joint].x - other[joint].x) * width
            let y = Double(self[joint].y - other[joint].y) * height
            sum += exp(-(x * x + y * y) / (8 * area * sigma * sigma))
        }
        return sum / Double(joints.count)
    }

    private static func extent(_ values: [Float]) -> Double {
        Double((values.max() ?? 0) - (values.min() ?? 0))
    }
}

extension RegionOfInterest {
    /// Whether the landmark network would see as good as the same: centres within a twentieth of the side, sides within
    /// a twentieth, turns within six degrees.
    package func isNearlyEqual(to other: RegionOfInterest) -> Bool {
        let tolerance: Float = 0.05
        let turn = abs(rotationRadians - other.rotationRadians)
        return abs(centerX - other.centerX) <= tolerance * width
            && abs(centerY - other.centerY) <= tolerance * height
            && abs(width - other.width) <= tolerance * width
            && min(turn, 2 * Float.pi - turn) <= 2 * tolerance
    }
}
