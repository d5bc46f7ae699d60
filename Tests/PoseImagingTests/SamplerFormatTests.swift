// SPDX-License-Identifier: Apache-2.0

import CPoseKernels
import PoseImaging
import PoseTestSupport
import Testing

/// Sampling a view in any format gives the bits of sampling the picture converted to BGRX.
@Suite("Sampler formats")
struct SamplerFormatTests {
    private func tensor(
        _ sampler: TensorSampler,
        _ view: PictureView,
        _ region: RotatedRectangle,
        isa: pk_isa
    ) -> [Float] {
        let count = sampler.outputSize * sampler.outputSize * 3
        // Guard values before and behind the tensor.
        var values = [Float](repeating: 12345, count: count + 6)
        values.withUnsafeMutableBufferPointer { buffer in
            sampler.sample(
                view,
                region: region,
                into: UnsafeMutableBufferPointer(rebasing: buffer[3..<count + 3]),
                isa: isa
            )
        }
        #expect((values[..<3] + values[(count + 3)...]).allSatisfy { $0 == 12345 })
        return Array(values[3..<count + 3])
    }

    private func randomRegion(
        _ width: Int,
        _ height: Int,
        using generator: inout SeededGenerator
    ) -> RotatedRectangle {
        let scale = Float(max(width, height))
        let side = Float.random(in: 0.01...3, using: &generator) * scale
        return RotatedRectangle(
            centerX: .random(in: -1...2, using: &generator) * scale,
            centerY: .random(in: -1...2, using: &generator) * scale,
            width: side,
            height: side,
            rotationRadians: .random(in: -10...10, using: &generator)
        )
    }

    @Test(arguments: PixelFormat.all, allISAs)
    func samplesLikeTheConvertedPicture(format: PixelFormat, isa: pk_isa) throws {
        var generator = SeededGenerator(seed: 0xF0A3A7)
        let extents = [1, 2, 3, 7, 64, 129, 333]
        for trial in 0..<60 {
            let (width, height) = (
                extents.randomElement(using: &generator)!, extents.randomElement(using: &generator)!
            )
            let picture = try FencedPicture(
                width: width,
                height: height,
                format: format,
                padding: [0, 1, 2, 13].randomElement(using: &generator)!,
                color: YUVColor.all[trial % YUVColor.all.count],
                fencedBelow: false,
                using: &generator
            )
            let converted = try ImageBuffer(copying: picture.view)
            let region = randomRegion(width, height, using: &generator)
            let size = [1, 2, 7, 8, 9, 31, 63, 64, 65, 100, 130].randomElement(using: &generator)!
            for border in [SamplingBorder.zero, .replicate] {
                let sampler = TensorSampler(outputSize: size, border: border, range: -1...1)
                let reference = converted.withView { tensor(sampler, $0, region, isa: isa) }
                let areEqual = tensor(sampler, picture.view, region, isa: isa) == reference
                #expect(areEqual, "trial \(trial): \(width) × \(height), \(region), \(size)")
            }
        }
    }

    @Test(arguments: PixelFormat.all)
    func rowsSampledApartAreThoseOfTheWhole(format: PixelFormat) throws {
        var generator = SeededGenerator(seed: 0x2085)
        let picture = try FencedPicture(
            width: 97,
            height: 61,
            format: format,
            fencedBelow: false,
            using: &generator
        )
        let sampler = TensorSampler(outputSize: 70, border: .replicate, range: -1...1)
        let region = RotatedRectangle(centerX: 40, centerY: 33, width: 80, height: 80, rotationRadians: 0.7)
        var whole = [Float](repeating: 7, count: 70 * 70 * 3)
        whole.withUnsafeMutableBufferPointer { sampler.sample(picture.view, region: region, into: $0) }
        var parts = [Float](repeating: 9, count: whole.count)
        parts.withUnsafeMutableBufferPointer { tensor in
            for rows in [33..<70, 0..<1, 1..<33] {
                sampler.sample(picture.view, region: region, rows: rows, into: tensor)
            }
        }
        #expect(parts == whole)
    }

    @Test(arguments: PixelFormat.all)
    func aRegionWithoutAreaIsBlackInEveryFormat(format: PixelFormat) throws {
        var generator = SeededGenerator(seed: 1)
        let picture = try FencedPicture(
            width: 4,
            height: 4,
            format: format,
            fencedBelow: false,
            using: &generator
        )
        let sampler = TensorSampler(outputSize: 3, border: .zero, range: -1...1)
        let empty = RotatedRectangle(centerX: 2, centerY: 2, width: 0, height: 0, rotationRadians: 0)
        #expect(tensor(sampler, picture.view, empty, isa: PK_ISA_SCALAR).allSatisfy { $0 == -1 })
    }
}
