// SPDX-License-Identifier: Apache-2.0

/// Turns the detector's raw outputs into detections.
///
/// Source: MediaPipe `TensorsToDetectionsCalculator` with the options of `pose_detection_cpu.pbtxt`.
package struct DetectionDecoder: Sendable {
    /// Values per anchor: box centre and size, then four points.
    package static let valuesPerAnchor = 12
    /// Raw coordinates are in pixels of the input.
    private static let scale = Float(PersonDetector.inputSize)
    /// Logits are cut to this before the sigmoid: `score_clipping_thresh`.
    private static let logitLimit: Float = 100

    private let anchors = DetectorAnchors.centers

    package init() {}

    /// Appends the detections that score at least `minScore`, in the order of their anchors.
    ///
    /// - Parameters:
    ///   - boxes: `[2254, 12]`: box centre, box size, then four points, x before y, in pixels from the anchor.
    ///   - logits: `[2254]`.
    ///   - minScore: lowest score to keep.
    ///   - detections: what the detections are appended to, in fractions of the letterboxed input.
    package func decode(
        boxes: Span<Float>,
        logits: Span<Float>,
        minScore: Float,
        into detections: inout [Detection]
    ) {
        precondition(logits.count == anchors.count && boxes.count == anchors.count * Self.valuesPerAnchor)
        for (index, anchor) in anchors.enumerated() {
            let logit = logits[index]
            // Swift's min and max would turn NaN into a limit.
            guard !logit.isNaN else { continue }
            let score = sigmoid(max(-Self.logitLimit, min(Self.logitLimit, logit)))
            guard score >= minScore else { continue }

            let first = index * Self.valuesPerAnchor
            func point(_ offset: Int) -> NormalizedPoint {
                NormalizedPoint(
                    x: boxes[first + offset] / Self.scale + anchor.x,
                    y: boxes[first + offset + 1] / Self.scale + anchor.y
                )
            }
            let center = point(0)
            let width = boxes[first + 2] / Self.scale
            let height = boxes[first + 3] / Self.scale
            // The edges are rounded before they are subtracted, as MediaPipe stores them.
            let box = NormalizedBox(
                x: center.x - width / 2,
                y: center.y - height / 2,
                width: (center.x + width / 2) - (center.x - width / 2),
                height: (center.y + height / 2) - (center.y - height / 2)
            )
            guard box.width >= 0, box.height >= 0 else { continue }
            detections.append(
                Detection(
                    score: score,
                    anchor: index,
                    box: box,
                    bodyCenter: point(4),
                    bodyCircle: point(6)
                )
            )
        }
    }
}
