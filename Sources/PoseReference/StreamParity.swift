// SPDX-License-Identifier: Apache-2.0

internal import Foundation
package import PoseEstimation
package import PoseImaging

/// Follows one stream of a clip and notes how far our answers are from the reference's.
package struct StreamParity: ~Copyable {
    private let answers: [StreamAnswers.Frame?]
    private let isInjecting: Bool
    private let width: Int
    private var engine: PoseEngine
    private var state: PoseTrackState
    /// How far each frame's answer is, so far.
    package private(set) var frames: [PictureParity] = []
    /// Our own answers, so far.
    package private(set) var poses: [Pose?] = []
    private let entries: [ReferenceAnswers.Entry]

    /// Begins a stream; `nil` when the answers have no such one.
    ///
    /// - Parameters:
    ///   - stream: `smooth` or `raw`.
    ///   - answers: what the reference said.
    ///   - isInjecting: whether to look where the reference looked, so that differences do not add up.
    ///   - model: the networks.
    package init?(_ stream: String, of answers: StreamAnswers, isInjecting: Bool, model: PoseModel) {
        guard let frames = answers.streams[stream] else { return nil }
        self.answers = frames
        self.isInjecting = isInjecting
        width = answers.width
        engine = PoseEngine(model: model)
        state = PoseTrackState(PoseTrackSettings(smoothing: stream == "raw" ? .none : .mediapipe))
        let view = ReferenceView(width: answers.width, height: answers.height)
        entries = frames.map { frame in
            let pose = frame.map { ReferenceAnswers.Pose(landmarks: $0.landmarks, world: $0.world) }
            return ReferenceAnswers.Entry(view: view, pose: pose)
        }
    }

    /// Frames that the reference has answers for.
    package var frameCount: Int { answers.count }

    /// Takes the next frame.
    package mutating func take(_ picture: PictureView) throws {
        let index = frames.count
        if isInjecting, index > 0, !state.people.isEmpty {
            state.people[0].region = answers[index - 1]?.nextRegionOfInterest
        }
        let result = try engine.track(picture, at: StreamAnswers.time(ofFrame: index), state: &state)
        poses.append(result.poses.first)
        frames.append(
            PictureParity(name: "frame \(index)", reference: entries[index], pose: result.poses.first)
        )
    }

    /// What came of the first frames, in one line: presence, then pixels and metres.
    package func summary(firstFrames count: Int) -> String {
        let frames = frames.prefix(count)
        let same = frames.count { $0.foundPose == $0.expectsPose }
        let errors = frames.flatMap(\.landmarkErrors)
        let worst = frames.map(\.landmarkErrors.mean).max() ?? 0
        let world = frames.flatMap(\.worldErrors)
        let visibility = frames.flatMap(\.visibilityErrors)
        return String(
            format:
                "%d frames, same presence in %d; px mean %.5f, worst frame %.5f, max %.4f; z mean %.5f px; "
                + "world mean %.5f mm, max %.4f; visibility mean %.7f",
            frames.count,
            same,
            errors.mean,
            worst,
            errors.max() ?? 0,
            frames.flatMap(\.depthErrors).mean,
            world.mean * 1000,
            (world.max() ?? 0) * 1000,
            visibility.mean
        )
    }
}
