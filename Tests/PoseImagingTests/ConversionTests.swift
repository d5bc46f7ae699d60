// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import PoseTestSupport
import Testing

/// `ImageBuffer(copying:)` against pixels that are read one by one, and colours computed in double precision.
@Suite("Conversion to BGRX")
struct ConversionTests {
    /// Red, green and blue of a luma and two chroma values, unrounded, by the definition of BT.601-7 and BT.709-6.
    private static func rgb(_ y: UInt8, _ cb: UInt8, _ cr: UInt8, _ color: YUVColor) -> [Double] {
        let (kr, kb) = color.matrix == .bt601 ? (0.299, 0.114) : (0.2126, 0.0722)
        let isFull = color.range == .full
        let luma = isFull ? Double(y) / 255 : (Double(y) - 16) / 219
        let b = (Double(cb) - 128) / (isFull ? 255 : 224)
        let r = (Double(cr) - 128) / (isFull ? 255 : 224)
        let red = luma + 2 * (1 - kr) * r
        let blue = luma + 2 * (1 - kb) * b
        let green = (luma - kr * red - kb * blue) / (1 - kr - kb)
        return [red, green, blue].map { min(255, max(0, 255 * $0)) }
    }

    private static func isClose(_ pixel: (red: UInt8, green: UInt8, blue: UInt8), _ exact: [Double]) -> Bool {
        // Half a step of rounding, and the constants' own.
        zip([pixel.red, pixel.green, pixel.blue], exact).allSatisfy { abs(Double($0) - $1) <= 0.51 }
    }

    @Test(arguments: [PixelFormat.bgrx, .rgba, .bgr, .rgb, .gray], [0, 5])
    func channelsKeepTheirValues(format: PixelFormat, padding: Int) throws {
        var generator = SeededGenerator(seed: 0xC0)
        let picture = try FencedPicture(
            width: 37,
            height: 11,
            format: format,
            padding: padding,
            fencedBelow: false,
            using: &generator
        )
        let image = try ImageBuffer(copying: picture.view)
        let plane = picture.view.planes[0]
        for y in 0..<11 {
            for x in 0..<37 {
                let at = y * plane.stride + x * format.bytesPerPixel
                let channels =
                    format == .gray ? [0, 0, 0] : [.rgba, .rgb].contains(format) ? [0, 1, 2] : [2, 1, 0]
                let expected = channels.map { plane.bytes[at + $0] }
                let pixel = image[x, y]
                #expect([pixel.red, pixel.green, pixel.blue] == expected)
            }
        }
    }

    @Test(arguments: [PixelFormat.i420, .nv12], [(1, 1), (2, 2), (33, 17), (40, 3)])
    func chromaIsThatOfTheTwoByTwoBlock(format: PixelFormat, size: (Int, Int)) throws {
        for (index, color) in YUVColor.all.enumerated() {
            var generator = SeededGenerator(seed: UInt64(index))
            let picture = try FencedPicture(
                width: size.0,
                height: size.1,
                format: format,
                padding: index,
                color: color,
                fencedBelow: true,
                using: &generator
            )
            let image = try ImageBuffer(copying: picture.view)
            let planes = picture.view.planes
            for y in 0..<size.1 {
                for x in 0..<size.0 {
                    let luma = planes[0].bytes[y * planes[0].stride + x]
                    let row = y / 2 * planes[1].stride
                    let (cb, cr) =
                        format == .nv12
                        ? (planes[1].bytes[row + x / 2 * 2], planes[1].bytes[row + x / 2 * 2 + 1])
                        : (planes[1].bytes[row + x / 2], planes[2].bytes[row + x / 2])
                    #expect(
                        Self.isClose(image[x, y], Self.rgb(luma, cb, cr, color)),
                        "(\(x), \(y)), \(color)"
                    )
                }
            }
        }
    }

    @Test(arguments: YUVColor.all)
    func blackWhiteAndGrayAreExact(color: YUVColor) throws {
        let (black, white): (UInt8, UInt8) = color.range == .full ? (0, 255) : (16, 235)
        for (luma, value) in [(black, 0), (white, 255)] as [(UInt8, UInt8)] {
            let frame = [UInt8](repeating: luma, count: 4) + [128, 128]
            let pixel = try frame.withUnsafeBytes {
                try ImageBuffer(copying: PictureView($0, width: 2, height: 2, format: .i420, color: color))[
                    1,
                    1
                ]
            }
            #expect(pixel == (value, value, value))
        }
        let steps = try (0...255 as ClosedRange<UInt8>).map { luma in
            try [luma, 128, 128].withUnsafeBytes {
                try ImageBuffer(copying: PictureView($0, width: 1, height: 1, format: .nv12, color: color))[
                    0,
                    0
                ]
            }
        }
        #expect(steps.allSatisfy { $0.red == $0.green && $0.green == $0.blue })
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.red <= $1.red })
    }

    @Test(arguments: PixelFormat.all)
    func theUnusedByteIsOpaqueOrThePicturesOwn(format: PixelFormat) throws {
        var generator = SeededGenerator(seed: 9)
        let picture = try FencedPicture(
            width: 5,
            height: 3,
            format: format,
            fencedBelow: false,
            using: &generator
        )
        let places = (0..<15).map { 4 * $0 + 3 }
        let unused: [UInt8] = try ImageBuffer(copying: picture.view).withUnsafeBytes { bytes in
            places.map { bytes[$0] }
        }
        let own = picture.view.planes[0].bytes
        let expected: [UInt8] = places.map { format == .bgrx ? own[$0] : 255 }
        #expect(unused == expected)
    }

    @Test
    func bytesWithAStrideBecomeAPicture() throws {
        let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 99, 99, 7, 8, 9, 10, 11, 12]
        let rgb = try ImageBuffer(rgb: bytes, width: 2, height: 2, stride: 8)
        #expect(rgb.rgb == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
        let bgr = try ImageBuffer(bgr: bytes, width: 2, height: 2, stride: 8)
        #expect(bgr.rgb == [3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10])
        #expect(try ImageBuffer(rgb: bytes, width: 1, height: 4).rgb == bytes[..<12].map { $0 })
        let error = #expect(throws: ImageError.self) {
            try ImageBuffer(rgb: bytes, width: 2, height: 2, stride: 9)
        }
        #expect(error?.code == .invalidBuffer)
    }
}
