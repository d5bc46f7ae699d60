// SPDX-License-Identifier: Apache-2.0

package import PoseEstimation

/// How long a person's bones are, in metres: the same in every frame.
public struct SkeletonShape: Sendable, Hashable {
    /// Where each joint is from its parent, in the rest pose.
    package var offsets: [Vector3]
    /// Where the bones end that carry no other joint: head, hands, toes.
    package var ends: [SkeletonJoint: Vector3]
    /// How high the person stands.
    public var height: Double
    /// What the landmarks' metres were multiplied by.
    package var scale: Double
    /// How high the ankle is above the sole.
    package var ankleHeight: Double

    /// How long a bone is from its parent joint.
    package func length(to joint: SkeletonJoint) -> Double { offsets[joint.rawValue].length }

    /// How high the hips are above the sole in the rest pose.
    package var hipHeight: Double { ankleHeight + length(to: .leftLowerLeg) + length(to: .leftFoot) }
}

/// Parts of a body's height.
///
/// Source: Winter 2009, "Biomechanics and Motor Control of Human Movement", figure 4.1, after Drillis and Contini 1966.
enum BodyProportions {
    static let ankle = 0.039
    static let knee = 0.285
    static let hip = 0.530
    static let shoulder = 0.818
    static let shoulderBreadth = 0.259
    static let hipBreadth = 0.191
    static let upperArm = 0.186
    static let forearm = 0.146
    static let hand = 0.108
    static let foot = 0.152
    /// From the shoulders to the crown.
    static let head = 1 - shoulder
}

extension SkeletonShape {
    /// Where bones begin that no landmark shows: the spine in lengths of the trunk, the collar bones in halves of the
    /// shoulders' breadth.
    ///
    /// Of this program.
    static let (spineStart, collarStart) = (0.1, 0.15)

    /// Measures a person: medians over frames, the same left and right.
    ///
    /// - Parameters:
    ///   - bodies: where the landmarks are in the person's frames.
    ///   - height: how high the person stands, in metres; `nil` where the landmarks' own metres are taken.
    init?(_ bodies: [LandmarkCloud], height: Double?) {
        func median(_ lengths: [Double]) -> Double? {
            let sorted = lengths.filter { $0 > 0 && $0.isFinite }.sorted()
            return sorted.isEmpty ? nil : sorted[sorted.count / 2]
        }
        func distance(_ one: BodyPoint, _ other: BodyPoint) -> [Double] {
            bodies.compactMap { body in
                guard let a = body[one], let b = body[other] else { return nil }
                return (a - b).length
            }
        }
        func both(_ one: KeyPath<SideOfBody, PoseLandmark>, _ other: KeyPath<SideOfBody, PoseLandmark>)
            -> Double?
        {
            median(
                BodySide.allCases.flatMap { side in
                    let body = SideOfBody(side)
                    return distance(BodyPoint(body[keyPath: one]), BodyPoint(body[keyPath: other]))
                }
            )
        }
        guard let trunk = median(distance(.hips, .shoulders)) else { return nil }
        // Where somebody's legs are never to be seen, those of the same height are taken.
        typealias Part = BodyProportions
        let natural = trunk / (Part.shoulder - Part.hip)
        let thigh = both(\.hip, \.knee) ?? natural * (Part.hip - Part.knee)
        let shank = both(\.knee, \.ankle) ?? natural * (Part.knee - Part.ankle)
        let own = (trunk + thigh + shank) / (Part.shoulder - Part.ankle)
        let scale = (height ?? own) / own
        self.scale = scale
        self.height = own * scale
        let hipBreadth =
            (median(distance(BodyPoint(.leftHip), BodyPoint(.rightHip))) ?? natural * Part.hipBreadth) * scale
        let shoulders =
            (median(distance(BodyPoint(.leftShoulder), BodyPoint(.rightShoulder))) ?? natural
                * Part.shoulderBreadth) * scale
        let neck = (median(distance(.shoulders, .ears)) ?? natural * Part.head / 2) * scale
        let upperArm = (both(\.shoulder, \.elbow) ?? natural * Part.upperArm) * scale
        let forearm = (both(\.elbow, \.wrist) ?? natural * Part.forearm) * scale
        ankleHeight = Part.ankle * self.height
        let foot = max((both(\.ankle, \.toes) ?? natural * Part.foot) * scale, ankleHeight * 1.2)
        let footForward = (foot * foot - ankleHeight * ankleHeight).squareRoot()
        let spine = trunk * scale * Self.spineStart
        let half = (trunk * scale - spine) / 2
        var offsets = SkeletonJoint.allCases.map { _ in Vector3.zero }
        func set(_ joint: SkeletonJoint, _ x: Double, _ y: Double, _ z: Double = 0) {
            offsets[joint.rawValue] = Vector3(x, y, z)
        }
        set(.spine, 0, spine)
        set(.chest, 0, half)
        set(.neck, 0, half)
        set(.head, 0, neck)
        for (sign, shift) in [(1.0, 0), (-1.0, 4)] {
            func joint(_ left: SkeletonJoint) -> SkeletonJoint {
                SkeletonJoint(rawValue: left.rawValue + shift) ?? left
            }
            let breadth = shoulders / 2
            set(joint(.leftShoulder), sign * breadth * Self.collarStart, half)
            set(joint(.leftUpperArm), sign * breadth * (1 - Self.collarStart), 0)
            set(joint(.leftLowerArm), sign * upperArm, 0)
            set(joint(.leftHand), sign * forearm, 0)
            set(joint(.leftUpperLeg), sign * hipBreadth / 2, 0)
            set(joint(.leftLowerLeg), 0, -thigh * scale)
            set(joint(.leftFoot), 0, -shank * scale)
            set(joint(.leftToes), 0, -ankleHeight, footForward)
        }
        self.offsets = offsets
        let hand = Part.hand * self.height
        // The ends of the toes are in front of the landmark at their base by about a fifth of the foot.
        let toes = Vector3(0, 0, Part.foot / 5 * self.height)
        let crown = max(Part.head * self.height - neck, 0.02)
        ends = [
            .head: Vector3(0, crown, 0), .leftHand: Vector3(hand, 0, 0), .rightHand: Vector3(-hand, 0, 0),
            .leftToes: toes, .rightToes: toes,
        ]
    }
}

/// Where a person's landmarks are in one frame: metres, x to the right of the picture, y up, z towards the camera.
///
/// Of somebody who faces the camera that is left, up and forwards.
package struct LandmarkCloud: Sendable {
    /// By landmark; `nil` for those that are not to be seen.
    package var points: [Vector3?]
    /// Where they are even when they are not to be seen.
    package var all: [Vector3]

    /// The least visibility of landmarks that bones are led by: guesses about a hidden limb are mostly better than nothing.
    static let visibilityLimit: Float = 0.3

    package init?(_ pose: Pose) {
        guard pose.worldLandmarks.count == PoseLandmark.allCases.count,
            pose.landmarks.count == pose.worldLandmarks.count
        else { return nil }
        all = pose.worldLandmarks.map { Vector3(Double($0.x), Double(-$0.y), Double(-$0.z)) }
        points = zip(all, pose.landmarks).map { point, landmark in
            let isFinite = point.x.isFinite && point.y.isFinite && point.z.isFinite
            let certainty = min(landmark.visibility, landmark.presence)
            return isFinite && certainty >= Self.visibilityLimit ? point : nil
        }
        // Everything is told from the middle of the hips.
        for hip in [PoseLandmark.leftHip, .rightHip] {
            let point = all[hip.rawValue]
            guard point.x.isFinite, point.y.isFinite, point.z.isFinite else { return nil }
        }
    }

    package subscript(_ landmark: PoseLandmark) -> Vector3? { points[landmark.rawValue] }

    package subscript(_ point: BodyPoint) -> Vector3? {
        var sum = Vector3.zero
        for landmark in point.landmarks {
            guard let place = points[landmark.rawValue] else { return nil }
            sum += place
        }
        return sum / Double(point.landmarks.count)
    }
}
