// SPDX-License-Identifier: Apache-2.0

/// Which person of a stream a pose is of, and how the pose came about.
public struct PoseTrack: Hashable, Sendable {
    /// The person's number in the stream, from 0 in the order of appearance; never given to anybody else.
    public var id: Int
    /// How the person was found in this frame.
    public var state: PoseFrame.State
    /// Whether the network had taken the left for the right here, which was put right afterwards.
    public var hadSwappedSides: Bool

    /// Names the person of a pose.
    ///
    /// - Parameters:
    ///   - id: the person's number in the stream, from 0.
    ///   - state: how the person was found in this frame.
    ///   - hadSwappedSides: whether left and right were exchanged afterwards.
    public init(id: Int, state: PoseFrame.State, hadSwappedSides: Bool = false) {
        self.id = id
        self.state = state
        self.hadSwappedSides = hadSwappedSides
    }
}
