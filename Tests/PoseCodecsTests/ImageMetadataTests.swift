// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

/// Colour profiles and transparency pass from a file to the one made from it.
@Suite("Image metadata")
struct ImageMetadataTests {
    /// Bytes with the header of a profile.
    static func profile(size: Int = 560, space: String = "RGB ") -> [UInt8] {
        var generator = SeededGenerator(seed: 13)
        var bytes = (0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }
        bytes.replaceSubrange(0..<4, with: PNGBuilder.bigEndian(UInt32(size)))
        bytes.replaceSubrange(16..<20, with: space.utf8)
        bytes.replaceSubrange(36..<40, with: "acsp".utf8)
        return bytes
    }

    private static let image = ImageBuffer.noise(width: 21, height: 13, seed: 14)

    private static func plane(width: Int = 21, height: Int = 13) throws -> AlphaPlane {
        try AlphaPlane(
            (0..<width * height).map { UInt8(truncatingIfNeeded: $0 * 37) },
            width: width,
            height: height
        )
    }

    /// A JPEG file keeps 65,519 bytes of a profile in a segment.
    @Test(arguments: ImageFormat.allCases, [128, 561, 65_519, 65_520, 200_000])
    func profilesAreKept(format: ImageFormat, size: Int) throws {
        let profile = Self.profile(size: size)
        let metadata = ImageMetadata(iccProfile: profile)
        let file = try ImageEncoder.encode(Self.image, as: format, metadata: metadata)
        #expect(try ImageDecoder.inspect(file).hasICCProfile)
        let decoded = try ImageDecoder.decode(file)
        #expect(decoded.metadata.iccProfile == profile)
        #expect(decoded.warnings.isEmpty)
        let plain = try ImageEncoder.encode(Self.image, as: format)
        #expect(decoded.image.rgb == (try ImageDecoder.decode(plain).image.rgb))
        #expect(try ImageDecoder.decode(plain).metadata.iccProfile == nil)
    }

    @Test(arguments: ImageFormat.allCases)
    func profilesOfOtherColorSpacesAreLeftOut(format: ImageFormat) throws {
        let cut: [UInt8] = Self.profile().dropLast()
        for profile in [Self.profile(space: "GRAY"), Self.profile(space: "CMYK"), cut, [1, 2, 3]] {
            let file = try ImageEncoder.encode(
                Self.image,
                as: format,
                metadata: ImageMetadata(iccProfile: profile)
            )
            let decoded = try ImageDecoder.decode(file)
            #expect(decoded.metadata.iccProfile == nil)
        }
    }

    @Test
    func aProfileWithoutOneOfItsSegmentsIsLeftOut() throws {
        let metadata = ImageMetadata(iccProfile: Self.profile(size: 150_000))
        let file = try ImageEncoder.encode(Self.image, as: .jpeg, metadata: metadata)
        let starts = JPEGBuilder.segments(of: file).starts
        let pieces = starts.indices.filter { file[starts[$0] + 1] == 0xE2 }
        #expect(pieces.count == 3)
        for piece in pieces {
            let without = file[..<starts[piece]] + file[starts[piece + 1]...]
            let decoded = try ImageDecoder.decode(Array(without))
            #expect(decoded.metadata.iccProfile == nil)
        }
        // Out of order they are put in order.
        let (a, b, c) = (starts[pieces[0]], starts[pieces[1]], starts[pieces[2]])
        let exchanged = file[..<a] + file[b..<c] + file[a..<b] + file[c...]
        #expect(try ImageDecoder.decode(Array(exchanged)).metadata.iccProfile == metadata.iccProfile)
    }

    /// A few bytes of zlib can stand for gigabytes.
    @Test
    func aCompressedProfileWithoutBoundsIsLeftOut() throws {
        let zeros = [UInt8](repeating: 0, count: 20_000_000)
        let chunk = PNGBuilder.chunk("iCCP", Array("x".utf8) + [0, 0] + PNGBuilder.stored(zeros))
        let file = PNGBuilder.gray(width: 1, height: 1)
        #expect(try ImageDecoder.decode(file[..<33] + chunk + file[33...]).metadata.iccProfile == nil)
    }

    @Test(arguments: [ImageFormat.png, .webp], [false, true])
    func transparencyIsKept(format: ImageFormat, hasProfile: Bool) throws {
        let metadata = ImageMetadata(iccProfile: hasProfile ? Self.profile() : nil, alpha: try Self.plane())
        let file = try ImageEncoder.encode(Self.image, as: format, metadata: metadata)
        let decoded = try ImageDecoder.decode(file)
        #expect(decoded.metadata.alpha?.values == (try Self.plane().values))
        #expect(decoded.metadata.iccProfile == metadata.iccProfile)
        #expect(format != .png || decoded.image.rgb == Self.image.rgb)
        #expect(decoded.warnings.isEmpty)
    }

    @Test
    func jpegDropsTransparency() throws {
        let metadata = ImageMetadata(alpha: try Self.plane())
        #expect(
            try ImageEncoder.encode(Self.image, as: .jpeg, metadata: metadata)
                == ImageEncoder.encode(Self.image, as: .jpeg)
        )
    }

    @Test
    func everyKindOfTransparencyIsRead() throws {
        let gray = try ImageDecoder.decode(Fixtures.bytes("gray-8.png")).image.rgb
        let keyed = try #require(
            try ImageDecoder.decode(Fixtures.bytes("gray-8-transparent.png")).metadata.alpha
        )
        for (i, value) in keyed.values.enumerated() { #expect(value == (gray[3 * i] == 0x80 ? 0 : 255)) }
        let rgba = try #require(try ImageDecoder.decode(Fixtures.bytes("rgba-8.png")).metadata.alpha)
        for name in ["rgba-16.png", "interlaced-rgba-16.png", "lossless-alpha.webp", "lossy-alpha.webp"] {
            #expect(
                try ImageDecoder.decode(Fixtures.bytes(name)).metadata.alpha?.values == rgba.values,
                "\(name)"
            )
        }
        let palette = try #require(
            try ImageDecoder.decode(Fixtures.bytes("palette-4-transparent.png")).metadata.alpha
        )
        #expect(palette.values.allSatisfy { $0 % 16 == 0 })
        #expect(try ImageDecoder.decode(Fixtures.bytes("rgb-8.png")).metadata.alpha == nil)
    }

    @Test
    func anAlphaChannelThatSaysNothingIsDropped() throws {
        let opaque = try AlphaPlane([UInt8](repeating: 255, count: 21 * 13), width: 21, height: 13)
        for format in [ImageFormat.png, .webp] {
            let file = try ImageEncoder.encode(Self.image, as: format, metadata: ImageMetadata(alpha: opaque))
            #expect(try ImageDecoder.decode(file).metadata.alpha == nil)
        }
    }

    @Test(arguments: 1...8)
    func transparencyTurnsWithThePicture(orientation: Int) throws {
        // Opacity is the red of each pixel.
        let image = ImageBuffer.noise(width: 23, height: 17, seed: 15)
        let red = stride(from: 0, to: image.rgb.count, by: 3).map { image.rgb[$0] }
        let metadata = ImageMetadata(alpha: try AlphaPlane(red, width: 23, height: 17))
        let file = try ImageEncoder.encode(image, as: .png, metadata: metadata)
        let decoded = try ImageDecoder.decode(
            OrientationTests.png(file, exif: OrientationTests.tiff(UInt16(orientation)))
        )
        let upright = decoded.image.rgb
        let alpha = try #require(decoded.metadata.alpha)
        #expect(alpha.width == decoded.image.width && alpha.height == decoded.image.height)
        #expect(alpha.values == stride(from: 0, to: upright.count, by: 3).map { upright[$0] })
    }

    @Test
    func whatIsDrawnOnATransparentPictureIsOpaque() throws {
        let plane = try AlphaPlane([UInt8](repeating: 0, count: 21 * 13), width: 21, height: 13)
        var drawn = Self.image
        let before = drawn[4, 5]
        drawn[4, 5] = (before.red ^ 1, before.green, before.blue)
        let covering = try plane.covering(Self.image, drawn: drawn)
        #expect(covering.values.enumerated().allSatisfy { $1 == ($0 == 5 * 21 + 4 ? 255 : 0) })
    }

    @Test
    func sizesThatDifferAreErrors() throws {
        let other = ImageMetadata(alpha: try Self.plane(width: 13, height: 21))
        let error = #expect(throws: ImageError.self) {
            try ImageEncoder.encode(Self.image, as: .png, metadata: other)
        }
        #expect(error?.code == .encodingFailed && error?.message.contains("13 × 21 and 21 × 13") == true)
        let mismatch = #expect(throws: ImageError.self) { try AlphaPlane([1, 2, 3], width: 2, height: 2) }
        #expect(mismatch?.code == .invalidBuffer)
    }
}

extension AlphaPlane {
    var values: [UInt8] { withUnsafeBytes { Array($0) } }
}
