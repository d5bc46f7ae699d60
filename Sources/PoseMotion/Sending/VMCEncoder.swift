// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// Writes skeletons in the VMC protocol, as a Performer sends them to a Marionette: EVMC4U in Unity, VSeeFace, VMC4B in Blender.
///
/// Each frame has all bones of Unity's humanoid, in Unity's axes, with rotations against a T-pose; those that landmarks do not show,
/// such as fingers, keep the rest pose. The hips carry the place of the person, the root stays at the origin.
///
/// Source: sh-akira/VirtualMotionCaptureProtocol, `docs/marionette-spec.markdown`, version 3.1.
public struct VMCEncoder: Sendable {
    /// Where Marionettes listen.
    public static let port: UInt16 = 39_539
    /// The most bytes of a datagram: what passes an Ethernet with a tunnel in it undivided.
    static let limit = 1_400

    /// Makes an encoder.
    public init() {}

    /// The datagrams of a frame: OSC bundles, four at this time, which receivers take one by one.
    ///
    /// - Parameters:
    ///   - skeleton: the person; `nil` when nobody is to be seen, so that the receiver keeps the last pose and knows.
    ///   - seconds: when it is, from the start of the stream.
    /// - Returns: the datagrams, in their order.
    public func datagrams(_ skeleton: LiveSkeleton?, at seconds: Double) -> [[UInt8]] {
        // Loaded; calibrated, in the usual mode; whether the person is tracked.
        var messages = [
            OSCMessage("/VMC/Ext/OK", [.int(1), .int(3), .int(0), .int(skeleton == nil ? 0 : 1)]),
            OSCMessage("/VMC/Ext/T", [.float(Float(seconds))]),
        ]
        if let skeleton {
            messages.append(message("/VMC/Ext/Root/Pos", "root", .zero, .identity))
            for bone in HumanBone.all {
                let joint = bone.joint
                let place = joint == .hips ? skeleton.frame.root : bone.offset(skeleton.shape)
                let rotation = joint.map { skeleton.frame.rotations[$0.rawValue] } ?? .identity
                messages.append(message("/VMC/Ext/Bone/Pos", bone.name, place, rotation))
            }
        }
        return OSCBundle.packets(messages, limit: Self.limit)
    }

    private func message(_ address: String, _ name: String, _ place: Vector3, _ rotation: Rotation3)
        -> OSCMessage
    {
        let (p, q) = (UnityCoordinates.place(place), UnityCoordinates.rotation(rotation))
        let numbers = [p.x, p.y, p.z, q.v.x, q.v.y, q.v.z, q.w]
        return OSCMessage(address, [.string(name)] + numbers.map { .float(Float($0)) })
    }
}
