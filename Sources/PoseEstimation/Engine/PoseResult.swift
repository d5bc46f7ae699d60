// SPDX-License-Identifier: Apache-2.0

/// How long the stages of one picture took.
public struct PoseTiming: Hashable, Sendable {
    /// Letterbox, detector network, decoding and suppression; zero where nobody had to be looked for.
    public var detect: Duration = .zero
    /// Crop, landmark network and decoding, of everybody.
    public var landmark: Duration = .zero

    /// Makes zero timings.
    public init() {}
}

/// What was found in one picture.
public struct PoseResult: Hashable, Sendable {
    /// People, of a still picture in the order that the options ask for, of a stream by their numbers; empty when nobody is
    /// found.
    public var poses: [Pose]
    /// How long it took.
    public var timing: PoseTiming
    /// Whether the detector looked at this frame of a stream; `nil` for a still picture.
    public var state: PoseFrame.State?

    /// Makes a result; of a still picture and without timings unless told.
    public init(poses: [Pose], timing: PoseTiming = PoseTiming(), state: PoseFrame.State? = nil) {
        self.poses = poses
        self.timing = timing
        self.state = state
    }
}
