// SPDX-License-Identifier: Apache-2.0

import PoseTestSupport
import CPoseKernels
import Glibc
import PoseImaging
import Testing

/// What the sampler may read, held by pages that nobody may read.
@Suite("Sampler memory")
struct SamplerMemoryTests {
    private func sample(
        _ picture: pk_picture,
        _ border: pk_border,
        _ matrix: [Double],
        size: Int,
        isa: pk_isa
    )
        -> [Float]
    {
        var picture = picture
        var values = [Float](repeating: .nan, count: size * size * 3)
        let table = (0...255).map(Float.init)
        pk_sample_rgb_f32(isa, &picture, border, matrix, CInt(size), 0, CInt(size), 1, 0, table, &values)
        return values
    }

    @Test(
        "No byte outside the picture is read, and every format samples like its conversion",
        arguments: allISAs,
        [false, true]
    )
    func nothingOutsideThePictureIsRead(isa: pk_isa, fencedBelow: Bool) throws {
        var generator = SeededGenerator(seed: 0xFE2CE)
        for trial in 0..<1400 {
            let format = PixelFormat.all[trial % PixelFormat.all.count]
            let color = YUVColor.all[trial / PixelFormat.all.count % YUVColor.all.count]
            let padding = [0, 0, 1, 3, 4, 61].randomElement(using: &generator)!
            let (width, height) = (
                Int.random(in: 1...40, using: &generator), Int.random(in: 1...40, using: &generator)
            )
            let fenced = try FencedPicture(
                width: width,
                height: height,
                format: format,
                padding: padding,
                color: color,
                fencedBelow: fencedBelow,
                using: &generator
            )
            // Whole picture or a corner of it, in steps that leave a region's end on, before or behind the border.
            let extent = Float(max(width, height))
            let side = extent * [0.25, 0.5, 1, 1.25].randomElement(using: &generator)!
            let corner = [0, extent - side, extent - side + 1, -1].randomElement(using: &generator)!
            let region = RotatedRectangle(
                centerX: corner + side / 2,
                centerY: corner + side / 2,
                width: side,
                height: side,
                rotationRadians: [0, 0, 0.3, 1.5, 3].randomElement(using: &generator)!
            )
            let size = [1, 5, 8, 13, 60, 64, 67, 129].randomElement(using: &generator)!
            let map = try #require(SamplingMap(region: region, outputSize: size))
            let converted = try ImageBuffer(copying: fenced.view)
            for border in [PK_BORDER_ZERO, PK_BORDER_REPLICATE] {
                let values = sample(fenced.view.kernelPicture, border, map.matrix, size: size, isa: isa)
                let reference = converted.withView {
                    sample($0.kernelPicture, border, map.matrix, size: size, isa: PK_ISA_SCALAR)
                }
                let areEqual = values == reference
                #expect(
                    areEqual,
                    "trial \(trial): \(format) \(width) × \(height) + \(padding), \(region), \(size)"
                )
            }
        }
    }

    @Test(arguments: allISAs)
    func offsetsBeyond32BitsAreRead(isa: pk_isa) {
        // Five rows, all but the starts of which stay unused address space.
        let stride = Int(Int32.max) / 4 * 4
        let byteCount = 5 * stride
        let start = mmap(nil, byteCount, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)!
        #expect(start != MAP_FAILED)
        defer { munmap(start, byteCount) }
        for row in 0..<5 {
            let first = (row * stride) / 4096 * 4096
            mprotect(start + first, 8192, PROT_READ | PROT_WRITE)
            for i in 0..<16 {
                start.storeBytes(of: UInt8(40 * row + i), toByteOffset: row * stride + i, as: UInt8.self)
            }
        }
        var picture = pk_picture()
        picture.pixels = UnsafeRawPointer(start)
        (picture.stride, picture.width, picture.height) = (stride, 4, 5)
        // Half a pixel down from each of the third and fourth row.
        let matrix: [Double] = [1, 0, 0, 0, 1, 2.5, 0, 0, 1]
        let values = sample(picture, PK_BORDER_REPLICATE, matrix, size: 2, isa: isa)
        #expect(values == [102, 101, 100, 106, 105, 104, 142, 141, 140, 146, 145, 144])
    }

    @Test(arguments: allISAs)
    func mapsThatTaperTurnOverOrVanishAreDefined(isa: pk_isa) throws {
        var generator = SeededGenerator(seed: 0x7A9E2)
        let fenced = try FencedPicture(width: 90, height: 70, fencedBelow: false, using: &generator)
        let tapers = [0, 1e-17, -1e-10, 1e-3, -0.02, 0.5, 1e300, -.infinity, .nan]
        for taper in tapers {
            for w in [1, -1, 0, 0.999_999_999_999_999_9, Double.leastNonzeroMagnitude, 1e307] {
                for slope in [0.5, -0.5, 3, 1e300, Double.leastNonzeroMagnitude] {
                    let matrix = [slope, 0.1, 40, -0.1, slope, 35, taper, taper / 3, w]
                    for border in [PK_BORDER_ZERO, PK_BORDER_REPLICATE] {
                        let values = sample(fenced.view.kernelPicture, border, matrix, size: 75, isa: isa)
                        let reference = sample(
                            fenced.view.kernelPicture,
                            border,
                            matrix,
                            size: 75,
                            isa: PK_ISA_SCALAR
                        )
                        let areEqual = values == reference
                        #expect(
                            areEqual,
                            "slope \(slope), taper \(taper), w \(w)"
                        )
                    }
                }
            }
        }
    }
}
