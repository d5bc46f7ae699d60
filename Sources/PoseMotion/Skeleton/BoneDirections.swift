// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation
internal import PoseSystem

/// How the joints of one body are turned, by its landmarks in one frame.
///
/// Bones of the trunk point as their landmarks do, limbs end as near to theirs as their lengths allow. The twist of a bone, which two points do not show, is taken from what does: the bend of elbow and
/// knee, the palm, the ears. Where that is not to be seen, the bone is not twisted against its parent.
struct BoneDirections {
    /// In the parent's axes; `nil` for joints whose landmarks are not to be seen.
    private(set) var rotations: [Rotation3?]
    private let shape: SkeletonShape
    private let cloud: LandmarkCloud
    private var global: [Rotation3]
    private var places: [Vector3]

    private static let (right, up, forward) = (Vector3(1, 0, 0), Vector3(0, 1, 0), Vector3(0, 0, 1))
    /// Bends, in degrees, from which an elbow or knee begins to show the twist above it, and from which it is taken whole.
    ///
    /// Landmarks are off by centimetres, which is 10° of a forearm.
    private static let (leastBend, clearBend) = (12.0, 35.0)

    /// Solves one frame, whose landmarks are in the shape's metres from the middle of the hips.
    init(_ shape: SkeletonShape, _ cloud: LandmarkCloud) {
        self.shape = shape
        self.cloud = cloud
        rotations = SkeletonJoint.allCases.map { _ in nil }
        global = SkeletonJoint.allCases.map { _ in .identity }
        places = SkeletonJoint.allCases.map { _ in .zero }
        solveTrunk()
        for side in BodySide.allCases {
            solveArm(SideOfBody(side), isLeft: side == .left)
            solveLeg(SideOfBody(side), isLeft: side == .left)
        }
    }

    /// Sets a joint's rotation in the world's axes; without one it is turned as its parent is.
    private mutating func set(_ joint: SkeletonJoint, _ rotation: Rotation3?) {
        let index = joint.rawValue
        guard let parent = joint.parent?.rawValue else {
            global[index] = rotation ?? .identity
            rotations[index] = rotation
            return
        }
        places[index] = places[parent] + global[parent].apply(shape.offsets[index])
        global[index] = rotation ?? global[parent]
        rotations[index] = rotation.map { global[parent].inverse * $0 }
    }

    private func global(_ joint: SkeletonJoint) -> Rotation3 { global[joint.rawValue] }

    /// The direction from one place to another, when both are to be seen.
    private func direction(_ from: Vector3?, _ to: Vector3?) -> Vector3? {
        guard let from, let to else { return nil }
        return (to - from).unit
    }

    private mutating func solveTrunk() {
        let hipLine = direction(cloud[.rightHip], cloud[.leftHip])
        let shoulderLine = direction(cloud[.rightShoulder], cloud[.leftShoulder])
        let shoulders = cloud[BodyPoint.shoulders]
        let upwards = direction(cloud[BodyPoint.hips], shoulders)
        set(
            .hips,
            hipLine.map { Rotation3(Self.right, to: $0, Self.up, near: upwards ?? Self.up) }
                ?? upwards.map { Rotation3(Self.up, to: $0, Self.right, near: shoulderLine ?? Self.right) }
        )
        set(.spine, nil)
        let above = shoulders.flatMap { ($0 - places[SkeletonJoint.spine.rawValue]).unit }
        let across = shoulderLine ?? global(.hips).apply(Self.right)
        let middle = across + global(.hips).apply(Self.right)
        set(.spine, above.map { Rotation3(Self.up, to: $0, Self.right, near: middle) })
        set(.chest, above.map { Rotation3(Self.up, to: $0, Self.right, near: across) })
        let earLine = direction(cloud[.rightEar], cloud[.leftEar])
        let neck = direction(shoulders, cloud[BodyPoint.ears])
        set(.neck, neck.map { Rotation3(Self.up, to: $0, Self.right, near: across) })
        let ears = cloud[BodyPoint.ears]
        // From the ears to the eyes is nearly level in a head held straight, as the Frankfurt plane is.
        let gaze = direction(ears, cloud[BodyPoint(.leftEye, .rightEye)])
        if let earLine, let gaze {
            set(.head, Rotation3(Self.right, to: earLine, Self.forward, near: gaze))
        } else {
            set(.head, nil)
        }
    }

    private mutating func solveArm(_ body: SideOfBody, isLeft: Bool) {
        let shift = isLeft ? 0 : 4
        func joint(_ left: SkeletonJoint) -> SkeletonJoint {
            SkeletonJoint(rawValue: left.rawValue + shift) ?? left
        }
        let axis = isLeft ? Self.right : -Self.right
        let (shoulder, elbow, wrist) = (cloud[body.shoulder], cloud[body.elbow], cloud[body.wrist])
        set(joint(.leftShoulder), nil)
        let collar = shoulder.flatMap { ($0 - places[joint(.leftShoulder).rawValue]).unit }
        set(
            joint(.leftShoulder),
            collar.map { Rotation3(axis, to: $0, Self.up, near: global(.chest).apply(Self.up)) }
        )
        let bones = limb(
            from: shoulder,
            at: joint(.leftUpperArm),
            through: [(joint(.leftLowerArm), elbow), (joint(.leftHand), wrist)]
        )
        let (upper, lower) = (bones[0], bones[1])
        set(
            joint(.leftUpperArm),
            upper.map { bone(axis, to: $0, Self.forward, from: .chest, bend: lower) }
        )
        let palm: Vector3?
        if let index = cloud[body.index], let pinky = cloud[body.pinky] {
            palm = (index - pinky).unit
        } else {
            palm = nil
        }
        set(
            joint(.leftLowerArm),
            lower.map { lower in
                guard let palm, palm.degrees(to: lower) > Self.clearBend,
                    palm.degrees(to: lower) < 180 - Self.clearBend
                else { return bone(axis, to: lower, Self.forward, from: joint(.leftUpperArm), bend: nil) }
                return Rotation3(axis, to: lower, Self.forward, near: palm)
            }
        )
        let fingers = direction(wrist, cloud[BodyPoint(body.index, body.pinky)])
        if let fingers, let palm {
            set(joint(.leftHand), Rotation3(axis, to: fingers, Self.forward, near: palm))
        } else {
            set(joint(.leftHand), nil)
        }
    }

    private mutating func solveLeg(_ body: SideOfBody, isLeft: Bool) {
        let shift = isLeft ? 0 : 4
        func joint(_ left: SkeletonJoint) -> SkeletonJoint {
            SkeletonJoint(rawValue: left.rawValue + shift) ?? left
        }
        let bones = limb(
            from: cloud[body.hip],
            at: joint(.leftUpperLeg),
            through: [
                (joint(.leftLowerLeg), cloud[body.knee]), (joint(.leftFoot), cloud[body.ankle]),
                (joint(.leftToes), cloud[body.toes]),
            ]
        )
        let (thigh, shank, foot) = (bones[0], bones[1], bones[2])
        // A knee bends backwards.
        set(
            joint(.leftUpperLeg),
            thigh.map { bone(-Self.up, to: $0, Self.forward, from: .hips, bend: shank.map { -$0 }) }
        )
        set(
            joint(.leftLowerLeg),
            shank.map { bone(-Self.up, to: $0, Self.forward, from: joint(.leftUpperLeg), bend: nil) }
        )
        let across = global(joint(.leftLowerLeg)).apply(Self.right)
        set(
            joint(.leftFoot),
            foot.map {
                Rotation3(
                    shape.offsets[SkeletonJoint.leftToes.rawValue],
                    to: $0,
                    Self.right,
                    near: across
                )
            }
        )
        set(joint(.leftToes), nil)
    }

    /// The directions of a limb's bones, each `nil` when an end of it is not to be seen.
    ///
    /// The limb is fitted to its landmarks as far as they are to be seen without interruption.
    ///
    /// - Parameters:
    ///   - start: the landmark where it begins.
    ///   - first: the joint where it begins, whose parent has been solved.
    ///   - ends: the joint and the landmark at each bone's end.
    /// - Returns: unit vectors, as many as there are ends.
    private func limb(
        from start: Vector3?,
        at first: SkeletonJoint,
        through ends: [(joint: SkeletonJoint, landmark: Vector3?)]
    ) -> [Vector3?] {
        let landmarks = [start] + ends.map(\.landmark)
        var directions = zip(landmarks, landmarks.dropFirst()).map { direction($0, $1) }
        let shown = directions.prefix { $0 != nil }.compactMap(\.self)
        let parent = first.parent?.rawValue ?? 0
        let fit = LimbFit(
            start: places[parent] + global[parent].apply(shape.offsets[first.rawValue]),
            targets: ends.prefix(shown.count).compactMap(\.landmark),
            lengths: ends.map { shape.length(to: $0.joint) }
        )
        for (index, fitted) in fit.directions(from: shown).enumerated() { directions[index] = fitted }
        return directions
    }

    /// A bone that points in a direction, twisted as the bend of the next one shows, or not against its parent.
    private func bone(
        _ axis: Vector3,
        to direction: Vector3,
        _ second: Vector3,
        from parent: SkeletonJoint,
        bend: Vector3?
    ) -> Rotation3 {
        let base = global(parent)
        let untwisted = base * Rotation3(from: axis, to: base.inverse.apply(direction))
        guard let bend, let side = bend.orthogonal(to: direction).unit else { return untwisted }
        let angle = min(bend.degrees(to: direction), bend.degrees(to: -direction))
        let part = min(max((angle - Self.leastBend) / (Self.clearBend - Self.leastBend), 0), 1)
        guard part > 0 else { return untwisted }
        let twisted = Rotation3(axis, to: direction, second, near: side)
        return .between(untwisted, twisted, part * part * (3 - 2 * part))
    }
}
