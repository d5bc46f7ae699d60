// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

/// Finds people in one still picture and places 33 landmarks on each.
///
/// Stateless from picture to picture: the same picture gives the same bits, at any thread count.
/// Owns working memory, so each worker has its own; the ``PoseModel`` is shared.
public struct PoseLandmarker: ~Copyable {
    private var engine: PoseEngine

    /// Takes working memory for a model.
    ///
    /// - Parameters:
    ///   - model: the networks.
    ///   - threadCount: threads inside one pass, 1…64.
    /// - Precondition: `threadCount` is in its range.
    public init(model: PoseModel, threadCount: Int = 1) {
        engine = PoseEngine(model: model, threadCount: threadCount)
    }

    /// The networks.
    public var model: PoseModel { engine.model }

    /// Estimates the poses in a picture that is borrowed; see ``PoseEngine/detect(in:options:cancellation:)``.
    public mutating func detect(
        in picture: PictureView,
        options: PoseOptions = PoseOptions(),
        cancellation: CancellationToken? = nil
    ) throws(PoseError) -> PoseResult {
        try engine.detect(in: picture, options: options, cancellation: cancellation)
    }

    /// Estimates the poses in a picture.
    ///
    /// - Parameters:
    ///   - image: an upright picture of any size from 1 × 1.
    ///   - options: what to look for.
    ///   - cancellation: looked at between people and between the networks' steps.
    /// - Returns: the people found, none of which is not an error.
    /// - Throws: ``PoseError`` as ``PoseEngine/detect(in:options:cancellation:)`` does.
    public mutating func detect(
        in image: ImageBuffer,
        options: PoseOptions = PoseOptions(),
        cancellation: CancellationToken? = nil
    ) throws(PoseError) -> PoseResult {
        try image.withView { view throws(PoseError) in
            try engine.detect(in: view, options: options, cancellation: cancellation)
        }
    }
}
