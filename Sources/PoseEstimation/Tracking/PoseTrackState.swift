// SPDX-License-Identifier: Apache-2.0

/// What one stream remembers from frame to frame: where its people were, and what their filters hold.
///
/// A small value without memory of networks, so that any ``PoseEngine`` can take any stream's next frame: hand the
/// state of one frame on to the next, in the order of the frames.
public struct PoseTrackState: Hashable, Sendable {
    /// How the stream is followed.
    public let settings: PoseTrackSettings
    /// When the last frame was taken; `nil` before the first.
    public internal(set) var timestamp: Duration?
    /// Those who were seen before, lost ones included.
    package var people: [TrackedPerson] = []
    /// The number of the next person who is new.
    var nextID = 0
    /// When the detector looked last.
    var lastDetection: Duration?
    /// The next look of a thorough search; see ``ThoroughSearch/look(_:)``.
    var searchTurn = 0
    /// The person whom the rule of the settings chose last.
    var subjectID: Int?

    /// Makes the state of a stream before its first frame.
    ///
    /// - Parameter settings: how the stream is followed.
    public init(_ settings: PoseTrackSettings = PoseTrackSettings()) {
        self.settings = settings
    }

    /// Whether somebody is followed, so that the next frame can do without the detector.
    public var isTracking: Bool { people.contains { $0.region != nil } }

    /// Forgets everything but the settings: the next frame is the first of a stream.
    public mutating func reset() {
        self = PoseTrackState(settings)
    }
}
