// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// The joints of a stream's skeleton, those too that are not to be seen now.
///
/// A hidden joint keeps its rotation for a while, then goes to where it hangs at rest; when it is seen again, it gets there smoothly.
struct LiveJoints: Sendable {
    private var rotations = LiveJoints.relaxed
    private var hiddenTimes = [Double](repeating: .infinity, count: SkeletonJoint.allCases.count)
    /// How much of the way back to what is seen each joint still has to go, 0…1.
    private var ways = [Double](repeating: 0, count: SkeletonJoint.allCases.count)

    /// Seconds: how long a joint is kept, how fast it relaxes then, how long it may be hidden without being late afterwards,
    /// and how fast it gets back.
    ///
    /// Of this program.
    private static let (keeping, relaxing, blink, catching) = (1.0, 0.5, 0.1, 0.1)

    /// Standing, with the arms beside the body: nobody's unseen arms are held out as in the rest pose.
    static let relaxed: [Rotation3] = SkeletonJoint.allCases.map { joint in
        switch joint {
        case .leftUpperArm: Rotation3(degrees: -75, about: Vector3(0, 0, 1))
        case .rightUpperArm: Rotation3(degrees: 75, about: Vector3(0, 0, 1))
        default: .identity
        }
    }

    /// The rotations of the next frame.
    ///
    /// - Parameters:
    ///   - seen: by joint; `nil` for those that are not to be seen.
    ///   - step: seconds since the last frame.
    /// - Returns: as many, of every joint.
    mutating func next(_ seen: [Rotation3?], after step: Double) -> [Rotation3] {
        for (joint, rotation) in seen.enumerated() {
            guard let rotation else {
                hiddenTimes[joint] += step
                if hiddenTimes[joint] > Self.keeping {
                    let part = 1 - exp(-step / Self.relaxing)
                    rotations[joint] = .between(rotations[joint], Self.relaxed[joint], part)
                }
                continue
            }
            // Of a joint that was never seen there is no way from where it was.
            if hiddenTimes[joint] > Self.blink, hiddenTimes[joint] < .infinity { ways[joint] = 1 }
            hiddenTimes[joint] = 0
            ways[joint] *= exp(-step / Self.catching)
            if ways[joint] < 0.01 { ways[joint] = 0 }
            rotations[joint] = .between(rotation, rotations[joint], ways[joint])
        }
        return rotations
    }
}
