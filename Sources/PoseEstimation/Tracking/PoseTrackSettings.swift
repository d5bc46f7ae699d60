// SPDX-License-Identifier: Apache-2.0

/// How a stream is followed.
public struct PoseTrackSettings: Hashable, Sendable {
    /// How landmarks are smoothed over time.
    public var smoothing: PoseSmoothing
    /// The one person who is wanted; `nil` for everybody.
    public var subject: PoseSubject?
    /// How often the detector looks although nobody is missing; `nil` for as seldom as possible.
    ///
    /// With room for one person, that is never while the person is followed, as MediaPipe does it; with room for more,
    /// four times a second while there is room for another one.
    public var detectorInterval: Duration?
    /// How long a person who is lost keeps the number.
    public var memory: Duration = .milliseconds(1500)

    /// Makes the default settings.
    ///
    /// - Parameter smoothing: how landmarks are smoothed over time.
    public init(smoothing: PoseSmoothing = .mediapipe) {
        self.smoothing = smoothing
    }
}
