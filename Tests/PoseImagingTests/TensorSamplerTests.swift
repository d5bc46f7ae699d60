// SPDX-License-Identifier: Apache-2.0

import PoseTestSupport
import CPoseKernels
import PoseImaging
import Testing

@Suite("Tensor sampler")
struct TensorSamplerTests {
    static let vectorISAs = Array(allISAs.dropFirst())

    private func tensor(
        _ sampler: TensorSampler,
        _ image: ImageBuffer,
        _ region: RotatedRectangle,
        isa: pk_isa
    ) -> [Float] {
        let count = sampler.outputSize * sampler.outputSize * 3
        // Three guard values behind the tensor.
        var values = [Float](repeating: 12345, count: count + 3)
        values.withUnsafeMutableBufferPointer { buffer in
            sampler.sample(
                image,
                region: region,
                into: UnsafeMutableBufferPointer(rebasing: buffer[0..<count]),
                isa: isa
            )
        }
        #expect(values[count...].allSatisfy { $0 == 12345 })
        return Array(values[0..<count])
    }

    @Test(arguments: vectorISAs)
    func equalsTheReferenceOnRandomRegions(isa: pk_isa) {
        var generator = SeededGenerator(seed: 0x5EED)
        let extents = [1, 2, 3, 7, 64, 129, 333]
        for trial in 0..<400 {
            let (width, height) = (
                extents.randomElement(using: &generator) ?? 1, extents.randomElement(using: &generator) ?? 1
            )
            let image = ImageBuffer.noise(width: width, height: height, seed: UInt64(trial))
            let scale = Float(max(width, height))
            let side = Float.random(in: 0.01...3, using: &generator) * scale
            let region = RotatedRectangle(
                centerX: .random(in: -1...2, using: &generator) * scale,
                centerY: .random(in: -1...2, using: &generator) * scale,
                width: side,
                height: side,
                rotationRadians: .random(in: -10...10, using: &generator)
            )
            let size = [1, 2, 7, 8, 9, 31, 63, 64, 65, 100, 130].randomElement(using: &generator) ?? 8
            for border in [SamplingBorder.zero, .replicate] {
                let sampler = TensorSampler(outputSize: size, border: border, range: -1...1)
                #expect(
                    tensor(sampler, image, region, isa: isa)
                        == tensor(sampler, image, region, isa: PK_ISA_SCALAR),
                    "trial \(trial): \(width) × \(height), \(region), \(size)"
                )
            }
        }
    }

    @Test(arguments: allISAs)
    func extremeRegionsAreDefined(isa: pk_isa) {
        let image = ImageBuffer.noise(width: 33, height: 17, seed: 1)
        let extremes: [Float] = [0, 1e-20, 1, 1e6, 1e20, 1e38, -5, .infinity, .nan]
        for center in extremes {
            for side in extremes {
                for rotation: Float in [0, 1e9, 1e38, .nan] {
                    let region = RotatedRectangle(
                        centerX: center,
                        centerY: -center,
                        width: side,
                        height: side,
                        rotationRadians: rotation
                    )
                    for border in [SamplingBorder.zero, .replicate] {
                        let sampler = TensorSampler(outputSize: 9, border: border, range: 0...1)
                        let values = tensor(sampler, image, region, isa: isa)
                        #expect(values.allSatisfy { (0...1).contains($0) })
                        #expect(values == tensor(sampler, image, region, isa: PK_ISA_SCALAR))
                    }
                }
            }
        }
    }

    @Test(arguments: allISAs)
    func aRegionOfTheImagesOwnSizeCopiesIt(isa: pk_isa) {
        let image = ImageBuffer.noise(width: 65, height: 65, seed: 2)
        let region = RotatedRectangle(
            centerX: 32.5,
            centerY: 32.5,
            width: 65,
            height: 65,
            rotationRadians: 0
        )
        for border in [SamplingBorder.zero, .replicate] {
            let sampler = TensorSampler(outputSize: 65, border: border, range: 0...255)
            #expect(tensor(sampler, image, region, isa: isa) == image.rgb.map(Float.init))
        }
    }

    @Test(arguments: allISAs)
    func outsideIsBlackOrTheNearestPixel(isa: pk_isa) {
        var image = ImageBuffer(width: 4, height: 4)
        for y in 0..<4 { for x in 0..<4 { image[x, y] = (200, 100, 50) } }
        // One output pixel per image pixel, shifted by a quarter pixel; the image fills columns and rows 4…7.
        let region = RotatedRectangle(centerX: 2.25, centerY: 2, width: 12, height: 12, rotationRadians: 0)
        let black = TensorSampler(outputSize: 12, border: .zero, range: -1...1)
        let row = black.bytes(image, region, isa: isa)[5 * 12 * 3..<6 * 12 * 3]
        let expected: [UInt8] = [50, 25, 13] + [200, 100, 50, 200, 100, 50, 200, 100, 50] + [150, 75, 38]
        #expect(Array(row) == [UInt8](repeating: 0, count: 9) + expected + [UInt8](repeating: 0, count: 12))
        #expect(tensor(black, image, region, isa: isa)[0] == -1)
        let nearest = TensorSampler(outputSize: 12, border: .replicate, range: -1...1)
        #expect(nearest.bytes(image, region, isa: isa).chunks(of: 3) == [[200, 100, 50]])
    }

    @Test
    func scalingRoundsOnce() {
        var image = ImageBuffer(width: 256, height: 256)
        for y in 0..<256 { for x in 0..<256 { image[x, y] = (UInt8(x), UInt8(x), UInt8(x)) } }
        let region = RotatedRectangle(
            centerX: 128,
            centerY: 128,
            width: 256,
            height: 256,
            rotationRadians: 0
        )
        for (range, scale) in [(-1...1, Float(2) / 255), (0...1, Float(1) / 255)]
            as [(ClosedRange<Float>, Float)]
        {
            for isa in allISAs {
                let sampler = TensorSampler(outputSize: 256, border: .zero, range: range)
                let values = tensor(sampler, image, region, isa: isa)
                for v in 0..<256 {
                    #expect(values[3 * v] == Float(Double(v) * Double(scale) + Double(range.lowerBound)))
                }
            }
        }
    }

    @Test
    func changingTheRangeChangesTheValues() {
        var sampler = TensorSampler(outputSize: 1, border: .zero, range: 0...1)
        sampler.range = 2...3
        let image = ImageBuffer(width: 1, height: 1)
        let region = RotatedRectangle(centerX: 0, centerY: 0, width: 1, height: 1, rotationRadians: 0)
        for isa in allISAs { #expect(tensor(sampler, image, region, isa: isa) == [2, 2, 2]) }
    }

    @Test("Rows sampled apart are the rows of the whole", arguments: [SamplingBorder.zero, .replicate])
    func rowsApart(border: SamplingBorder) throws {
        var image = ImageBuffer(width: 97, height: 61)
        image.withUnsafeMutableBytes { bytes in
            for index in bytes.indices {
                bytes[index] = UInt8(truncatingIfNeeded: index &* 2_654_435_761 >> 13)
            }
        }
        let sampler = TensorSampler(outputSize: 70, border: border, range: -1...1)
        let turned = RotatedRectangle(centerX: 40, centerY: 33, width: 80, height: 80, rotationRadians: 0.7)
        let empty = RotatedRectangle(centerX: 40, centerY: 33, width: .nan, height: 80, rotationRadians: 0)
        for region in [turned, empty] {
            var whole = [Float](repeating: 7, count: 70 * 70 * 3)
            whole.withUnsafeMutableBufferPointer { sampler.sample(image, region: region, into: $0) }
            var parts = [Float](repeating: 9, count: whole.count)
            parts.withUnsafeMutableBufferPointer { tensor in
                for rows in [33..<70, 0..<1, 1..<33] {
                    sampler.sample(image, region: region, rows: rows, into: tensor)
                }
            }
            #expect(parts == whole)
        }
    }
}

extension [UInt8] {
    /// The distinct runs of `count` values.
    fileprivate func chunks(of count: Int) -> Set<[UInt8]> {
        Set(stride(from: 0, to: self.count, by: count).map { Array(self[$0..<$0 + count]) })
    }
}
