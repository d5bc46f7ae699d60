// SPDX-License-Identifier: Apache-2.0

/// A part of the body whose motion is scored by itself.
public enum BodyLimb: String, Sendable, CaseIterable {
    case leftArm = "left_arm"
    case rightArm = "right_arm"
    case leftLeg = "left_leg"
    case rightLeg = "right_leg"
    case trunk

    /// The joints whose angles tell how it moves.
    public var joints: [JointAngle] {
        switch self {
        case .leftArm: [.leftShoulder, .leftElbow]
        case .rightArm: [.rightShoulder, .rightElbow]
        case .leftLeg: [.leftHip, .leftKnee]
        case .rightLeg: [.rightHip, .rightKnee]
        case .trunk: [.trunk]
        }
    }

    /// The joints of all limbs.
    static let allJoints = allCases.flatMap(\.joints)
}
