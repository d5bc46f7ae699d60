// SPDX-License-Identifier: Apache-2.0

/// One person's motion: a skeleton whose bones keep their lengths, at a constant rate of frames.
///
/// Metres; x is to the left of somebody who faces the camera, y up from the floor, z towards the camera.
public struct SkeletonMotion: Sendable {
    /// One moment.
    public struct Frame: Sendable {
        /// Where the hips are.
        package var root: Vector3
        /// How each joint is turned, in its parent's axes, by ``SkeletonJoint``.
        package var rotations: [Rotation3]
        /// Which feet stand on the floor: left, right.
        package var contacts = [false, false]
    }

    /// Documents of a film that are not in its motion, since their times go back.
    package struct LeftOut: Hashable, Sendable {
        /// Where the times go back first: which of the documents, from 0.
        package var firstIndex: Int
        /// How many there are, until times are later again than all before.
        package var count: Int

        /// The same in words, for the lines of a file.
        package var sentence: String {
            "The times go back at line \(firstIndex + 1); the frames behind it that are not later than those before were left out: "
                + "\(count). Export what is before and what is behind by itself."
        }
    }

    /// How long the bones are.
    public var shape: SkeletonShape
    /// Frames a second.
    public var rate: Double
    /// The moments.
    public package(set) var frames: [Frame]
    /// Seconds, from the first frame, in which nobody was seen and the motion lies between what was before and after.
    public var gaps: [ClosedRange<Double>]
    /// What of the film is left out; `nil` for nothing.
    package var leftOut: LeftOut?

    /// Makes a motion of its parts.
    package init(shape: SkeletonShape, rate: Double, frames: [Frame], gaps: [ClosedRange<Double>] = []) {
        self.shape = shape
        self.rate = rate
        self.frames = frames
        self.gaps = gaps
    }

    /// Where each joint is in a frame, by ``SkeletonJoint``: metres, three numbers each.
    ///
    /// - Parameter index: the frame's number, from 0.
    /// - Returns: as many places as there are joints.
    public func positions(inFrame index: Int) -> [SIMD3<Double>] {
        SkeletonPose(shape, frames[index]).positions
    }
}

/// Where the joints of a skeleton are and how they are turned, in the world's axes.
package struct SkeletonPose {
    /// Places by joint.
    package private(set) var positions: [Vector3]
    /// Rotations by joint.
    package private(set) var rotations: [Rotation3]

    /// Follows the bones from the hips outwards.
    package init(_ shape: SkeletonShape, _ frame: SkeletonMotion.Frame) {
        positions = [frame.root]
        rotations = [frame.rotations[0]]
        for joint in SkeletonJoint.allCases.dropFirst() {
            let parent = joint.parent?.rawValue ?? 0
            positions.append(positions[parent] + rotations[parent].apply(shape.offsets[joint.rawValue]))
            rotations.append(rotations[parent] * frame.rotations[joint.rawValue])
        }
    }

    package subscript(_ joint: SkeletonJoint) -> Vector3 { positions[joint.rawValue] }
}
