// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

/// Pictures decoded smaller, and parts of them.
@Suite("Reduced decoding")
struct ReducedDecodingTests {
    private static let jpegs = Fixtures.pictures.filter { $0.hasSuffix(".jpg") }

    /// The mean of each square of pixels, cut at the edges.
    private static func boxFiltered(_ image: ImageBuffer, by reduction: Int) -> ImageBuffer {
        let (width, height) = (
            (image.width + reduction - 1) / reduction, (image.height + reduction - 1) / reduction
        )
        var small = ImageBuffer(width: width, height: height)
        for y in 0..<height {
            for x in 0..<width {
                let square = PixelRectangle(
                    x: x * reduction,
                    y: y * reduction,
                    width: reduction,
                    height: reduction
                )
                .clipped(toWidth: image.width, height: image.height)
                var sum = (0, 0, 0)
                for row in square.y..<square.maxY {
                    for column in square.x..<square.maxX {
                        let pixel = image[column, row]
                        sum = (sum.0 + Int(pixel.red), sum.1 + Int(pixel.green), sum.2 + Int(pixel.blue))
                    }
                }
                let count = square.pixelCount
                small[x, y] = (UInt8(sum.0 / count), UInt8(sum.1 / count), UInt8(sum.2 / count))
            }
        }
        return small
    }

    private static func meanError(_ a: ImageBuffer, _ b: ImageBuffer) -> Double {
        let errors = zip(a.rgb, b.rgb).map { abs(Int($0) - Int($1)) }
        return Double(errors.reduce(0, +)) / Double(errors.count)
    }

    private static func part(_ area: PixelRectangle, of image: ImageBuffer) -> [UInt8] {
        (area.y..<area.maxY).flatMap { y in
            (area.x..<area.maxX).flatMap { x in
                [image[x, y].red, image[x, y].green, image[x, y].blue]
            }
        }
    }

    @Test(arguments: jpegs, [2, 4, 8])
    func sidesAreDividedRoundedUp(name: String, reduction: Int) throws {
        let file = try Fixtures.bytes(name)
        let small = try ImageDecoder.decode(file, reduction: reduction)
        #expect(small.reduction == reduction)
        #expect(small.warnings == (try ImageDecoder.decode(file).warnings))
        #expect(small.image.width == (17 + reduction - 1) / reduction)
        #expect(small.image.height == (14 + reduction - 1) / reduction)
    }

    @Test(arguments: [75, 95], [2, 4, 8])
    func pixelsAreThoseOfABoxFilter(quality: Int, reduction: Int) throws {
        let picture = ImageEncoderTests.slopes(width: 203, height: 158)
        let file = try ImageEncoder.encode(picture, as: .jpeg, quality: quality)
        let whole = try ImageDecoder.decode(file).image
        let small = try ImageDecoder.decode(file, reduction: reduction).image
        let filtered = Self.boxFiltered(whole, by: reduction)
        #expect(small.width == filtered.width && small.height == filtered.height)
        #expect(Self.meanError(small, filtered) < 1.5)
        #expect(Self.meanError(small, ImageBuffer(width: small.width, height: small.height)) > 50)
    }

    @Test(arguments: 1...8)
    func reducedPicturesComeUpright(orientation: Int) throws {
        let plain = try ImageEncoder.encode(ImageEncoderTests.slopes(width: 37, height: 20), as: .jpeg)
        let file = OrientationTests.jpeg(plain, exif: OrientationTests.tiff(UInt16(orientation)))
        let stored = try ImageDecoder.decode(plain, reduction: 4).image
        let decoded = try ImageDecoder.decode(file, reduction: 4)
        #expect(decoded.image.rgb == (try stored.applyingOrientation(orientation).rgb))
        #expect(decoded.image.width == (orientation < 5 ? 10 : 5))
    }

    @Test
    func otherFormatsComeInTheirFullSize() throws {
        for name in ["rgb-8.png", "lossy.webp"] {
            let decoded = try ImageDecoder.decode(Fixtures.bytes(name), reduction: 4)
            #expect(decoded.reduction == 1 && decoded.image.width == 17)
            #expect(
                ImageDecoder.reduction(for: try ImageDecoder.inspect(Fixtures.bytes(name)), leastSide: 1) == 1
            )
        }
    }

    @Test
    func theReductionKeepsSidesAsLongAsNeeded() throws {
        let file = try ImageEncoder.encode(ImageBuffer(width: 2001, height: 1000), as: .jpeg)
        let info = try ImageDecoder.inspect(file)
        for (least, reduction) in [
            (1, 8), (125, 8), (126, 4), (250, 4), (251, 2), (500, 2), (501, 1), (5000, 1), (-3, 8),
        ] {
            #expect(ImageDecoder.reduction(for: info, leastSide: least) == reduction, "\(least)")
        }
        let eighth = info.decodedByteCount(reduction: 8)
        #expect(info.decodedByteCount(reduction: 1) == info.decodedByteCount)
        #expect(eighth < info.decodedByteCount / 4 && eighth > 251 * 125 * 4)
    }

    /// A part has the very pixels that the whole picture has there.
    @Test(arguments: ["420", "422", "444", "440", "411", "progressive", "restart", "gray"], [1, 2, 4, 8])
    func partsEqualTheWhole(kind: String, reduction: Int) throws {
        let file = try Self.file(kind)
        let whole = try ImageDecoder.decode(file, reduction: reduction).image
        var generator = SeededGenerator(seed: 11)
        for round in 0..<12 {
            let region = PixelRectangle(
                x: .random(in: -30..<211, using: &generator),
                y: .random(in: -30..<150, using: &generator),
                width: .random(in: 31...120, using: &generator),
                height: .random(in: 31...90, using: &generator)
            )
            let part = try ImageDecoder.decode(file, region: region, reduction: reduction)
            #expect(part.region.contains(region.clipped(toWidth: 211, height: 150)))
            #expect(part.region.x % reduction == 0 && part.region.width == part.image.width * reduction)
            #expect(part.region.y % reduction == 0 && part.region.height == part.image.height * reduction)
            let area = PixelRectangle(
                x: part.region.x / reduction,
                y: part.region.y / reduction,
                width: part.image.width,
                height: part.image.height
            )
            #expect(part.image.rgb == Self.part(area, of: whole), "round \(round), \(region)")
        }
    }

    /// A picture in a file of some kind: put into one that holds nothing.
    private static func file(_ kind: String) throws -> [UInt8] {
        let image = ImageBuffer.noise(width: 211, height: 150, seed: 21)
        let samplings = ["444": (1, 1), "422": (2, 1), "440": (1, 2), "411": (4, 1)]
        let blank = JPEGBuilder.blank(
            width: 211,
            height: 150,
            luma: kind == "gray" ? nil : samplings[kind] ?? (2, 2),
            isProgressive: kind == "progressive",
            restart: kind == "restart" ? 5 : 0
        )
        let photo = try PhotoRewriter.rewrite(blank, replacing: [PixelRectangle(of: image)], with: image)
        #expect(photo.keptCoefficients)
        return photo.bytes
    }

    @Test(arguments: 1...8, [1, 2, 8])
    func partsOfTurnedPicturesSayWhereTheyAre(orientation: Int, reduction: Int) throws {
        let image = ImageBuffer.noise(width: 75, height: 58, seed: 22)
        let plain = try ImageEncoder.encode(image, as: .jpeg, quality: 92)
        let file = OrientationTests.jpeg(plain, exif: OrientationTests.tiff(UInt16(orientation)))
        let whole = try ImageDecoder.decode(file).image
        let bounds = PixelRectangle(of: whole)
        for region in [
            bounds, .init(x: 3, y: 41, width: 9, height: 7), .init(x: 50, y: 0, width: 90, height: 20),
        ] {
            let part = try ImageDecoder.decode(file, region: region, reduction: reduction)
            #expect(part.region.contains(region.intersection(bounds)))
            #expect(part.region.width == part.image.width * reduction)
            // Each pixel is about the mean of those that it stands for.
            var error = 0
            for y in 0..<part.image.height {
                for x in 0..<part.image.width {
                    let square = PixelRectangle(
                        x: part.region.x + x * reduction,
                        y: part.region.y + y * reduction,
                        width: reduction,
                        height: reduction
                    )
                    .intersection(bounds)
                    #expect(!square.isEmpty)
                    guard !square.isEmpty, square.pixelCount == reduction * reduction else { continue }
                    let mean =
                        Self.part(square, of: whole).reduce(0) { $0 + Int($1) } / (3 * square.pixelCount)
                    let pixel = part.image[x, y]
                    error += abs(mean - (Int(pixel.red) + Int(pixel.green) + Int(pixel.blue)) / 3)
                }
            }
            let mean = Double(error) / Double(part.image.width * part.image.height)
            #expect(mean < (reduction == 1 ? 0.01 : 4), "mean error \(mean)")
        }
    }

    @Test(arguments: ["rgb-8.png", "lossless.webp"])
    func partsOfOtherFormatsAreCut(name: String) throws {
        let file = try Fixtures.bytes(name)
        let region = PixelRectangle(x: 10, y: 3, width: 40, height: 4)
        let part = try ImageDecoder.decode(file, region: region, reduction: 2)
        #expect(part.region == PixelRectangle(x: 10, y: 3, width: 7, height: 4) && part.reduction == 1)
        #expect(part.image.rgb == Self.part(part.region, of: try ImageDecoder.decode(file).image))
    }

    @Test
    func aRegionOutsideOfThePictureIsRefusedInWords() throws {
        let file = try Fixtures.bytes("baseline-420.jpg")
        for region in [
            PixelRectangle(x: 17, y: 0, width: 5, height: 5), .init(x: 0, y: 0, width: 0, height: 5),
            .init(x: .min, y: .min, width: .max, height: .max),
        ] {
            let error = #expect(throws: ImageError.self) { try ImageDecoder.decode(file, region: region) }
            #expect(error?.code == .invalidBuffer && error?.message.contains("17 × 14") == true)
        }
    }

    @Test(arguments: jpegs)
    func damagedFilesGiveErrorsOrPictures(name: String) throws {
        let whole = try Fixtures.bytes(name)
        var generator = SeededGenerator(seed: 0x5EED)
        let limits = ImageLimits(maxPixelCount: 100_000)
        for round in 0..<240 {
            var bytes = round < 120 ? Array(whole.prefix(whole.count * round / 120)) : whole
            for _ in 0..<(round < 120 ? 0 : 3) {
                bytes[.random(in: bytes.indices, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            let reduction = [1, 2, 4, 8][round % 4]
            let region = PixelRectangle(x: round % 15, y: round % 12, width: 6, height: 6)
            _ = try? ImageDecoder.decode(bytes, region: region, reduction: reduction, limits: limits)
            guard
                let small = try? ImageDecoder.decode(
                    bytes,
                    limits: limits,
                    allowsDamaged: round % 2 == 1,
                    reduction: reduction
                )
            else { continue }
            let info = try ImageDecoder.inspect(bytes)
            #expect(small.image.width == (info.width + reduction - 1) / reduction)
        }
    }

    @Test
    func reducedDecodingStopsAtItsDeadline() throws {
        let file = JPEGBuilder.manyScans(side: 4000, scans: 38)
        for region in [nil, PixelRectangle(x: 5, y: 2000, width: 9, height: 9)] {
            let token = CancellationToken(timeLimit: .milliseconds(50))
            let error = #expect(throws: ImageError.self) {
                if let region {
                    _ = try ImageDecoder.decode(file, region: region, reduction: 8, cancellation: token)
                } else {
                    _ = try ImageDecoder.decode(file, reduction: 8, cancellation: token)
                }
            }
            #expect(error?.code == .timedOut)
        }
    }
}
