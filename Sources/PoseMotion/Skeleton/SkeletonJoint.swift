// SPDX-License-Identifier: Apache-2.0

/// A joint of the skeleton that a body is solved into, parents first.
///
/// Axes: x to the person's left, y up, z forwards, right-handed; the rest pose is a T.
public enum SkeletonJoint: Int, Sendable, CaseIterable {
    case hips, spine, chest, neck, head
    case leftShoulder, leftUpperArm, leftLowerArm, leftHand
    case rightShoulder, rightUpperArm, rightLowerArm, rightHand
    case leftUpperLeg, leftLowerLeg, leftFoot, leftToes
    case rightUpperLeg, rightLowerLeg, rightFoot, rightToes

    /// The joint that carries it; `nil` of the hips.
    public var parent: SkeletonJoint? {
        switch self {
        case .hips: nil
        case .spine, .leftUpperLeg, .rightUpperLeg: .hips
        case .chest: .spine
        case .neck, .leftShoulder, .rightShoulder: .chest
        case .head: .neck
        case .leftUpperArm, .leftLowerArm, .leftHand, .rightUpperArm, .rightLowerArm, .rightHand,
            .leftLowerLeg, .leftFoot, .leftToes, .rightLowerLeg, .rightFoot, .rightToes:
            SkeletonJoint(rawValue: rawValue - 1)
        }
    }

    /// The name in Mixamo's manner, which retargeting knows best; without the `mixamorig:` in front.
    public var mixamoName: String {
        switch self {
        case .hips: "Hips"
        case .spine: "Spine"
        case .chest: "Spine1"
        case .neck: "Neck"
        case .head: "Head"
        case .leftShoulder: "LeftShoulder"
        case .leftUpperArm: "LeftArm"
        case .leftLowerArm: "LeftForeArm"
        case .leftHand: "LeftHand"
        case .rightShoulder: "RightShoulder"
        case .rightUpperArm: "RightArm"
        case .rightLowerArm: "RightForeArm"
        case .rightHand: "RightHand"
        case .leftUpperLeg: "LeftUpLeg"
        case .leftLowerLeg: "LeftLeg"
        case .leftFoot: "LeftFoot"
        case .leftToes: "LeftToeBase"
        case .rightUpperLeg: "RightUpLeg"
        case .rightLowerLeg: "RightLeg"
        case .rightFoot: "RightFoot"
        case .rightToes: "RightToeBase"
        }
    }

    /// The name of the bone in VRM 1.0, in whose list all of these are.
    ///
    /// Source: `VRMC_vrm-1.0`, `humanoid.humanBones`.
    public var vrmName: String { "\(self)" }

    /// Those that lead to it, from the hips down.
    static let children: [[SkeletonJoint]] = allCases.map { joint in
        allCases.filter { $0.parent == joint }
    }

    /// The joints that it carries.
    public var children: [SkeletonJoint] { Self.children[rawValue] }
}
