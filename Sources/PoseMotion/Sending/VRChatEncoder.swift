// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// Writes skeletons as the trackers that VRChat takes over OSC.
///
/// Places are metres in Unity's axes, rotations degrees about z, then x, then y. The head's place is the root of its bone, by which
/// VRChat aligns the trackers with the avatar.
///
/// Source: docs.vrchat.com/docs/osc-trackers.
public struct VRChatEncoder: Sendable {
    /// Where VRChat listens.
    public static let port: UInt16 = 9_000

    /// What each tracker is fastened to: the joint it is at, and the bone that turns it.
    ///
    /// VRChat has places for hip, chest, both feet, knees and elbows, and finds out at calibration which is which.
    static let trackers: [(name: String, place: SkeletonJoint, bone: SkeletonJoint)] = [
        ("1", .hips, .hips), ("2", .chest, .chest), ("3", .leftFoot, .leftFoot),
        ("4", .rightFoot, .rightFoot), ("5", .leftLowerLeg, .leftUpperLeg),
        ("6", .rightLowerLeg, .rightUpperLeg), ("7", .leftLowerArm, .leftUpperArm),
        ("8", .rightLowerArm, .rightUpperArm), ("head", .head, .head),
    ]

    /// Makes an encoder.
    public init() {}

    /// The datagrams of a frame: one OSC bundle.
    ///
    /// - Parameter skeleton: the person; `nil` when nobody is to be seen.
    /// - Returns: the datagrams; none when nobody is to be seen, so that trackers stay where they were.
    public func datagrams(_ skeleton: LiveSkeleton?) -> [[UInt8]] {
        guard let skeleton else { return [] }
        let pose = SkeletonPose(skeleton.shape, skeleton.frame)
        var messages: [OSCMessage] = []
        for (name, joint, bone) in Self.trackers {
            let place = UnityCoordinates.place(pose[joint])
            let angles = UnityCoordinates.eulerAngles(
                UnityCoordinates.rotation(pose.rotations[bone.rawValue])
            )
            messages.append(message("/tracking/trackers/\(name)/position", place))
            messages.append(message("/tracking/trackers/\(name)/rotation", angles))
        }
        return OSCBundle.packets(messages, limit: VMCEncoder.limit)
    }

    private func message(_ address: String, _ vector: Vector3) -> OSCMessage {
        OSCMessage(address, [vector.x, vector.y, vector.z].map { .float(Float($0)) })
    }
}
