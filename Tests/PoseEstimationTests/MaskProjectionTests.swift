// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseImaging
import PoseInference
import PoseEstimation
import PoseTestSupport
import Testing

@Suite struct MaskProjectionTests {
    /// Logits that change slowly, so that 1/32 pixel makes little difference.
    private static func logit(_ u: Double, _ v: Double) -> Double { 3 * sin(u / 40) + 3 * cos(v / 30) }

    private let threads = ThreadPool(threadCount: 1)
    private let logits = (0..<256 * 256).map { Float(Self.logit(Double($0 % 256), Double($0 / 256))) }

    private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

    @Test func isTheSigmoidWhereTheRegionIsTheImage() {
        let region = RotatedRectangle(centerX: 128, centerY: 128, width: 256, height: 256, rotationRadians: 0)
        let mask = MaskProjection(region: region, imageWidth: 256, imageHeight: 256).mask(
            logits: logits.span,
            threads: threads
        )
        #expect(mask.width == 256 && mask.height == 256)
        for (value, logit) in zip(mask.values, logits) {
            #expect(abs(Double(value) - sigmoid(Double(logit))) < 1e-6)
        }
    }

    @Test(arguments: 0..<10)
    func followsTheIdealMapping(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let region = RotatedRectangle(
            centerX: .random(in: 0...200, using: &generator),
            centerY: .random(in: 0...150, using: &generator),
            width: .random(in: 40...300, using: &generator),
            height: 0,
            rotationRadians: .random(in: -3...3, using: &generator)
        )
        var square = region
        square.height = region.width
        let mask = MaskProjection(region: square, imageWidth: 200, imageHeight: 150).mask(
            logits: logits.span,
            threads: threads
        )
        let (c, s) = (cos(Double(square.rotationRadians)), sin(Double(square.rotationRadians)))
        var worst = 0.0
        for y in 0..<150 {
            for x in 0..<200 {
                let dx = Double(x) - Double(square.centerX)
                let dy = Double(y) - Double(square.centerY)
                let u = 256 * ((c * dx + s * dy) / Double(square.width) + 0.5)
                let v = 256 * ((-s * dx + c * dy) / Double(square.width) + 0.5)
                let value = Double(mask.values[y * 200 + x])
                if u < -1.1 || v < -1.1 || u > 256.1 || v > 256.1 {
                    #expect(value == 0)
                } else if u > 0.1, v > 0.1, u < 254.9, v < 254.9 {
                    worst = max(worst, abs(value - sigmoid(Self.logit(u, v))))
                }
            }
        }
        // 1/64 pixel of rounding times the steepest slope, and the curvature between two pixels.
        #expect(worst < 1e-3)
    }

    @Test(arguments: [(1, 1), (1, 40), (40, 1), (7, 5)])
    func fillsImagesOfAnySize(width: Int, height: Int) {
        let region = RotatedRectangle(centerX: 0, centerY: 0, width: 3, height: 3, rotationRadians: 1)
        let mask = MaskProjection(region: region, imageWidth: width, imageHeight: height).mask(
            logits: logits.span,
            threads: threads
        )
        #expect(mask.values.count == width * height)
        #expect(mask.values.allSatisfy { (0...1).contains($0) })
    }

    @Test(arguments: [1e-20, 1e-3, 1e8, 1e20] as [Float])
    func survivesAbsurdRegions(size: Float) {
        let region = RotatedRectangle(centerX: 5, centerY: 1e6, width: size, height: size, rotationRadians: 2)
        let mask = MaskProjection(region: region, imageWidth: 9, imageHeight: 9).mask(
            logits: logits.span,
            threads: threads
        )
        #expect(mask.values.allSatisfy { (0...1).contains($0) })
    }

    /// A picture larger than the mask, turned so that rows enter and leave it; every thread count, the same bits.
    @Test(arguments: [2, 3, 8])
    func sameBitsAtAnyThreadCount(threadCount: Int) {
        let region = RotatedRectangle(
            centerX: 300,
            centerY: 200,
            width: 420,
            height: 420,
            rotationRadians: 0.7
        )
        let projection = MaskProjection(region: region, imageWidth: 611, imageHeight: 407)
        let alone = projection.mask(logits: logits.span, threads: threads)
        let shared = projection.mask(logits: logits.span, threads: ThreadPool(threadCount: threadCount))
        #expect(alone.values == shared.values)
        #expect(alone.values.contains(0) && alone.values.contains { $0 > 0.9 })
    }
}
