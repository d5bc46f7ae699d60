// SPDX-License-Identifier: Apache-2.0

package import PoseImaging

/// One single-shot detection network as data: what it is given, and how its outputs are read.
package struct SSDConfiguration: Sendable {
    /// Rows and columns of the network's input.
    package var inputSize: Int
    /// The values that the channel values 0 and 255 become.
    package var range: ClosedRange<Float> = -1...1
    /// What lies outside the letterboxed picture.
    package var border: SamplingBorder = .zero
    /// What the outputs are relative to.
    package var anchors: SSDAnchors
    /// Points that are given for each anchor, behind the box.
    package var keyPointCount: Int
    /// What raw coordinates are divided by: `x_scale`, `y_scale`, `w_scale`, `h_scale`.
    package var coordinateScale: Float
    /// Logits are cut to ± this before the sigmoid: `score_clipping_thresh`.
    package var logitLimit: Float = 100
    /// Lowest score of a detection unless told: `min_score_thresh`.
    package var minScore: Float
    /// Overlap above which two detections are of the same thing: `min_suppression_threshold`.
    package var overlapThreshold: Float = 0.3
    /// The output with box and points of each anchor, `[1, anchors, valuesPerAnchor]`.
    package var boxOutput: String
    /// The output with each anchor's logit, `[1, anchors, 1]`.
    package var scoreOutput: String

    /// Values of an anchor in the box output: centre and size of the box, then x and y of each point.
    package var valuesPerAnchor: Int { 4 + 2 * keyPointCount }
}

extension SSDConfiguration {
    /// Finds people by their heads, with points that say where the whole bodies are; see ``BodyKeyPoint``.
    ///
    /// Source: MediaPipe `pose_detection_cpu.pbtxt`.
    package static let poseDetection = SSDConfiguration(
        inputSize: 224,
        anchors: SSDAnchors(strides: [8, 16, 32, 32, 32], anchorsPerLayer: 2),
        keyPointCount: 4,
        coordinateScale: 224,
        minScore: 0.5,
        boxOutput: "Identity",
        scoreOutput: "Identity_1"
    )

    /// Finds faces up to about five metres away.
    ///
    /// Source: MediaPipe `face_detection_full_range.pbtxt` and `face_detection.pbtxt`.
    package static let faceFullRange = SSDConfiguration(
        inputSize: 192,
        anchors: SSDAnchors(strides: [4], anchorsPerLayer: 1),
        keyPointCount: 6,
        coordinateScale: 192,
        minScore: 0.6,
        boxOutput: "Identity",
        scoreOutput: "Identity_1"
    )

    /// Finds faces up to about two metres away.
    ///
    /// Source: MediaPipe `face_detection_short_range.pbtxt` and `face_detection.pbtxt`.
    package static let faceShortRange = SSDConfiguration(
        inputSize: 128,
        anchors: SSDAnchors(strides: [8, 16, 16, 16], anchorsPerLayer: 2),
        keyPointCount: 6,
        coordinateScale: 128,
        minScore: 0.5,
        boxOutput: "regressors",
        scoreOutput: "classificators"
    )
}

/// The points of the pose detector, by their place in ``SSDDetection/keyPoints``.
package enum BodyKeyPoint {
    /// The middle of the hips, centre of the circle around the body.
    package static let center = 0
    /// A point on that circle, from the hips toward the shoulders.
    package static let circle = 1
    // 2 and 3 are those of an upper-body variant that nothing uses.
}
