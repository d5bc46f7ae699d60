// SPDX-License-Identifier: Apache-2.0

public import Imaging

/// How long the stages of one picture took.
public struct PoseTiming: Sendable, Equatable {
    /// Letterbox, detector network, decoding and suppression.
    public var detect: Duration = .zero
    /// Crop, landmark network, decoding and masks, of everybody.
    public var landmark: Duration = .zero

    /// Makes zero timings.
    public init() {}
}

/// What was found in one picture.
public struct PoseResult: Sendable {
    /// People in descending detection score; empty when nobody is found.
    public var poses: [Pose]
    /// How long it took.
    public var timing: PoseTiming

    /// Makes a result of its parts.
    public init(poses: [Pose], timing: PoseTiming) {
        self.poses = poses
        self.timing = timing
    }
}

/// Finds people in one still image and places 33 landmarks on each.
///
/// Stateless from picture to picture: the same picture gives the same bits, at any thread count.
/// Owns working memory, so each worker has its own; the ``PoseModel`` is shared.
public struct PoseLandmarker: ~Copyable {
    /// The networks.
    public let model: PoseModel

    /// Takes working memory for a model.
    ///
    /// - Parameters:
    ///   - model: the networks.
    ///   - threadCount: threads inside one pass, 1…64.
    public init(model: PoseModel, threadCount: Int = 1) {
        self.model = model
    }

    /// Estimates the poses in a picture.
    ///
    /// - Parameters:
    ///   - image: an upright picture of any size from 1 × 1.
    ///   - options: what to look for.
    /// - Returns: the people found, none of which is not an error.
    /// - Throws: ``PoseError`` `.invalidOption` when an option is out of its range.
    public mutating func detect(
        in image: ImageBuffer,
        options: PoseOptions = PoseOptions()
    ) throws(PoseError) -> PoseResult {
        throw PoseError(.modelMissing, "no pipeline yet")
    }
}
