// SPDX-License-Identifier: Apache-2.0

import PoseTestSupport
import PoseCodecs
import PoseImaging
import Testing

@Suite("EXIF orientation")
struct OrientationTests {
    /// TIFF metadata with the orientation tag between two others.
    static func tiff(_ orientation: UInt16, bigEndian: Bool = true, type: UInt16 = 3) -> [UInt8] {
        func u16(_ value: UInt16) -> [UInt8] {
            let bytes = [UInt8(value >> 8), UInt8(value & 255)]
            return bigEndian ? bytes : bytes.reversed()
        }
        func u32(_ value: UInt16) -> [UInt8] { bigEndian ? u16(0) + u16(value) : u16(value) + u16(0) }
        func entry(_ tag: UInt16, _ value: UInt16) -> [UInt8] {
            u16(tag) + u16(type) + u32(1) + (type == 4 ? u32(value) : u16(value) + u16(0))
        }
        let entries = entry(0x0100, 640) + entry(0x0112, orientation) + entry(0x0128, 2)
        return Array((bigEndian ? "MM" : "II").utf8) + u16(42) + u32(8) + u16(3) + entries + u32(0)
    }

    static func jpeg(_ file: [UInt8], exif: [UInt8]) -> [UInt8] {
        let body = Array("Exif\0\0".utf8) + exif
        let length = body.count + 2
        return file[..<2] + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + body + file[2...]
    }

    static func png(_ file: [UInt8], exif: [UInt8]) -> [UInt8] {
        // Behind the signature and the 25 bytes of IHDR.
        file[..<33] + PNGBuilder.chunk("eXIf", exif) + file[33...]
    }

    static func webp(_ file: [UInt8], exif: [UInt8], width: Int, height: Int) -> [UInt8] {
        func u32(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (8 * $0) & 255) } }
        let size = [0x08, 0, 0, 0] + u32(width - 1)[..<3] + u32(height - 1)[..<3]
        let body =
            Array("WEBPVP8X".utf8) + u32(10) + size + file[12...]
            + Array("EXIF".utf8) + u32(exif.count) + exif + (exif.count % 2 == 1 ? [0] : [])
        return Array("RIFF".utf8) + u32(body.count) + body
    }

    /// Where the standard says that the stored pixel (x, y) belongs, by the sides that row 0 and column 0 show.
    static func uprightPosition(
        _ orientation: Int,
        x: Int,
        y: Int,
        width: Int,
        height: Int
    ) -> (x: Int, y: Int) {
        let (right, bottom) = (width - 1, height - 1)
        return switch orientation {
        case 2: (right - x, y)  // row 0 on top, column 0 on the right
        case 3: (right - x, bottom - y)  // bottom, right
        case 4: (x, bottom - y)  // bottom, left
        case 5: (y, x)  // left, top
        case 6: (bottom - y, x)  // right, top
        case 7: (bottom - y, right - x)  // right, bottom
        case 8: (y, right - x)  // left, bottom
        default: (x, y)
        }
    }

    @Test(arguments: 1...8, [(1, 1), (1, 5), (5, 1), (16, 16), (17, 33), (40, 15)])
    func everyPixelMovesToItsPlace(orientation: Int, size: (Int, Int)) throws {
        let (width, height) = size
        let stored = ImageBuffer.noise(width: width, height: height, seed: 3)
        let upright = try stored.applyingOrientation(orientation)
        #expect(upright.width == (orientation < 5 ? width : height))
        #expect(upright.height == (orientation < 5 ? height : width))
        for y in 0..<height {
            for x in 0..<width {
                let place = Self.uprightPosition(orientation, x: x, y: y, width: width, height: height)
                #expect(upright[place.x, place.y] == stored[x, y])
            }
        }
    }

    @Test(arguments: 1...8, ImageFormat.allCases)
    func filesComeOutUpright(orientation: Int, format: ImageFormat) throws {
        let plain = try ImageEncoder.encode(.noise(width: 37, height: 20, seed: 4), as: format)
        let stored = try ImageDecoder.decode(plain)
        #expect(stored.orientation == 1)
        for (bigEndian, type) in [(true, 3), (false, 3), (true, 4), (false, 4)] as [(Bool, UInt16)] {
            let exif = Self.tiff(UInt16(orientation), bigEndian: bigEndian, type: type)
            let file =
                switch format {
                case .jpeg: Self.jpeg(plain, exif: exif)
                case .png: Self.png(plain, exif: exif)
                default: Self.webp(plain, exif: exif, width: 37, height: 20)
                }
            let decoded = try ImageDecoder.decode(file)
            #expect(decoded.orientation == orientation)
            #expect(decoded.image.width == (orientation < 5 ? 37 : 20))
            let upright = try stored.image.applyingOrientation(orientation)
            #expect(decoded.image.rgb == upright.rgb)
        }
    }

    /// Bands of rows go to their places while the file is decoded: files of every kind, cut bands, and lost rows too.
    @Test(
        arguments: 2...8,
        [
            "baseline-420.jpg", "baseline-411.jpg", "progressive-420.jpg", "restart-420.jpg", "gray.jpg",
            "cmyk-adobe.jpg", "ycck-adobe.jpg", "noise", "cut", "frame within",
        ]
    )
    func jpegPicturesAreTurnedAsTheyAreStored(orientation: Int, name: String) throws {
        var plain =
            name.hasSuffix("jpg")
            ? try Fixtures.bytes(name)
            : try ImageEncoder.encode(.noise(width: 131, height: 83, seed: 8), as: .jpeg, quality: 80)
        if name == "cut" { plain = Array(plain.prefix(plain.count / 2)) }
        if name == "frame within" {
            // A second frame header ends decoding, with the rows above it.
            let (starts, data) = JPEGBuilder.segments(of: plain)
            let frame = try #require(starts.first { plain[$0 + 1] == 0xC0 })
            let size = 2 + Int(plain[frame + 2]) << 8 + Int(plain[frame + 3])
            let header = Array(plain[frame..<frame + size])
            plain = JPEGBuilder.inserting(header, at: (data + plain.count) / 2, in: plain)
        }
        let file = Self.jpeg(plain, exif: Self.tiff(UInt16(orientation)))
        for reduction in [1, 2, 8] {
            let stored = try ImageDecoder.decode(plain, allowsDamaged: true, reduction: reduction)
            let turned = try ImageDecoder.decode(file, allowsDamaged: true, reduction: reduction)
            #expect(turned.orientation == orientation && turned.warnings == stored.warnings)
            #expect(turned.isDamaged == ["cut", "frame within"].contains(name))
            #expect(turned.image.rgb == (try stored.image.applyingOrientation(orientation).rgb))
        }
    }

    @Test
    func damagedMetadataMeansUpright() throws {
        let plain = try ImageEncoder.encode(.noise(width: 9, height: 5, seed: 5), as: .jpeg)
        let whole = Self.tiff(6)
        // The orientation's value ends at byte 32.
        for length in 0..<32 {
            let decoded = try ImageDecoder.decode(Self.jpeg(plain, exif: Array(whole.prefix(length))))
            #expect(decoded.orientation == 1, "\(length) bytes")
        }
        for value: UInt16 in [0, 9, 65_535] {
            #expect(try ImageDecoder.decode(Self.jpeg(plain, exif: Self.tiff(value))).orientation == 1)
        }
        var generator = SeededGenerator(seed: 0x5EED)
        for _ in 0..<2000 {
            var exif = whole
            for _ in 0..<3 {
                exif[.random(in: exif.indices, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            let decoded = try ImageDecoder.decode(Self.jpeg(plain, exif: exif))
            #expect((1...8).contains(decoded.orientation))
        }
    }

    @Test
    func pngOrientationBehindThePixelsCounts() throws {
        let plain = try ImageEncoder.encode(.noise(width: 9, height: 5, seed: 5), as: .png)
        let exif = PNGBuilder.chunk("eXIf", Self.tiff(6))
        let file = plain.dropLast(12) + exif + plain.suffix(12)
        #expect(try ImageDecoder.decode(Array(file)).orientation == 6)
        #expect(try ImageDecoder.inspect(Array(file)).width == 5)
    }

    @Test
    func pngOrientationWithAWrongChecksumDoesNotCount() throws {
        let plain = try ImageEncoder.encode(.noise(width: 9, height: 5, seed: 5), as: .png)
        var file = Self.png(plain, exif: Self.tiff(6))
        file[33 + 8 + Self.tiff(6).count] ^= 1
        #expect(try ImageDecoder.decode(file).orientation == 1)
    }

    @Test
    func jpegOrientationInASecondSegmentCountsWhenTheFirstHasNone() throws {
        let plain = try ImageEncoder.encode(.noise(width: 9, height: 5, seed: 5), as: .jpeg)
        let file = Self.jpeg(Self.jpeg(plain, exif: Self.tiff(6)), exif: [])
        #expect(try ImageDecoder.decode(file).orientation == 6)
        let twice = Self.jpeg(Self.jpeg(plain, exif: Self.tiff(6)), exif: Self.tiff(3))
        #expect(try ImageDecoder.decode(twice).orientation == 3)
    }

    @Test
    func offsetsPastTheEndAreSafe() throws {
        let plain = try ImageEncoder.encode(ImageBuffer(width: 2, height: 2), as: .png)
        for offset: [UInt8] in [[0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0, 0, 0, 40]] {
            var exif = Self.tiff(6)
            exif.replaceSubrange(4..<8, with: offset)
            #expect(try ImageDecoder.decode(Self.png(plain, exif: exif)).orientation == 1)
        }
    }
}
