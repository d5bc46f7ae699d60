// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

/// JPEG files decoded and encoded by two threads, and written again from their own blocks.
@Suite("JPEG by two threads, and by blocks")
struct LaneDecodingTests {
    /// Large enough for two threads, with cut MCUs at the right and the bottom.
    private static let picture = ImageEncoderTests.slopes(width: 901, height: 777)

    /// A file with colours at full, half or quarter resolution, as a style has them.
    private static func file(_ quality: Int) throws -> [UInt8] {
        try ImageEncoder.encode(picture, as: .jpeg, quality: quality)
    }

    private static func order(threads: Int, keepsBlocks: Bool = false) -> DecodingOrder {
        var order = DecodingOrder()
        order.threadCount = threads
        order.keepsBlocks = keepsBlocks
        return order
    }

    private static func coefficients(_ file: [UInt8]) throws -> [JPEGCoefficients] {
        try (0..<3).map { try JPEGCoefficients(of: file, component: $0) }
    }

    @Test(arguments: [75, 95], [false, true])
    func twoThreadsGiveTheSamePixels(quality: Int, keepsBlocks: Bool) throws {
        let file = try Self.file(quality)
        let one = try ImageDecoder.decode(file, Self.order(threads: 1))
        let two = try ImageDecoder.decode(file, Self.order(threads: 2, keepsBlocks: keepsBlocks))
        #expect(one.image.rgb == two.image.rgb)
        #expect((two.blocks != nil) == keepsBlocks)
        let kept = try ImageDecoder.decode(file, Self.order(threads: 1, keepsBlocks: true))
        #expect(one.image.rgb == kept.image.rgb)
        #expect(kept.blocks != nil)
    }

    @Test(arguments: 2...8) func turnedPicturesAreTheSame(orientation: Int) throws {
        let file = OrientationTests.jpeg(
            try Self.file(75),
            exif: OrientationTests.tiff(UInt16(orientation))
        )
        let one = try ImageDecoder.decode(file, Self.order(threads: 1))
        let two = try ImageDecoder.decode(file, Self.order(threads: 2, keepsBlocks: true))
        #expect(one.image.rgb == two.image.rgb)
        #expect(two.blocks == nil, "blocks of a turned picture stand elsewhere")
    }

    @Test(arguments: [0.2, 0.5, 0.9, 0.999]) func damageIsJudgedAsByOneThread(share: Double) throws {
        let whole = try Self.file(75)
        let file = Array(whole[..<Int(share * Double(whole.count))])
        #expect(throws: ImageError.self) {
            try ImageDecoder.decode(file, Self.order(threads: 2, keepsBlocks: true))
        }
        var (one, two) = (Self.order(threads: 1), Self.order(threads: 2, keepsBlocks: true))
        (one.allowsDamaged, two.allowsDamaged) = (true, true)
        let (first, second) = (try ImageDecoder.decode(file, one), try ImageDecoder.decode(file, two))
        #expect(first.image.rgb == second.image.rgb)
        #expect(first.warnings == second.warnings && second.isDamaged)
        #expect(second.blocks == nil)
    }

    @Test(arguments: [75, 95]) func blocksThatNothingTouchedAreWrittenAsTheyWere(quality: Int) throws {
        let file = try Self.file(quality)
        let decoded = try ImageDecoder.decode(file, Self.order(threads: 2, keepsBlocks: true))
        let blocks = try #require(decoded.blocks)
        let style = try #require(decoded.style)
        func write(_ areas: [PixelRectangle], _ image: ImageBuffer) throws -> [UInt8]? {
            try blocks.write(
                replacing: areas,
                with: image,
                style: style,
                metadata: decoded.metadata,
                cancellation: nil,
                memory: nil
            )
        }
        let written = try #require(try write([], decoded.image))
        #expect(try Self.coefficients(written) == Self.coefficients(file))
        #expect(try write([], decoded.image) == nil, "they are written once")
    }

    @Test(arguments: [75, 95]) func onlyTouchedBlocksChange(quality: Int) throws {
        let file = try Self.file(quality)
        var decoded = try ImageDecoder.decode(file, Self.order(threads: 1, keepsBlocks: true))
        let area = PixelRectangle(x: 430, y: 301, width: 37, height: 9)
        let before = decoded.image
        let style = try #require(decoded.style)
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX { decoded.image[x, y] = (255, 0, 0) }
        }
        let written = try #require(
            try decoded.blocks?.write(
                replacing: [area],
                with: decoded.image,
                style: style,
                metadata: decoded.metadata,
                cancellation: nil,
                memory: nil
            )
        )
        let after = try ImageDecoder.decode(written).image
        let grown = area.coveringBlocks(width: 16, height: 16).insetBy(dx: -1, dy: -1)
        var outside = 0
        for y in 0..<before.height {
            for x in 0..<before.width where !grown.contains(x: x, y: y) && before[x, y] != after[x, y] {
                outside += 1
            }
        }
        #expect(outside == 0)
        let middle = after[area.x + area.width / 2, area.y + area.height / 2]
        #expect(middle.red > 200 && middle.green < 60 && middle.blue < 60)
    }

    @Test(arguments: [75, 95], [1, 2]) func bandsHoldTheBlocksOfOneFile(quality: Int, threads: Int) throws {
        let style = JPEGStyle(quality: quality)
        let file = try ImageEncoder.encodeJPEG(
            Self.picture,
            style: style,
            threadCount: threads,
            metadata: ImageMetadata(exif: OrientationTests.tiff(1))
        )
        #expect(try Self.coefficients(file) == Self.coefficients(Self.file(quality)))
        #expect(try ImageDecoder.decode(file).warnings.isEmpty)
        let restarts = zip(file, file.dropFirst()).filter { $0 == 0xFF && (0xD0...0xD7).contains($1) }.count
        #expect((restarts > 0) == (threads == 2))
    }

    @Test(arguments: [30, 75, 95]) func aFileInTheStyleOfAnotherIsQuantizedAlike(quality: Int) throws {
        let file = try Self.file(quality)
        let style = try #require(JPEGStyle(of: file))
        #expect(style.chromaReduction == (quality >= 90 ? (1, 1) : (2, 2)))
        let again = try ImageEncoder.encodeJPEG(
            Self.picture,
            style: style,
            threadCount: 2,
            metadata: ImageMetadata()
        )
        #expect(try Self.coefficients(again) == Self.coefficients(file))
    }

    @Test func filesWithoutACommonStyleHaveNone() throws {
        #expect(JPEGStyle(of: try ImageEncoder.encode(Self.picture, as: .png)) == nil)
        #expect(JPEGStyle(of: Array(try Self.file(75).prefix(100))) == nil)
    }
}
