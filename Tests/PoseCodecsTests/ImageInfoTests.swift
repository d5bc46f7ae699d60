// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

/// What a file says before memory is taken for its pixels.
@Suite("Image info")
struct ImageInfoTests {
    @Test(arguments: Fixtures.lines("pictures.txt"))
    func tellsSizeAndFormat(line: [String]) throws {
        let bytes = try Fixtures.bytes(line[0])
        let info = try ImageDecoder.inspect(bytes)
        #expect(info.width == Int(line[1]) && info.height == Int(line[2]))
        #expect(info.storedWidth == info.width && info.storedHeight == info.height)
        #expect(info.format == ImageFormat(path: line[0]))
        #expect(info.orientation == 1 && !info.isAnimated && !info.hasICCProfile)
        #expect(info.byteCount == bytes.count)
        #expect(info.decodedByteCount >= info.pixelCount * 4)
        let isTransparent = ["alpha", "rgba", "transparent"].contains { line[0].contains($0) }
        #expect(info.hasAlpha == isTransparent)
    }

    @Test(arguments: 1...8)
    func tellsTheUprightSize(orientation: Int) throws {
        let plain = try ImageEncoder.encode(.noise(width: 37, height: 20, seed: 4), as: .jpeg)
        let info = try ImageDecoder.inspect(
            OrientationTests.jpeg(plain, exif: OrientationTests.tiff(UInt16(orientation)))
        )
        #expect(info.storedWidth == 37 && info.storedHeight == 20)
        #expect(info.orientation == orientation)
        #expect(info.width == (orientation < 5 ? 37 : 20) && info.height == (orientation < 5 ? 20 : 37))
    }

    @Test
    func tellsOfAnimation() throws {
        #expect(try ImageDecoder.inspect(Fixtures.bytes("animated.webp")).isAnimated)
    }

    @Test
    func countsWhatDecodingHolds() throws {
        let side = 1000
        let pixels = side * side * 4
        let jpeg = try ImageEncoder.encode(ImageBuffer(width: side, height: side), as: .jpeg)
        let plain = try ImageDecoder.inspect(jpeg).decodedByteCount
        #expect((pixels...pixels + pixels / 5).contains(plain))
        // JPEG files are turned while they are decoded.
        let turned = try ImageDecoder.inspect(OrientationTests.jpeg(jpeg, exif: OrientationTests.tiff(6)))
        #expect(turned.decodedByteCount == plain)
        let png = try ImageEncoder.encode(ImageBuffer(width: side, height: side), as: .png)
        let turnedPNG = try ImageDecoder.inspect(OrientationTests.png(png, exif: OrientationTests.tiff(6)))
        #expect((2 * pixels...2 * pixels + pixels / 5).contains(turnedPNG.decodedByteCount))
        // Every coefficient of a progressive file, 2 bytes for each gray pixel.
        let progressive = try ImageDecoder.inspect(JPEGBuilder.manyScans(side: side, scans: 0))
        #expect((pixels * 3 / 2...pixels * 2).contains(progressive.decodedByteCount))
        let huge = PNGBuilder.header(width: 0x7FFF_FFFF, height: 0x7FFF_FFFF)
        #expect(try ImageDecoder.inspect(huge).decodedByteCount == .max)
    }

    @Test
    func bytesInMemoryAreReadWhereTheyAre() throws {
        for name in Fixtures.pictures {
            let bytes = try Fixtures.bytes(name)
            let (info, decoded) = try bytes.withUnsafeBytes {
                (try ImageDecoder.inspect(from: $0), try ImageDecoder.decode(from: $0))
            }
            #expect(info == (try ImageDecoder.inspect(bytes)))
            #expect(decoded.image.rgb == (try ImageDecoder.decode(bytes).image.rgb), "\(name)")
        }
        let error = #expect(throws: ImageError.self) {
            try ImageDecoder.decode(from: UnsafeRawBufferPointer(start: nil, count: 0))
        }
        #expect(error?.code == .notAnImage)
    }

    @Test
    func aHeaderCutShortIsATypedError() throws {
        for name in Fixtures.pictures + ["animated.webp"] {
            let whole = try Fixtures.bytes(name)
            for length in 0..<whole.count {
                do {
                    let info = try ImageDecoder.inspect(Array(whole.prefix(length)))
                    #expect(info.width >= 1 && info.height >= 1)
                } catch {
                    #expect(error.code == .undecodable || error.code == .notAnImage && length < 12)
                }
            }
        }
    }
}
