// SPDX-License-Identifier: Apache-2.0

/// Merges detections of the same person: the best one, with the score-weighted mean of all that overlap it.
///
/// Source: MediaPipe `NonMaxSuppressionCalculator`, algorithm WEIGHTED, overlap INTERSECTION_OVER_UNION.
package struct WeightedNonMaximumSuppression: Sendable {
    /// Overlap above which two detections are of the same person: `min_suppression_threshold`.
    package static let overlapThreshold: Float = 0.3

    package init() {}

    /// Finds the people among some detections.
    ///
    /// - Parameters:
    ///   - detections: in any order; used as working memory.
    ///   - limit: most people to return.
    /// - Returns: one detection a person, best first.
    package func merge(_ detections: inout [Detection], limit: Int) -> [Detection] {
        detections.sort { $0.precedes($1) }
        var people: [Detection] = []
        while let best = detections.first, people.count < limit {
            var sum = WeightedSum()
            let before = detections.count
            detections.removeAll { detection in
                guard detection.box.intersectionOverUnion(best.box) > Self.overlapThreshold else {
                    return false
                }
                sum.add(detection)
                return true
            }
            people.append(sum.mean(keeping: best))
            // A box without area overlaps nothing, itself included.
            if detections.count == before { break }
        }
        return people
    }
}

/// Sums of coordinates times scores, in the order of scores.
private struct WeightedSum {
    var weight: Float = 0
    var left: Float = 0
    var top: Float = 0
    var right: Float = 0
    var bottom: Float = 0
    var bodyCenter = NormalizedPoint(x: 0, y: 0)
    var bodyCircle = NormalizedPoint(x: 0, y: 0)

    mutating func add(_ detection: Detection) {
        let score = detection.score
        weight += score
        left += detection.box.x * score
        top += detection.box.y * score
        right += (detection.box.x + detection.box.width) * score
        bottom += (detection.box.y + detection.box.height) * score
        bodyCenter.x += detection.bodyCenter.x * score
        bodyCenter.y += detection.bodyCenter.y * score
        bodyCircle.x += detection.bodyCircle.x * score
        bodyCircle.y += detection.bodyCircle.y * score
    }

    /// The mean, with the best one's score; the best one as it is when nothing has weight.
    func mean(keeping best: Detection) -> Detection {
        guard weight > 0 else { return best }
        var merged = best
        merged.box.x = left / weight
        merged.box.y = top / weight
        merged.box.width = right / weight - merged.box.x
        merged.box.height = bottom / weight - merged.box.y
        merged.bodyCenter = NormalizedPoint(x: bodyCenter.x / weight, y: bodyCenter.y / weight)
        merged.bodyCircle = NormalizedPoint(x: bodyCircle.x / weight, y: bodyCircle.y / weight)
        return merged
    }
}

extension NormalizedBox {
    /// Area in common over area in all; 0 for boxes apart or without area.
    package func intersectionOverUnion(_ other: NormalizedBox) -> Float {
        let right = x + width
        let bottom = y + height
        let otherRight = other.x + other.width
        let otherBottom = other.y + other.height
        let overlapWidth = min(right, otherRight) - max(x, other.x)
        let overlapHeight = min(bottom, otherBottom) - max(y, other.y)
        guard overlapWidth > 0, overlapHeight > 0 else { return 0 }
        let intersection = overlapWidth * overlapHeight
        let area = (right - x) * (bottom - y)
        let otherArea = (otherRight - other.x) * (otherBottom - other.y)
        let union = area + otherArea - intersection
        return union > 0 ? intersection / union : 0
    }
}
