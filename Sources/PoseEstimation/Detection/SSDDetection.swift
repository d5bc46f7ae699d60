// SPDX-License-Identifier: Apache-2.0

/// One thing that a single-shot detector saw.
package struct SSDDetection: Hashable, Sendable {
    /// Likelihood 0…1.
    package var score: Float
    /// The anchor it comes from; settles the order of equal scores.
    package var anchor: Int
    /// Where it is; of the pose detector, the head.
    package var box: NormalizedBox
    /// The network's points, as many as its configuration says.
    package var keyPoints: [NormalizedPoint]

    package init(score: Float, anchor: Int, box: NormalizedBox, keyPoints: [NormalizedPoint]) {
        self.score = score
        self.anchor = anchor
        self.box = box
        self.keyPoints = keyPoints
    }

    /// Whether this one comes first: by score, then by anchor.
    package func precedes(_ other: SSDDetection) -> Bool {
        score != other.score ? score > other.score : anchor < other.anchor
    }
}
