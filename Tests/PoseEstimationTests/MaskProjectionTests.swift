// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseImaging
import PoseInference
import PoseEstimation
import PoseTestSupport
import Testing

/// Logits that change slowly, so that 1/32 pixel makes little difference.
private func logit(_ u: Double, _ v: Double) -> Double { 3 * sin(u / 40) + 3 * cos(v / 30) }

private let logits = (0..<256 * 256).map { Float(logit(Double($0 % 256), Double($0 / 256))) }

private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

/// A square in pixels of a picture.
private func mask(
    centerX: Float,
    centerY: Float,
    side: Float,
    turn: Float,
    width: Int,
    height: Int
) -> SegmentationMask {
    SegmentationMask(
        logits: logits.span,
        region: RegionOfInterest(
            centerX: centerX / Float(width),
            centerY: centerY / Float(height),
            width: side / Float(width),
            height: side / Float(height),
            rotationRadians: turn
        ),
        imageWidth: width,
        imageHeight: height
    )
}

@Suite struct MaskProjectionTests {
    @Test func isTheSigmoidWhereTheRegionIsTheImage() {
        let mask = mask(centerX: 128, centerY: 128, side: 256, turn: 0, width: 256, height: 256)
        #expect(mask.projectedValues() == mask.values)
        for (value, logit) in zip(mask.values, logits) {
            #expect(abs(Double(value) - sigmoid(Double(logit))) < 1e-6)
        }
    }

    @Test(arguments: 0..<10)
    func followsTheIdealMapping(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let centerX = Float.random(in: 0...200, using: &generator)
        let centerY = Float.random(in: 0...150, using: &generator)
        let side = Float.random(in: 40...300, using: &generator)
        let turn = Float.random(in: -3...3, using: &generator)
        let values = mask(
            centerX: centerX,
            centerY: centerY,
            side: side,
            turn: turn,
            width: 200,
            height: 150
        ).projectedValues()
        let (c, s) = (cos(Double(turn)), sin(Double(turn)))
        var worst = 0.0
        for y in 0..<150 {
            for x in 0..<200 {
                let dx = Double(x) - Double(centerX)
                let dy = Double(y) - Double(centerY)
                let u = 256 * ((c * dx + s * dy) / Double(side) + 0.5)
                let v = 256 * ((-s * dx + c * dy) / Double(side) + 0.5)
                let value = Double(values[y * 200 + x])
                if u < -1.1 || v < -1.1 || u > 256.1 || v > 256.1 {
                    #expect(value == 0)
                } else if u > 0.1, v > 0.1, u < 254.9, v < 254.9 {
                    worst = max(worst, abs(value - sigmoid(logit(u, v))))
                }
            }
        }
        // 1/64 pixel of rounding times the steepest slope, and the curvature between two pixels.
        #expect(worst < 1e-3)
    }

    @Test(arguments: [(1, 1), (1, 40), (40, 1), (7, 5)])
    func fillsImagesOfAnySize(width: Int, height: Int) {
        let mask = mask(centerX: 0, centerY: 0, side: 3, turn: 1, width: width, height: height)
        #expect(mask.projectedValues().count == width * height)
        #expect(mask.projectedValues().allSatisfy { (0...1).contains($0) })
        #expect(mask.projected().count == width * height)
    }

    @Test(arguments: [1e-20, 1e-3, 1e8, 1e20, .nan, .infinity] as [Float])
    func survivesAbsurdRegions(size: Float) {
        let mask = mask(centerX: 5, centerY: 1e6, side: size, turn: 2, width: 9, height: 9)
        #expect(mask.projectedValues().allSatisfy { (0...1).contains($0) })
    }

    @Test func whatIsNotANumberIsBlack() {
        let whole = RegionOfInterest(
            centerX: 0.5,
            centerY: 0.5,
            width: 1,
            height: 1,
            rotationRadians: 0
        )
        var values = [Float](repeating: 1, count: 256 * 256)
        values[0] = .nan
        let mask = SegmentationMask(values: values, region: whole, imageWidth: 256, imageHeight: 256)
        #expect(mask.projected().first == 0)
        #expect(mask.projected().last == 255)
    }

    /// A picture larger than the mask, turned so that rows enter and leave it.
    private static let turned = mask(
        centerX: 300,
        centerY: 200,
        side: 420,
        turn: 0.7,
        width: 611,
        height: 407
    )

    @Test func bytesAreTheRoundedValues() {
        let values = Self.turned.projectedValues()
        let bytes = Self.turned.projected()
        #expect(bytes == values.map { UInt8(min(max($0, 0), 1) * 255 + 0.5) })
        #expect(bytes.contains(0) && bytes.contains { $0 > 230 })
    }

    @Test(arguments: [1, 7, 64, 407])
    func bandsGiveTheSameAsTheWhole(rowsAtATime: Int) {
        let projection = Self.turned.projection()
        var bytes: [UInt8] = []
        for first in stride(from: 0, to: projection.height, by: rowsAtATime) {
            let rows = first..<min(first + rowsAtATime, projection.height)
            var band = [UInt8](repeating: 0, count: rows.count * projection.width)
            band.withUnsafeMutableBufferPointer { projection.writeRows(rows, into: $0) }
            bytes += band
        }
        #expect(bytes == Self.turned.projected())
    }

    @Test(arguments: [1, 2, 3, 8])
    func severalPeopleGiveTheHighestOfEachPixel(threadCount: Int) throws {
        let other = mask(centerX: 420, centerY: 150, side: 200, turn: -1, width: 611, height: 407)
        let engine = PoseEngine(model: try Media.model(), threadCount: threadCount)
        let together = try engine.projectMasks([Self.turned, other], width: 611, height: 407)
        #expect(together == zip(Self.turned.projected(), other.projected()).map { max($0, $1) })
        #expect(try engine.projectMasks([], width: 3, height: 2) == [0, 0, 0, 0, 0, 0])
    }

    /// Half the size takes every other pixel: sides differ by their ratio, positions have no half-pixel offsets.
    @Test func spreadsOverOtherSizes() {
        let mask = mask(centerX: 300, centerY: 200, side: 420, turn: 0.7, width: 600, height: 400)
        let whole = mask.projected()
        let half = mask.projected(width: 300, height: 200)
        var worst = 0
        for y in 0..<200 {
            for x in 0..<300 {
                worst = max(worst, abs(Int(half[y * 300 + x]) - Int(whole[2 * y * 600 + 2 * x])))
            }
        }
        // A position's last bit, at the mask's edge.
        #expect(worst <= 8)
    }

    @Test func keepsTheNetworksSquareWhateverThePicturesSize() {
        let mask = mask(centerX: 5e3, centerY: 5e3, side: 9e3, turn: 0, width: 10_000, height: 10_000)
        #expect(mask.values.count == 256 * 256)
    }
}
