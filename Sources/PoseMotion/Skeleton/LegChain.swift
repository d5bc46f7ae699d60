// SPDX-License-Identifier: Apache-2.0

/// A thigh and a shank, which are turned so that the ankle is where it should be.
struct LegChain {
    let (hip, knee, ankle): (SkeletonJoint, SkeletonJoint, SkeletonJoint)

    static let left = LegChain(hip: .leftUpperLeg, knee: .leftLowerLeg, ankle: .leftFoot)
    static let right = LegChain(hip: .rightUpperLeg, knee: .rightLowerLeg, ankle: .rightFoot)

    /// Puts the ankle at a place, or on a part of the way there; the knee stays in its plane, the sole keeps its direction.
    ///
    /// By the law of cosines; a place that is out of reach is gone towards as far as the leg is long.
    func reach(_ place: Vector3, part: Double, _ frame: inout SkeletonMotion.Frame, _ shape: SkeletonShape) {
        let pose = SkeletonPose(shape, frame)
        let (start, bend, end) = (pose[hip], pose[knee], pose[ankle])
        let target = end + (place - end) * part
        let (upper, lower) = (shape.length(to: knee), shape.length(to: ankle))
        guard let direction = (target - start).unit else { return }
        let longest = (upper + lower) * (1 - 1e-9)
        let distance = min(max((target - start).length, abs(upper - lower) * 1.001), longest)
        let thigh = pose.rotations[hip.rawValue]
        let forward =
            (bend - start).orthogonal(to: direction).unit
            ?? thigh.apply(Vector3(0, 0, 1)).orthogonal(to: direction).unit
        guard let forward else { return }
        let along = (upper * upper + distance * distance - lower * lower) / (2 * distance)
        let away = max(0, upper * upper - along * along).squareRoot()
        let newBend = start + direction * along + forward * away
        let newEnd = start + direction * distance
        let newThigh = Rotation3(from: bend - start, to: newBend - start) * thigh
        let shank = pose.rotations[knee.rawValue]
        let newShank = Rotation3(from: end - bend, to: newEnd - newBend) * shank
        let foot = pose.rotations[ankle.rawValue]
        let parent = hip.parent.map { pose.rotations[$0.rawValue] } ?? .identity
        frame.rotations[hip.rawValue] = (parent.inverse * newThigh).normalized
        frame.rotations[knee.rawValue] = (newThigh.inverse * newShank).normalized
        frame.rotations[ankle.rawValue] = (newShank.inverse * foot).normalized
    }
}
