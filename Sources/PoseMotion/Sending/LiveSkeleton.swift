// SPDX-License-Identifier: Apache-2.0

/// One person's skeleton at one moment of a stream.
///
/// Metres; x is to the left of somebody who faces the camera, y up from the floor, z towards the camera.
public struct LiveSkeleton: Sendable {
    /// Seconds since the stream's start.
    public var time: Double
    /// The person's number in the stream, as `PoseTrack.id` has it; `nil` where people have none.
    public var person: Int?
    /// How long the bones are, by what was seen so far.
    public var shape: SkeletonShape
    /// Where the hips are, and how each joint is turned.
    package var frame: SkeletonMotion.Frame

    /// Makes a skeleton of its parts.
    package init(time: Double, person: Int?, shape: SkeletonShape, frame: SkeletonMotion.Frame) {
        self.time = time
        self.person = person
        self.shape = shape
        self.frame = frame
    }

    /// How each joint is turned in its parent's axes, by ``SkeletonJoint``: quaternions x, y, z, w, against a T-pose that has none.
    public var rotations: [SIMD4<Double>] {
        frame.rotations.map { SIMD4($0.v.x, $0.v.y, $0.v.z, $0.w) }
    }

    /// Where each joint is, by ``SkeletonJoint``: metres, three numbers each.
    public var positions: [SIMD3<Double>] { SkeletonPose(shape, frame).positions }
}
