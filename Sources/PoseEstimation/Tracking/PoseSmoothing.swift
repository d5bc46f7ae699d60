// SPDX-License-Identifier: Apache-2.0

/// How the landmarks of a stream are smoothed over time; more ways may come.
public struct PoseSmoothing: Hashable, Sendable {
    /// Of the 33 landmarks, in pixels relative to the person's size; `nil` for none.
    package var landmarks: OneEuroFilter.Parameters?
    /// Of the 33 world landmarks, in metres; `nil` for none.
    package var worldLandmarks: OneEuroFilter.Parameters?
    /// Weight of a new visibility; `nil` for no smoothing.
    package var visibilityAlpha: Float?
    /// Of the two points that say where the person is looked for in the next frame.
    package var auxiliary: OneEuroFilter.Parameters

    /// How far the place where a person is looked for may be from where it should be, in sides of the region: within
    /// that it rests, so that the network sees the same again.
    package var regionTolerance: Float = 0
    /// Whether the landmark network looks twice where the detector saw somebody, the second time where its own points
    /// say: so a track begins where it will go on.
    package var refinesDetections = false
    /// The name that options and requests use.
    public let name: String

    /// MediaPipe's with `smooth_landmarks=True`.
    ///
    /// Source: `pose_landmark_filtering.pbtxt` of mediapipe 0.10.21.
    public static let mediapipe = PoseSmoothing(
        landmarks: OneEuroFilter.Parameters(minCutoff: 0.05, beta: 80),
        worldLandmarks: OneEuroFilter.Parameters(minCutoff: 0.1, beta: 40),
        visibilityAlpha: 0.1,
        auxiliary: OneEuroFilter.Parameters(minCutoff: 0.01, beta: 10),
        name: "mediapipe"
    )

    /// Steadier than MediaPipe's while somebody stands still; for people who look at themselves.
    ///
    /// Cutoffs are lower than MediaPipe's up to 0.03 diameters of the body's circle a second, and higher above.
    /// `pose-bench jitter` measures how much the landmarks of a person at rest move.
    public static let live = PoseSmoothing(
        landmarks: OneEuroFilter.Parameters(minCutoff: 0.05, beta: 120, restingSpeed: 0.01),
        worldLandmarks: OneEuroFilter.Parameters(minCutoff: 0.1, beta: 60, restingSpeed: 0.01),
        visibilityAlpha: 0.1,
        auxiliary: mediapipe.auxiliary,
        regionTolerance: 0.02,
        refinesDetections: true,
        name: "live"
    )

    /// Follows fast movements with less lag than MediaPipe's; steadies slow ones less.
    public static let sport = PoseSmoothing(
        landmarks: OneEuroFilter.Parameters(minCutoff: 1, beta: 200),
        worldLandmarks: OneEuroFilter.Parameters(minCutoff: 1, beta: 100),
        visibilityAlpha: 0.3,
        auxiliary: mediapipe.auxiliary,
        refinesDetections: true,
        name: "sport"
    )

    /// MediaPipe's with `smooth_landmarks=False`: landmarks as the network gave them.
    ///
    /// Where the person is looked for in the next frame is smoothed all the same.
    public static let none = PoseSmoothing(auxiliary: mediapipe.auxiliary, name: "none")
}

extension PoseSmoothing: CaseIterable, CustomStringConvertible {
    /// Every kind, the default first.
    public static let allCases: [PoseSmoothing] = [.mediapipe, .live, .sport, .none]

    /// The name.
    public var description: String { name }
}
