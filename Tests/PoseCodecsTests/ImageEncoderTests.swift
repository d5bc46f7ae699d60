// SPDX-License-Identifier: Apache-2.0

import PoseTestSupport
import PoseCodecs
import PoseImaging
import Testing

@Suite("Image encoder")
struct ImageEncoderTests {
    /// Slopes that lossy codecs keep well.
    static func slopes(width: Int, height: Int) -> ImageBuffer {
        var image = ImageBuffer(width: width, height: height)
        for y in 0..<height {
            for x in 0..<width {
                image[x, y] = (
                    UInt8(x * 255 / max(width - 1, 1)), UInt8(y * 255 / max(height - 1, 1)), 96
                )
            }
        }
        return image
    }

    @Test(arguments: [(1, 1), (1, 7), (7, 1), (8, 8), (17, 31), (160, 90)])
    func pngIsLossless(size: (Int, Int)) throws {
        let image = ImageBuffer.noise(width: size.0, height: size.1, seed: 6)
        let file = try ImageEncoder.encode(image, as: .png)
        #expect(ImageFormat.detect(file) == .png)
        #expect(try ImageDecoder.decode(file).image.rgb == image.rgb)
    }

    @Test(arguments: [ImageFormat.jpeg, .webp], [(1, 1), (1, 7), (7, 1), (17, 31), (160, 90)])
    func lossyFormatsStayClose(format: ImageFormat, size: (Int, Int)) throws {
        let image = Self.slopes(width: size.0, height: size.1)
        let file = try ImageEncoder.encode(image, as: format, quality: 95)
        #expect(ImageFormat.detect(file) == format)
        let decoded = try ImageDecoder.decode(file).image
        #expect(decoded.width == image.width && decoded.height == image.height)
        let errors = zip(image.rgb, decoded.rgb).map { abs(Int($0) - Int($1)) }
        #expect(Double(errors.reduce(0, +)) / Double(errors.count) < (size.0 * size.1 > 1000 ? 4 : 24))
    }

    @Test
    func qualityTradesSize() throws {
        let image = ImageBuffer.noise(width: 64, height: 64, seed: 7)
        for format in [ImageFormat.jpeg, .webp] {
            let sizes = try [1, 50, 100].map { try ImageEncoder.encode(image, as: format, quality: $0).count }
            #expect(sizes == sizes.sorted() && sizes[0] < sizes[2])
        }
    }

    @Test
    func thinRedLinesKeepTheirColor() throws {
        var image = ImageBuffer(width: 32, height: 32)
        for y in 0..<32 { image[16, y] = (255, 0, 0) }
        let decoded = try ImageDecoder.decode(ImageEncoder.encode(image, as: .jpeg)).image
        #expect(decoded[16, 16].red > 220 && decoded[14, 16].red < 40)
    }

    @Test
    func grayPNGIsLossless() throws {
        for (width, height) in [(1, 1), (3, 5), (256, 256)] {
            let pixels = (0..<width * height).map { UInt8(truncatingIfNeeded: $0 * 7) }
            let file = try ImageEncoder.encodeGrayPNG(pixels, width: width, height: height)
            #expect(file[25] == 0, "colour type gray")
            #expect(try ImageDecoder.decode(file).image.rgb == pixels.flatMap { [$0, $0, $0] })
        }
    }

    @Test
    func impossibleRequestsAreErrors() {
        let image = ImageBuffer(width: 1, height: 1)
        for quality in [0, 101, -5, .max] {
            let error = #expect(throws: ImageError.self) {
                try ImageEncoder.encode(image, as: .jpeg, quality: quality)
            }
            #expect(error?.code == .encodingFailed)
            #expect(error?.message.contains("must be 1…100, got \(quality)") == true)
        }
        let wide = ImageBuffer(width: 16_384, height: 1)
        let error = #expect(throws: ImageError.self) { try ImageEncoder.encode(wide, as: .webp) }
        #expect(error?.message.contains("1…16383") == true)
        for (width, height) in [(2, 2), (0, 1), (-1, -1), (.max, 3)] {
            #expect(throws: ImageError.self) {
                try ImageEncoder.encodeGrayPNG([1], width: width, height: height)
            }
        }
    }

    /// libjpeg stops below the 65,535 that a JPEG header can say.
    @Test
    func jpegSidesAbove65500AreRefusedInWords() throws {
        let widest = try ImageEncoder.encode(ImageBuffer(width: 65_500, height: 1), as: .jpeg)
        #expect(try ImageDecoder.inspect(widest).width == 65_500)
        for (width, height) in [(65_501, 1), (1, 66_000)] {
            let image = ImageBuffer(width: width, height: height)
            let error = #expect(throws: ImageError.self) { try ImageEncoder.encode(image, as: .jpeg) }
            #expect(error?.code == .tooLarge)
            #expect(
                error?.message
                    == "The picture is \(width) × \(height) pixels; a JPEG file has sides of 1…65500 pixels."
                    + " Write it as PNG, or scale it down first."
            )
            #expect(try ImageDecoder.decode(ImageEncoder.encode(image, as: .png)).image.width == width)
        }
    }

    @Test
    func sameInputSameBytes() throws {
        let image = ImageBuffer.noise(width: 50, height: 40, seed: 8)
        for format in ImageFormat.allCases {
            #expect(try ImageEncoder.encode(image, as: format) == ImageEncoder.encode(image, as: format))
        }
    }
}
