// SPDX-License-Identifier: Apache-2.0

/// How a stream is followed.
public struct PoseTrackSettings: Hashable, Sendable {
    /// How landmarks are smoothed over time.
    public var smoothing: PoseSmoothing
    /// The one person who is wanted; `nil` for everybody.
    public var subject: PoseSubject?
    /// How often the detector looks while there is room for another person and nobody is missing; `nil` for four times
    /// a second.
    ///
    /// Without room it does not look, so that with room for one person this has no effect while that one is followed.
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
