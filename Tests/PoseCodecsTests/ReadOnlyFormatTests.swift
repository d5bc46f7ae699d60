// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

/// HEIC, AVIF, TIFF, GIF and BMP; what is expected comes from `Fixtures/Formats/make_formats.py`.
@Suite("Formats that are only read")
struct ReadOnlyFormatTests {
    static let folder = "Formats/"
    static let exact = Fixtures.lines(folder + "formats.txt")
    static let near = Fixtures.lines(folder + "near.txt")
    /// Every file of the folder that decodes.
    static let names =
        (exact + near).map { $0[0] } + (2...8).map { "turned-\($0).avif" }
        + ["turned-5.heic", "turned-6.heic"]

    static func bytes(_ name: String) throws -> [UInt8] { try Fixtures.bytes(folder + name) }

    static func format(_ name: String) -> ImageFormat? {
        ImageFormat.readable.first { $0.fileExtensions.contains(String(name.split(separator: ".")[1])) }
    }

    /// Blue, green and red as they are stored.
    private static func bgr(_ image: ImageBuffer) -> [UInt8] {
        image.withUnsafeBytes { bytes in bytes.indices.filter { $0 % 4 != 3 }.map { bytes[$0] } }
    }

    /// The largest difference of two pictures of a size.
    private static func difference(_ one: ImageBuffer, _ other: ImageBuffer) -> Int {
        guard one.width == other.width, one.height == other.height else { return 256 }
        return zip(bgr(one), bgr(other)).map { abs(Int($0) - Int($1)) }.max() ?? 256
    }

    @Test(arguments: exact)
    func pixelsAreThoseOfOtherDecoders(line: [String]) throws {
        let decoded = try ImageDecoder.decode(Self.bytes(line[0]))
        #expect(decoded.format == Self.format(line[0]))
        #expect(decoded.image.width == Int(line[1]) && decoded.image.height == Int(line[2]))
        #expect(Self.bgr(decoded.image).fnv1a == line[3])
        #expect(!decoded.isDamaged && decoded.orientation == 1)
        let info = try ImageDecoder.inspect(Self.bytes(line[0]))
        #expect(info.format == decoded.format && info.storedWidth == decoded.image.width)
        #expect(info.decodedByteCount >= 4 * info.pixelCount)
    }

    @Test(arguments: near)
    func coloursAreThoseOfOtherDecodersButForRounding(line: [String]) throws {
        let decoded = try ImageDecoder.decode(Self.bytes(line[0]))
        let golden = try ImageDecoder.decode(Self.bytes(line[4]))
        let difference = Self.difference(decoded.image, golden.image)
        #expect(difference <= (Int(line[3]) ?? 0), "\(difference)")
    }

    @Test(arguments: Fixtures.lines(folder + "alpha.txt"))
    func opacityComesBesideStraightColours(line: [String]) throws {
        let alpha = try #require(try ImageDecoder.decode(Self.bytes(line[0])).metadata.alpha)
        let values = alpha.withUnsafeBytes { Array($0) }
        #expect(values.fnv1a == line[1])
    }

    @Test
    func theUnusedByteIsOpaque() throws {
        for name in Self.names {
            let image = try ImageDecoder.decode(Self.bytes(name)).image
            let isOpaque = image.withUnsafeBytes { bytes in
                stride(from: 3, to: bytes.count, by: 4).allSatisfy { bytes[$0] == 255 }
            }
            #expect(isOpaque, "\(name)")
        }
    }

    @Test(arguments: [
        ("pages.tif", "The TIFF file has several pages; the first was read."),
        ("animated.gif", "The GIF file is animated; its first picture was read."),
        ("animated.avif", "The AVIF file is animated; its first picture was read."),
        ("animated-lossy.webp", "The WebP file is animated; its first picture was read."),
    ])
    func thatMorePicturesFollowIsSaid(name: String, warning: String) throws {
        let info = try ImageDecoder.inspect(Self.bytes(name))
        #expect(info.isAnimated != info.hasMorePages)
        #expect(try ImageDecoder.decode(Self.bytes(name)).warnings == [warning])
    }

    @Test
    func nothingIsSaidOfOthers() throws {
        for name in Self.names where !name.hasPrefix("animated") && name != "pages.tif" {
            #expect(try ImageDecoder.decode(Self.bytes(name)).warnings.isEmpty, "\(name)")
        }
    }

    /// What a frame leaves free of the picture.
    @Test
    func besideASmallFrameThePictureIsTransparent() throws {
        let decoded = try ImageDecoder.decode(Self.bytes("offset.gif"))
        let alpha = try #require(decoded.metadata.alpha)
        let opaque = alpha.withUnsafeBytes { bytes in bytes.count { $0 == 255 } }
        #expect(opaque == 17 * 14)
        #expect(decoded.image[0, 0] == (0, 0, 0))
    }

    // MARK: Orientation

    /// The files turn the picture by properties of their own, and have the same orientation in EXIF metadata.
    @Test(arguments: (2...8).map { "turned-\($0).avif" } + ["turned-5.heic", "turned-6.heic"])
    func heifIsTurnedOnce(name: String) throws {
        let orientation = try #require(Int(name.split(separator: ".")[0].suffix(1)))
        let plain = try ImageDecoder.decode(Self.bytes("lossless.avif")).image
        let decoded = try ImageDecoder.decode(Self.bytes(name))
        let difference = Self.difference(decoded.image, try plain.applyingOrientation(orientation))
        #expect(difference <= (name.hasSuffix("avif") ? 2 : 12), "\(difference)")
        #expect(decoded.orientation == 1)
        // The camera stays, the orientation does not.
        let exif = try #require(decoded.metadata.exif)
        #expect(String(decoding: exif, as: UTF8.self).contains("Camera"))
        let written = try ImageEncoder.encode(decoded.image, as: .jpeg, metadata: decoded.metadata)
        #expect(try ImageDecoder.inspect(written).orientation == 1)
    }

    @Test(arguments: 1...8)
    func tiffIsTurnedAsItsTagSays(orientation: Int) throws {
        var file = try Self.bytes("rgb-msb.tif")
        let entry: [UInt8] = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 1]
        let place = try #require(
            file.indices.first { file[$0...].starts(with: entry) },
            "the fixture has its orientation tag"
        )
        let plain = try ImageDecoder.decode(file).image
        file[place + 9] = UInt8(orientation)
        let decoded = try ImageDecoder.decode(file)
        #expect(decoded.orientation == orientation)
        #expect(decoded.image.rgb == (try plain.applyingOrientation(orientation).rgb))
    }

    // MARK: Beside the pixels

    @Test(arguments: ["profile.tif", "lossy.avif"])
    func theColourProfileStays(name: String) throws {
        let decoded = try ImageDecoder.decode(Self.bytes(name))
        let profile = try #require(decoded.metadata.iccProfile)
        #expect(profile.count == 132 && profile[36..<40].elementsEqual("acsp".utf8))
        #expect(try ImageDecoder.inspect(Self.bytes(name)).hasICCProfile)
        let written = try ImageEncoder.encode(decoded.image, as: .jpeg, metadata: decoded.metadata)
        #expect(try ImageDecoder.decode(written).metadata.iccProfile == profile)
    }

    @Test(arguments: ["profile.tif", "rgb-24.bmp"])
    func theResolutionStays(name: String) throws {
        let resolution = try #require(try ImageDecoder.decode(Self.bytes(name)).metadata.resolution)
        #expect(abs(resolution.horizontal - 300) < 0.1 && abs(resolution.vertical - 150) < 0.1)
    }

    // MARK: What is not done

    @Test(arguments: ImageFormat.readOnly)
    func theyAreNotWritten(format: ImageFormat) throws {
        let error = #expect(throws: ImageError.self) {
            try ImageEncoder.encode(ImageBuffer(width: 8, height: 8), as: format)
        }
        #expect(error?.code == .unsupported)
        #expect(
            error?.message
                == "\(format.name) files are read, not written. Write one of these kinds: JPEG, PNG, WebP."
        )
    }

    @Test(arguments: [("lossy.heic", ImageFormat.jpeg), ("rgba-straight.tif", .png), ("plain.gif", .png)])
    func aRewrittenOneIsOfAFormatThatIsWritten(name: String, format: ImageFormat) throws {
        let file = try Self.bytes(name)
        let decoded = try ImageDecoder.decode(file)
        let area = PixelRectangle(x: 2, y: 2, width: 4, height: 4)
        let rewritten = try PhotoRewriter.rewrite(
            file,
            replacing: [area],
            with: decoded.image,
            decoded: decoded
        )
        #expect(rewritten.format == format)
        let again = try ImageDecoder.decode(rewritten.bytes)
        #expect(again.format == format)
        #expect(Self.difference(again.image, decoded.image) <= (format == .png ? 0 : 40))
        #expect((again.metadata.alpha == nil) == (decoded.metadata.alpha == nil))
    }

    @Test
    func formatsThatAreNotAllowedAreRefusedBeforeTheyAreRead() throws {
        let limits = ImageLimits(formats: [.jpeg, .png])
        for name in ["lossy.heic", "rgb-lzw.tif"] {
            let error = #expect(throws: ImageError.self) {
                try ImageDecoder.decode(Self.bytes(name), limits: limits)
            }
            #expect(error?.code == .notAnImage)
            let kind = name.hasSuffix("heic") ? "HEIC" : "TIFF"
            #expect(
                error?.message
                    == "This is a \(kind) file, and such files are not accepted here. Save it as one of these kinds: JPEG, PNG."
            )
            #expect(throws: ImageError.self) { try ImageDecoder.inspect(Self.bytes(name), limits: limits) }
        }
        #expect(throws: Never.self) {
            try ImageDecoder.decode(Fixtures.bytes("gray.jpg"), limits: limits)
        }
    }
}
