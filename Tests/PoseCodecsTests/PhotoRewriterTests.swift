// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

/// Files of other formats, files that cannot be kept, and files that are none.
@Suite("Photo rewriter")
struct PhotoRewriterTests {
    private static let area = PixelRectangle(x: 3, y: 2, width: 7, height: 5)

    private static func covered(_ image: ImageBuffer) -> ImageBuffer {
        var image = image
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX { image[x, y] = (10, 200, 30) }
        }
        return image
    }

    @Test(arguments: [
        "rgb-8.png", "rgba-8.png", "gray-8-transparent.png", "palette-4-transparent.png",
        "interlaced-rgba-16.png", "gray-16.png", "lossless.webp", "lossless-alpha.webp",
    ])
    func losslessFilesKeepEveryOtherPixel(name: String) throws {
        let file = try Fixtures.bytes(name)
        let decoded = try ImageDecoder.decode(file)
        let image = Self.covered(decoded.image)
        for given in [decoded, nil] {
            let photo = try PhotoRewriter.rewrite(file, replacing: [Self.area], with: image, decoded: given)
            let again = try ImageDecoder.decode(photo.bytes)
            #expect(again.image.rgb == image.rgb)
            #expect(again.metadata.alpha?.values == decoded.metadata.alpha?.values)
            #expect(photo.changed == [Self.area] && photo.format == ImageFormat.detect(file))
            #expect(photo.keptCoefficients == !name.contains("16"))
            #expect((photo.reencodingReason == nil) == photo.keptCoefficients)
        }
    }

    @Test(arguments: ["lossy.webp", "lossy-alpha.webp"])
    func lossyWebPIsEncodedAnewAndSaysSo(name: String) throws {
        let file = try Fixtures.bytes(name)
        let decoded = try ImageDecoder.decode(file)
        let photo = try PhotoRewriter.rewrite(
            file,
            replacing: [Self.area],
            with: Self.covered(decoded.image)
        )
        #expect(!photo.keptCoefficients && photo.reencodingReason?.contains("WebP") == true)
        #expect(photo.changed == [PixelRectangle(of: decoded.image)])
        let again = try ImageDecoder.decode(photo.bytes)
        #expect(again.metadata.alpha?.values == decoded.metadata.alpha?.values)
        #expect(Int(again.image[6, 4].green) > 150)
    }

    /// Values that 8 bits of red, green and blue do not hold are not the ones that were stored.
    @Test
    func whatDoesNotFitIsSaid() throws {
        let pixels = (0..<96).map { UInt8($0 * 11 % 251) }
        func tiff(
            _ kind: TIFFBuilder.Kind,
            _ bits: Int,
            _ samples: Int,
            extra: [Int] = [],
            colors: [UInt16] = []
        ) -> [UInt8] {
            TIFFBuilder.file(
                kind,
                width: 4,
                height: 3,
                bits: bits,
                samples: samples,
                extra: extra,
                colors: colors,
                pixels: pixels
            )
        }
        let twice = (0..<768).map { UInt16($0 % 256 * 257) }
        let fitting = [
            tiff(.rgb, 8, 3), tiff(.blackIsZero, 8, 1), tiff(.whiteIsZero, 1, 1),
            tiff(.rgb, 8, 4, extra: [2]),
            tiff(.palette, 8, 1, colors: twice), try Fixtures.bytes("Formats/rgb-565.bmp"),
            try Fixtures.bytes("Formats/rgba-32.bmp"), try Fixtures.bytes("Formats/plain.gif"),
        ]
        var deepMask = try Fixtures.bytes("Formats/rgba-32.bmp")
        // 10 bits of red.
        deepMask.replaceSubrange(54..<58, with: [0, 0, 0xF0, 0x3F])
        let others = [
            tiff(.rgb, 16, 3), tiff(.blackIsZero, 16, 1), tiff(.cmyk, 8, 4), tiff(.cmyk, 16, 4),
            tiff(.lab, 8, 3),
            tiff(.rgb, 8, 4, extra: [1]), tiff(.rgb, 8, 4, extra: [0]),
            tiff(.palette, 8, 1, colors: twice.map { $0 ^ 1 }), try Fixtures.bytes("Formats/jpeg.tif"),
            deepMask,
        ]
        for (index, file) in (fitting + others).enumerated() {
            let decoded = try ImageDecoder.decode(file)
            let photo = try PhotoRewriter.rewrite(file, replacing: [], with: decoded.image, decoded: decoded)
            let fits = index < fitting.count
            let name = decoded.format.name
            #expect(photo.keptCoefficients == fits, "\(index)")
            #expect(
                photo.reencodingReason
                    == "\(name) files are written as PNG"
                    + (fits ? "." : " of 8-bit RGB, which does not hold the values of this one."),
                "\(index)"
            )
        }
    }

    @Test
    func anAnimatedWebPStaysLosslessWhereItsFirstFrameIs() throws {
        let plain = try Fixtures.bytes("lossless.webp")
        let decoded = try ImageDecoder.decode(plain)
        // The picture as a frame at the upper left corner, before which an animation is declared.
        func little(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
            Array(name.utf8) + little(body.count, 4) + body + [UInt8](repeating: 0, count: body.count % 2)
        }
        let size = little(decoded.image.width - 1, 3) + little(decoded.image.height - 1, 3)
        let start = try #require(plain.indices.first { plain[$0...].starts(with: "VP8L".utf8) })
        let length = 8 + (0..<4).reduce(0) { $0 | Int(plain[start + 4 + $1]) << (8 * $1) }
        let picture = Array(plain[start..<min(start + length + length % 2, plain.count)])
        let frame = chunk("ANMF", [UInt8](repeating: 0, count: 6) + size + [40, 0, 0, 0] + picture)
        let body = chunk("VP8X", [2, 0, 0, 0] + size) + chunk("ANIM", [0, 0, 0, 0, 0, 0]) + frame + frame
        let file = chunk("RIFF", Array("WEBP".utf8) + body)
        #expect(try ImageDecoder.inspect(file).isAnimated)
        let image = Self.covered(decoded.image)
        let photo = try PhotoRewriter.rewrite(file, replacing: [Self.area], with: image)
        #expect(photo.keptCoefficients && photo.reencodingReason == nil && photo.changed == [Self.area])
        #expect(try ImageDecoder.decode(photo.bytes).image.rgb == image.rgb)
        let lossy = try Fixtures.bytes("animated.webp")
        let other = try PhotoRewriter.rewrite(lossy, replacing: [], with: ImageDecoder.decode(lossy).image)
        #expect(other.keptCoefficients == (lossy.indices.contains { lossy[$0...].starts(with: "VP8L".utf8) }))
        let asked = try PhotoRewriter.rewrite(plain, replacing: [], with: decoded.image, quality: 80)
        #expect(!asked.keptCoefficients && asked.reencodingReason == "Quality 80 was asked for.")
    }

    /// Texts, times and secrets of PNG and WebP go; the picture comes upright.
    @Test
    func textChunksGo() throws {
        let image = ImageBuffer.noise(width: 21, height: 13, seed: 4)
        let plain = try ImageEncoder.encode(image, as: .png)
        let chunks = ["tEXt", "iTXt", "tIME", "zTXt"].flatMap {
            PNGBuilder.chunk($0, Array("SECRET".utf8))
        }
        let file = OrientationTests.png(plain, exif: ExifStructure.camera().bytes)
        let full = Array(file[..<33]) + chunks + file[33...]
        let decoded = try ImageDecoder.decode(full)
        let photo = try PhotoRewriter.rewrite(full, replacing: [], with: decoded.image, decoded: decoded)
        let names = PNGBuilder.chunks(of: photo.bytes).map(\.name)
        // EXIF says here that the colours are not sRGB, and nothing else.
        #expect(names == ["IHDR", "pHYs", "eXIf", "IDAT", "IEND"])
        let again = try ImageDecoder.decode(photo.bytes)
        #expect(again.orientation == 1 && again.image.rgb == decoded.image.rgb)
        let webp = OrientationTests.webp(
            try ImageEncoder.encode(image, as: .webp),
            exif: OrientationTests.tiff(6),
            width: 21,
            height: 13
        )
        let upright = try ImageDecoder.decode(webp)
        let other = try PhotoRewriter.rewrite(webp, replacing: [], with: upright.image)
        #expect(!other.bytes.indices.contains { other.bytes[$0...].starts(with: "EXIF".utf8) })
        #expect(try ImageDecoder.decode(other.bytes).image.width == 13)
    }

    @Test
    func aQualityAsksForAllOfAJPEGAnew() throws {
        let file = try Fixtures.bytes("baseline-420.jpg")
        let image = try ImageDecoder.decode(file).image
        let photo = try PhotoRewriter.rewrite(file, replacing: [Self.area], with: image, quality: 80)
        #expect(!photo.keptCoefficients && photo.reencodingReason == "Quality 80 was asked for.")
        #expect(throws: ImageError.self) {
            try PhotoRewriter.rewrite(file, replacing: [], with: image, quality: 101)
        }
    }

    @Test
    func aPictureOfAnotherSizeIsRefusedInWords() throws {
        let file = try Fixtures.bytes("baseline-420.jpg")
        let error = #expect(throws: ImageError.self) {
            try PhotoRewriter.rewrite(file, replacing: [], with: ImageBuffer(width: 14, height: 17))
        }
        #expect(error?.code == .invalidBuffer && error?.message.contains("17 × 14") == true)
    }

    /// Cut files are refused unless they were decoded as damaged; nothing of them is passed on as whole.
    @Test(arguments: ["baseline-420.jpg", "progressive-420.jpg", "restart-420.jpg"])
    func damagedFilesAreRefusedOrEncodedAnew(name: String) throws {
        let whole = try Fixtures.bytes(name)
        let image = try ImageDecoder.decode(whole).image
        for length in stride(from: 0, to: whole.count - 2, by: 3) {
            let cut = Array(whole.prefix(length))
            do {
                let photo = try PhotoRewriter.rewrite(cut, replacing: [Self.area], with: image)
                let decoded = try ImageDecoder.decode(cut)
                #expect(photo.keptCoefficients && decoded.image.rgb == image.rgb, "\(length) bytes")
            } catch {
                #expect(error.code == .undecodable || error.code == .notAnImage, "\(length) bytes: \(error)")
            }
            guard let salvaged = try? ImageDecoder.decode(cut, allowsDamaged: true), salvaged.isDamaged
            else { continue }
            let photo = try PhotoRewriter.rewrite(
                cut,
                replacing: [],
                with: salvaged.image,
                decoded: salvaged
            )
            #expect(photo.reencodingReason?.contains("damaged") == true)
        }
    }

    @Test(arguments: Fixtures.pictures)
    func changedBytesNeverCrash(name: String) throws {
        let whole = try Fixtures.bytes(name)
        var generator = SeededGenerator(seed: 0x5EED)
        let limits = ImageLimits(maxPixelCount: 100_000)
        for _ in 0..<150 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[.random(in: bytes.indices, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            guard let decoded = try? ImageDecoder.decode(bytes, limits: limits) else { continue }
            let photo = try? PhotoRewriter.rewrite(bytes, replacing: [Self.area], with: decoded.image)
            guard let photo else { continue }
            let again = try ImageDecoder.decode(photo.bytes)
            #expect(again.image.width == decoded.image.width && again.image.height == decoded.image.height)
        }
    }

    @Test
    func rewritingStopsWhenItIsCancelled() throws {
        let token = CancellationToken()
        token.cancel()
        for name in ["baseline-420.jpg", "progressive-420.jpg", "rgb-8.png", "lossless.webp"] {
            let file = try Fixtures.bytes(name)
            let image = try ImageDecoder.decode(file).image
            let error = #expect(throws: ImageError.self) {
                try PhotoRewriter.rewrite(file, replacing: [], with: image, cancellation: token)
            }
            #expect(error?.code == .cancelled, "\(name)")
        }
    }

    /// A thousand faces, overlapping and far outside of the picture.
    @Test
    func anyRectanglesWillDo() throws {
        let image = ImageBuffer.noise(width: 200, height: 120, seed: 9)
        let file = try ImageEncoder.encode(image, as: .jpeg, quality: 80)
        let decoded = try ImageDecoder.decode(file)
        var areas = [
            PixelRectangle(x: .min, y: .min, width: .max, height: .max),
            PixelRectangle(x: .max, y: 0, width: .max, height: 4),
            PixelRectangle(x: 0, y: 0, width: -1, height: 9),
        ]
        let none = try PhotoRewriter.rewrite(file, replacing: areas, with: decoded.image)
        #expect(none.changed.isEmpty)
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<1000 {
            areas.append(
                PixelRectangle(
                    x: .random(in: -20...200, using: &generator),
                    y: .random(in: -20...70, using: &generator),
                    width: .random(in: 0...9, using: &generator),
                    height: .random(in: 0...9, using: &generator)
                )
            )
        }
        let photo = try PhotoRewriter.rewrite(file, replacing: areas, with: decoded.image)
        for (i, one) in photo.changed.enumerated() {
            // Grown by the reach of the colours they may overlap by two pixels.
            for other in photo.changed[(i + 1)...] {
                #expect(!one.insetBy(dx: 1, dy: 1).intersects(other.insetBy(dx: 1, dy: 1)))
            }
        }
        #expect(photo.keptCoefficients)
    }
}
