// SPDX-License-Identifier: Apache-2.0

/// A bone of Unity's humanoid, and what of our skeleton it is.
///
/// Source: `UnityEngine.HumanBodyBones`, all 55 but `LastBone`, which only counts them.
struct HumanBone: Sendable {
    /// The name in Unity.
    let name: String
    /// The joint that turns it; `nil` for what landmarks do not show, which keeps its rest.
    let joint: SkeletonJoint?
    /// Where it is from its parent, in body heights and our axes, where no joint tells.
    let rest: Vector3

    private init(_ joint: SkeletonJoint) {
        let name = "\(joint)"
        (self.name, self.joint, rest) = (name.prefix(1).uppercased() + name.dropFirst(), joint, .zero)
    }

    private init(_ name: String, _ rest: Vector3 = .zero) {
        (self.name, joint, self.rest) = (name, nil, rest)
    }

    /// Where it is from its parent, in metres.
    func offset(_ shape: SkeletonShape) -> Vector3 {
        if let joint { shape.offsets[joint.rawValue] } else { rest * shape.height }
    }

    /// All bones, parents first.
    static let all: [HumanBone] =
        SkeletonJoint.allCases.map { HumanBone($0) }
        // Where the chest is: a receiver without this bone hangs neck and shoulders into the chest.
        + [HumanBone("UpperChest")] + face + [("Left", 1.0), ("Right", -1.0)].flatMap(fingers)

    // Places of face and fingers are of this program, rounded: receivers that take positions need bones that are not in one
    // point, and none of these is measured.

    private static let face = [
        HumanBone("LeftEye", Vector3(0.018, 0.037, 0.046)),
        HumanBone("RightEye", Vector3(-0.018, 0.037, 0.046)), HumanBone("Jaw", Vector3(0, 0.006, 0.012)),
    ]

    /// Fifteen bones of a hand whose palm is down and whose fingers point away from the body.
    private static func fingers(_ side: String, _ sign: Double) -> [HumanBone] {
        let hand = BodyProportions.hand
        // From the wrist along the hand and forwards, and how long both inner bones are, in lengths of the hand.
        let chains: [(String, along: Double, forward: Double, lengths: (Double, Double), slant: Double)] = [
            ("Thumb", 0.15, 0.15, (0.22, 0.17), 0.6), ("Index", 0.5, 0.12, (0.2, 0.13), 0),
            ("Middle", 0.5, 0.03, (0.22, 0.15), 0), ("Ring", 0.48, -0.06, (0.2, 0.14), 0),
            ("Little", 0.45, -0.14, (0.16, 0.1), 0),
        ]
        return chains.flatMap { name, along, forward, lengths, slant in
            func bone(_ part: String, _ along: Double, _ forward: Double) -> HumanBone {
                HumanBone(side + name + part, Vector3(sign * along, 0, forward) * hand)
            }
            return [
                bone("Proximal", along, forward), bone("Intermediate", lengths.0, lengths.0 * slant),
                bone("Distal", lengths.1, lengths.1 * slant),
            ]
        }
    }
}
