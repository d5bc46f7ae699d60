// SPDX-License-Identifier: Apache-2.0

import PoseTestSupport
import CPoseKernels
import PoseImaging
import Testing

/// Samples are compared with those of OpenCV 4.11's `warpPerspective`, set up as MediaPipe does.
@Suite("Sample goldens")
struct SampleGoldenTests {
    /// The picture of `pattern` in the recipe.
    static let image: ImageBuffer = {
        var image = ImageBuffer(width: 320, height: 180)
        for y in 0..<180 {
            for x in 0..<320 {
                let position = UInt32(x) &* 2_654_435_761 &+ UInt32(y) &* 2_246_822_519
                let channels = (0..<3 as Range<UInt32>).map { channel in
                    UInt8((position &+ channel &* 3_266_489_917) >> 13 & 255)
                }
                image[x, y] = (channels[0], channels[1], channels[2])
            }
        }
        return image
    }()

    @Test(arguments: SampleGoldens.lines, allISAs)
    func equalThoseOfWarpPerspective(line: [String], isa: pk_isa) throws {
        let numbers = try line[1...5].map { try #require(Float($0)) }
        let sampler = TensorSampler(
            outputSize: Int(numbers[0]),
            border: line[0] == "zero" ? .zero : .replicate,
            range: 0...1
        )
        let region = RotatedRectangle(
            centerX: numbers[1],
            centerY: numbers[2],
            width: numbers[3],
            height: numbers[3],
            rotationRadians: numbers[4]
        )
        #expect(sampler.bytes(Self.image, region, isa: isa).fnv1a == line[6])
    }

    @Test
    func thereAreGoldens() {
        #expect(SampleGoldens.lines.count == 8)
    }
}
