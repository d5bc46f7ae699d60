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

extension PoseSimilarity {
    /// How alike two people's landmarks lie in one picture, 0…1.
    package static func between(
        _ one: [Landmark],
        _ other: [Landmark],
        imageWidth: Int,
        imageHeight: Int
    ) -> Double {
        func isSeen(_ joint: Int) -> Bool {
            min(one[joint].visibility, other[joint].visibility) > minVisibility
        }
        let seen = joints.filter { isSeen($0.0.rawValue) }
        let joints = seen.count >= minJointCount ? seen : joints
        let (width, height) = (Double(imageWidth), Double(imageHeight))
        let columns = extent(joints.map { one[$0.0.rawValue].x }) * width
        let rows = extent(joints.map { one[$0.0.rawValue].y }) * height
        let area = columns * rows
        guard area > 0 else { return one == other ? 1 : 0 }
        var sum = 0.0
        for (joint, sigma) in joints {
            let (a, b) = (one[joint.rawValue], other[joint.rawValue])
            let (x, y) = (Double(a.x - b.x) * width, Double(a.y - b.y) * height)
            sum += exp(-(x * x + y * y) / (8 * area * sigma * sigma))
        }
        return sum / Double(joints.count)
    }

    private static func extent(_ values: [Float]) -> Double {
        Double((values.max() ?? 0) - (values.min() ?? 0))
    }
}

extension Pose {
    /// How alike this pose lies to another one of the same picture, 0…1; see ``PoseSimilarity``.
    package func similarity(to other: Pose, imageWidth: Int, imageHeight: Int) -> Double {
        PoseSimilarity.between(
            landmarks,
            other.landmarks,
            imageWidth: imageWidth,
            imageHeight: imageHeight
        )
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
