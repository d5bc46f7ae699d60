// SPDX-License-Identifier: Apache-2.0

/// Turns a single-shot detector's raw outputs into detections.
///
/// Source: MediaPipe `TensorsToDetectionsCalculator`, with `reverse_output_order`.
package struct SSDDecoder: Sendable {
    private let configuration: SSDConfiguration
    private let anchors: [NormalizedPoint]

    package init(_ configuration: SSDConfiguration) {
        self.configuration = configuration
        anchors = configuration.anchors.centers(inputSize: configuration.inputSize)
    }

    /// Reference points of the network.
    package var anchorCount: Int { anchors.count }

    /// Appends the detections that score at least `minScore`, in the order of their anchors.
    ///
    /// - Parameters:
    ///   - boxes: `[anchors, valuesPerAnchor]`: box centre, box size, then points, x before y, from the anchor.
    ///   - logits: `[anchors]`.
    ///   - minScore: lowest score to keep.
    ///   - detections: what the detections are appended to, in fractions of the letterboxed input.
    package func decode(
        boxes: Span<Float>,
        logits: Span<Float>,
        minScore: Float,
        into detections: inout [SSDDetection]
    ) {
        let values = configuration.valuesPerAnchor
        let (limit, scale) = (configuration.logitLimit, configuration.coordinateScale)
        precondition(logits.count == anchors.count && boxes.count == anchors.count * values)
        for (index, anchor) in anchors.enumerated() {
            let logit = logits[index]
            // Swift's min and max would turn NaN into a limit.
            guard !logit.isNaN else { continue }
            let score = sigmoid(max(-limit, min(limit, logit)))
            guard score >= minScore else { continue }

            let first = index * values
            func point(_ offset: Int) -> NormalizedPoint {
                NormalizedPoint(
                    x: boxes[first + offset] / scale + anchor.x,
                    y: boxes[first + offset + 1] / scale + anchor.y
                )
            }
            let center = point(0)
            let width = boxes[first + 2] / scale
            let height = boxes[first + 3] / scale
            // The edges are rounded before they are subtracted, as MediaPipe stores them.
            let box = NormalizedBox(
                x: center.x - width / 2,
                y: center.y - height / 2,
                width: (center.x + width / 2) - (center.x - width / 2),
                height: (center.y + height / 2) - (center.y - height / 2)
            )
            guard box.width >= 0, box.height >= 0 else { continue }
            let keyPoints = (0..<configuration.keyPointCount).map { point(4 + 2 * $0) }
            detections.append(SSDDetection(score: score, anchor: index, box: box, keyPoints: keyPoints))
        }
    }
}
