// SPDX-License-Identifier: Apache-2.0

/// A point in fractions of some image's width and height.
package struct NormalizedPoint: Sendable, Equatable {
    package var x: Float
    package var y: Float

    package init(x: Float, y: Float) {
        self.x = x
        self.y = y
    }
}

/// One person that the detector saw: a head box, and two points that say where the whole body is.
///
/// The network gives two more points, of an upper-body variant that nothing uses.
package struct Detection: Sendable, Equatable {
    /// Likelihood 0…1.
    package var score: Float
    /// The anchor it comes from; settles the order of equal scores.
    package var anchor: Int
    /// The head; decides only which detections are of the same person.
    package var box: NormalizedBox
    /// The middle of the hips, centre of the circle around the body.
    package var bodyCenter: NormalizedPoint
    /// A point on that circle, from the hips toward the shoulders.
    package var bodyCircle: NormalizedPoint

    package init(
        score: Float,
        anchor: Int,
        box: NormalizedBox,
        bodyCenter: NormalizedPoint,
        bodyCircle: NormalizedPoint
    ) {
        self.score = score
        self.anchor = anchor
        self.box = box
        self.bodyCenter = bodyCenter
        self.bodyCircle = bodyCircle
    }

    /// Whether this one comes first: by score, then by anchor.
    package func precedes(_ other: Detection) -> Bool {
        score != other.score ? score > other.score : anchor < other.anchor
    }
}
