// SPDX-License-Identifier: Apache-2.0

/// Merges detections of the same thing: the best one, with the score-weighted mean of all that overlap it.
///
/// Source: MediaPipe `NonMaxSuppressionCalculator`, algorithm WEIGHTED, overlap INTERSECTION_OVER_UNION.
package struct WeightedNonMaximumSuppression: Sendable {
    /// Overlap above which two detections are of the same thing.
    package var overlapThreshold: Float

    package init(overlapThreshold: Float) {
        self.overlapThreshold = overlapThreshold
    }

    /// Finds the things among some detections.
    ///
    /// - Parameters:
    ///   - detections: in any order; used as working memory.
    ///   - limit: most things to return.
    /// - Returns: one detection a thing, best first.
    package func merge(_ detections: inout [SSDDetection], limit: Int) -> [SSDDetection] {
        detections.sort { $0.precedes($1) }
        var merged: [SSDDetection] = []
        while let best = detections.first, merged.count < limit {
            var sum = WeightedSum(keyPointCount: best.keyPoints.count)
            let before = detections.count
            detections.removeAll { detection in
                guard detection.box.intersectionOverUnion(best.box) > overlapThreshold else {
                    return false
                }
                sum.add(detection)
                return true
            }
            merged.append(sum.mean(keeping: best))
            // A box without area overlaps nothing, itself included.
            if detections.count == before { break }
        }
        return merged
    }
}

/// Sums of coordinates times scores, in the order of scores.
private struct WeightedSum {
    var weight: Float = 0
    var left: Float = 0
    var top: Float = 0
    var right: Float = 0
    var bottom: Float = 0
    var keyPoints: [NormalizedPoint]

    init(keyPointCount: Int) {
        keyPoints = [NormalizedPoint](repeating: NormalizedPoint(x: 0, y: 0), count: keyPointCount)
    }

    mutating func add(_ detection: SSDDetection) {
        let score = detection.score
        weight += score
        left += detection.box.x * score
        top += detection.box.y * score
        right += (detection.box.x + detection.box.width) * score
        bottom += (detection.box.y + detection.box.height) * score
        for (index, point) in detection.keyPoints.enumerated() {
            keyPoints[index].x += point.x * score
            keyPoints[index].y += point.y * score
        }
    }

    /// The mean, with the best one's score; the best one as it is when nothing has weight.
    func mean(keeping best: SSDDetection) -> SSDDetection {
        guard weight > 0 else { return best }
        var merged = best
        merged.box.x = left / weight
        merged.box.y = top / weight
        merged.box.width = right / weight - merged.box.x
        merged.box.height = bottom / weight - merged.box.y
        merged.keyPoints = keyPoints.map { NormalizedPoint(x: $0.x / weight, y: $0.y / weight) }
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
