// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

/// Follows a person through the frames of one stream and places 33 landmarks in each.
///
/// The detector runs only when nobody is followed; landmarks are smoothed over time. Owns both the working memory and
/// what the stream remembers. A program with more streams than workers keeps them apart: a ``PoseEngine`` for each
/// worker, a ``PoseTrackState`` for each stream.
public struct PoseTracker: ~Copyable {
    /// What the stream remembers.
    public private(set) var state: PoseTrackState
    private var engine: PoseEngine

    /// Takes working memory for a model, and begins a stream.
    ///
    /// - Parameters:
    ///   - model: the networks.
    ///   - settings: how the stream is followed.
    ///   - threadCount: threads inside one pass, 1…64.
    /// - Precondition: `threadCount` is in its range.
    public init(
        model: PoseModel,
        settings: PoseTrackSettings = PoseTrackSettings(),
        threadCount: Int = 1
    ) {
        state = PoseTrackState(settings)
        engine = PoseEngine(model: model, threadCount: threadCount)
    }

    /// The networks.
    public var model: PoseModel { engine.model }

    /// Estimates the poses in the stream's next frame, which is borrowed; see
    /// ``PoseEngine/track(_:at:state:options:cancellation:)``.
    public mutating func track(
        _ picture: PictureView,
        at timestamp: Duration,
        options: PoseOptions = PoseOptions(),
        cancellation: CancellationToken? = nil
    ) throws(PoseError) -> PoseResult {
        try engine.track(picture, at: timestamp, state: &state, options: options, cancellation: cancellation)
    }

    /// Estimates the poses in the stream's next frame; see ``PoseEngine/track(_:at:state:options:cancellation:)``.
    public mutating func track(
        _ image: ImageBuffer,
        at timestamp: Duration,
        options: PoseOptions = PoseOptions(),
        cancellation: CancellationToken? = nil
    ) throws(PoseError) -> PoseResult {
        try image.withView { view throws(PoseError) in
            try track(view, at: timestamp, options: options, cancellation: cancellation)
        }
    }

    /// Forgets the stream: the next frame is the first of another one.
    public mutating func reset() {
        state.reset()
    }
}
