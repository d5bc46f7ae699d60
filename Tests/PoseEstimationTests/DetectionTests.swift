// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseTestSupport
import Testing

@Suite struct SSDAnchorsTests {
    @Test func lieWhereTheReferenceHasThem() {
        let centers = SSDConfiguration.poseDetection.anchors.centers(inputSize: 224)
        #expect(centers.count == 2254)
        let expected: [(Int, Float, Float)] = [
            (0, 0.01785714, 0.01785714), (1, 0.01785714, 0.01785714), (2, 0.05357143, 0.01785714),
            (1567, 0.98214287, 0.98214287), (1568, 0.03571429, 0.03571429), (1960, 0.07142857, 0.07142857),
            (2253, 0.9285714, 0.9285714),
        ]
        for (index, x, y) in expected {
            #expect(abs(centers[index].x - x) < 1e-7 && abs(centers[index].y - y) < 1e-7, "anchor \(index)")
        }
    }
}

@Suite struct SSDDecoderTests {
    /// Outputs in which no anchor has a chance.
    private var boxes = [Float](repeating: 0, count: 2254 * 12)
    private var logits = [Float](repeating: -50, count: 2254)

    private func decode(minScore: Float = 0.5) -> [SSDDetection] {
        var detections: [SSDDetection] = []
        SSDDecoder(.poseDetection).decode(
            boxes: boxes.span,
            logits: logits.span,
            minScore: minScore,
            into: &detections
        )
        return detections
    }

    @Test func readsXBeforeYInPixelsFromTheAnchor() throws {
        var test = self
        test.logits[1568] = 2
        test.boxes.replaceSubrange(
            1568 * 12..<1569 * 12,
            with: [22.4, 11.2, 44.8, 67.2, 2.24, 4.48, 6.72, 8.96, 9, 9, 9, 9]
        )
        let detection = try #require(test.decode().first)
        let anchor: Float = 1 / 28
        #expect(detection.anchor == 1568)
        #expect(abs(detection.score - 0.880797) < 1e-6)
        #expect(abs(detection.box.x - (anchor + 0.1 - 0.1)) < 1e-6)
        #expect(abs(detection.box.y - (anchor + 0.05 - 0.15)) < 1e-6)
        #expect(abs(detection.box.width - 0.2) < 1e-6 && abs(detection.box.height - 0.3) < 1e-6)
        let offsets: [(x: Float, y: Float)] = [
            (0.01, 0.02), (0.03, 0.04), (9 / 224, 9 / 224), (9 / 224, 9 / 224),
        ]
        #expect(detection.keyPoints.count == offsets.count)
        for (point, offset) in zip(detection.keyPoints, offsets) {
            #expect(abs(point.x - (anchor + offset.x)) < 1e-6 && abs(point.y - (anchor + offset.y)) < 1e-6)
        }
    }

    @Test func keepsScoresThatEqualTheThreshold() {
        var test = self
        test.logits[7] = 0
        #expect(test.decode(minScore: 0.5).map(\.anchor) == [7])
        #expect(test.decode(minScore: Float(0.5).nextUp).isEmpty)
    }

    @Test func dropsWhatIsNotANumberOrHasNegativeSize() {
        var test = self
        test.logits[0] = .nan
        test.logits[1] = 3
        test.boxes[1 * 12 + 2] = -1
        test.logits[2] = 3
        test.boxes[2 * 12 + 3] = .nan
        test.logits[3] = .infinity
        #expect(test.decode().map(\.anchor) == [3])
    }
}

@Suite struct WeightedNonMaximumSuppressionTests {
    private func detection(_ score: Float, _ anchor: Int, _ box: NormalizedBox, at x: Float = 0)
        -> SSDDetection
    {
        SSDDetection(
            score: score,
            anchor: anchor,
            box: box,
            keyPoints: [NormalizedPoint(x: x, y: 2 * x), NormalizedPoint(x: x + 1, y: 2 * x + 1)]
        )
    }

    private func merge(_ detections: [SSDDetection], limit: Int = .max) -> [SSDDetection] {
        var detections = detections
        return WeightedNonMaximumSuppression(overlapThreshold: 0.3).merge(&detections, limit: limit)
    }

    @Test func averagesOverlappingDetectionsByScore() throws {
        let people = merge([
            detection(0.6, 1, NormalizedBox(x: 0.2, y: 0.1, width: 0.4, height: 0.4), at: 0.3),
            detection(0.9, 0, NormalizedBox(x: 0.1, y: 0.1, width: 0.4, height: 0.4), at: 0.2),
        ])
        let person = try #require(people.first)
        #expect(people.count == 1)
        #expect(person.score == 0.9)
        // (0.9 · 0.1 + 0.6 · 0.2) / 1.5 and so on.
        #expect(abs(person.box.x - 0.14) < 1e-6 && abs(person.box.width - 0.4) < 1e-6)
        #expect(abs(person.keyPoints[0].x - 0.24) < 1e-6 && abs(person.keyPoints[0].y - 0.48) < 1e-6)
        #expect(abs(person.keyPoints[1].x - 1.24) < 1e-6 && abs(person.keyPoints[1].y - 1.48) < 1e-6)
    }

    @Test func keepsApartWhatOverlapsBy30PercentOrLess() {
        // Boxes of width 1 that share 6/13 of one have an overlap of exactly 6/20.
        let below = NormalizedBox(x: 7 / 13 + 0.001, y: 0, width: 1, height: 1)
        let above = NormalizedBox(x: 7 / 13 - 0.001, y: 0, width: 1, height: 1)
        let unit = NormalizedBox(x: 0, y: 0, width: 1, height: 1)
        #expect(merge([detection(0.9, 0, unit), detection(0.8, 1, below)]).count == 2)
        #expect(merge([detection(0.9, 0, unit), detection(0.8, 1, above)]).count == 1)
    }

    @Test func endsAtABoxWithoutArea() {
        let point = NormalizedBox(x: 0.5, y: 0.5, width: 0, height: 0)
        let unit = NormalizedBox(x: 0, y: 0, width: 1, height: 1)
        let people = merge([detection(0.9, 0, point, at: 0.7), detection(0.8, 1, unit)])
        #expect(people == [detection(0.9, 0, point, at: 0.7)])
    }

    @Test func survivesScoresOfZero() {
        let unit = NormalizedBox(x: 0, y: 0, width: 1, height: 1)
        #expect(
            merge([detection(0, 0, unit, at: 0.3), detection(0, 1, unit)]) == [detection(0, 0, unit, at: 0.3)]
        )
    }

    @Test(arguments: 0..<20)
    func givesTheSameInAnyOrderAndWithAnyLimit(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let detections = (0..<60).map { anchor in
            // Few distinct scores, so that many are equal.
            detection(
                Float(Int.random(in: 1...4, using: &generator)) / 4,
                anchor,
                NormalizedBox(
                    x: .random(in: 0...1, using: &generator),
                    y: .random(in: 0...1, using: &generator),
                    width: .random(in: 0.1...0.4, using: &generator),
                    height: .random(in: 0.1...0.4, using: &generator)
                ),
                at: .random(in: 0...1, using: &generator)
            )
        }
        let people = merge(detections)
        #expect(people == merge(detections.shuffled(using: &generator)))
        #expect(zip(people, people.dropFirst()).allSatisfy { $0.precedes($1) })
        for limit in 0...people.count {
            #expect(merge(detections, limit: limit) == Array(people.prefix(limit)))
        }
    }
}
