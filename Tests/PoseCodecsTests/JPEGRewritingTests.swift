// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

/// A JPEG file with some blocks replaced keeps all others.
@Suite("JPEG rewriting")
struct JPEGRewritingTests {
    /// Every kind of JPEG file, pixels of its smallest replaceable part, and how far colours reach beyond it.
    private static let kinds: [(name: String, mcu: (Int, Int), reach: (Int, Int))] = [
        ("baseline-420.jpg", (16, 16), (1, 1)), ("baseline-422.jpg", (16, 8), (1, 0)),
        ("baseline-444.jpg", (8, 8), (0, 0)), ("baseline-411.jpg", (32, 8), (1, 0)),
        ("baseline-440.jpg", (8, 16), (0, 1)), ("baseline-unnamed.jpg", (16, 16), (1, 1)),
        ("progressive-420.jpg", (16, 16), (1, 1)), ("restart-420.jpg", (16, 16), (1, 1)),
        ("gray.jpg", (8, 8), (0, 0)), ("gray-progressive.jpg", (8, 8), (0, 0)),
        ("cmyk-adobe.jpg", (8, 8), (0, 0)), ("ycck-adobe.jpg", (8, 8), (0, 0)),
        ("cmyk-plain.jpg", (8, 8), (0, 0)),
    ]

    /// The picture with an area in one colour.
    private static func covering(
        _ area: PixelRectangle,
        of image: ImageBuffer,
        color: (UInt8, UInt8, UInt8) = (200, 40, 60)
    ) -> ImageBuffer {
        var image = image
        let inside = area.clipped(toWidth: image.width, height: image.height)
        for y in inside.y..<inside.maxY {
            for x in inside.x..<inside.maxX { image[x, y] = color }
        }
        return image
    }

    /// Kind of the frame and restart interval of a file.
    private static func frame(of file: [UInt8]) -> (kind: UInt8?, restart: [UInt8]?) {
        let starts = JPEGBuilder.segments(of: file).starts
        let kind = starts.map { file[$0 + 1] }.first { (0xC0...0xC2).contains($0) || $0 == 0xC9 }
        let restart = starts.first { file[$0 + 1] == 0xDD }
        return (kind, restart.map { Array(file[$0 + 4..<$0 + 6]) })
    }

    private static func expectSameOutside(
        _ changed: [PixelRectangle],
        _ before: ImageBuffer,
        _ after: ImageBuffer
    ) {
        #expect(before.width == after.width && before.height == after.height)
        for y in 0..<before.height {
            for x in 0..<before.width where !changed.contains(where: { $0.contains(x: x, y: y) }) {
                #expect(before[x, y] == after[x, y], "pixel \(x), \(y)")
            }
        }
    }

    /// Blocks that the stored pixels of a rectangle lie in keep no promise; all others are equal.
    private static func expectSameBlocks(
        outside replaced: PixelRectangle,
        mcu: (Int, Int),
        _ before: [UInt8],
        _ after: [UInt8]
    ) throws {
        let count = (0..<5).first { (try? JPEGCoefficients(of: before, component: $0)) == nil } ?? 0
        #expect(count == 1 || count == 3 || count == 4)
        for component in 0..<count {
            let one = try JPEGCoefficients(of: before, component: component)
            let other = try JPEGCoefficients(of: after, component: component)
            #expect(one.blocksPerRow == other.blocksPerRow && one.values.count == other.values.count)
            // Of the fixtures' components only the first has more than one block in an MCU.
            let (columns, rows) = component == 0 ? (mcu.0 / 8, mcu.1 / 8) : (1, 1)
            var differing = 0
            for block in 0..<one.values.count / 64 {
                let (x, y) = (block % one.blocksPerRow / columns, block / one.blocksPerRow / rows)
                let range = 64 * block..<64 * (block + 1)
                if one.values[range] == other.values[range] { continue }
                differing += 1
                let pixels = PixelRectangle(x: x * mcu.0, y: y * mcu.1, width: mcu.0, height: mcu.1)
                #expect(pixels.intersects(replaced), "component \(component), block \(block)")
            }
            #expect(differing > 0, "component \(component)")
        }
    }

    @Test(arguments: kinds.indices)
    func everyBlockOutsideOfTheAreaKeepsItsCoefficients(kind: Int) throws {
        let (name, mcu, reach) = Self.kinds[kind]
        let file = try Fixtures.bytes(name)
        let decoded = try ImageDecoder.decode(file)
        for area in [
            PixelRectangle(x: 1, y: 2, width: 4, height: 3), .init(x: 16, y: 13, width: 9, height: 9),
        ] {
            let image = Self.covering(area, of: decoded.image)
            let photo = try PhotoRewriter.rewrite(file, replacing: [area], with: image, decoded: decoded)
            #expect(photo.keptCoefficients && photo.reencodingReason == nil && photo.format == .jpeg)
            let blocks = area.coveringBlocks(width: mcu.0, height: mcu.1)
            let reached = blocks.insetBy(dx: -reach.0, dy: -reach.1).clipped(toWidth: 17, height: 14)
            #expect(photo.changed == [reached], "\(name)")
            let again = try ImageDecoder.decode(photo.bytes)
            #expect(again.warnings.isEmpty)
            Self.expectSameOutside(photo.changed, decoded.image, again.image)
            try Self.expectSameBlocks(outside: area, mcu: mcu, file, photo.bytes)
            #expect(Self.frame(of: photo.bytes).kind == Self.frame(of: file).kind, "\(name)")
            #expect(Self.frame(of: photo.bytes).restart == Self.frame(of: file).restart, "\(name)")
        }
    }

    @Test(arguments: kinds.indices)
    func withoutAreasEveryPixelStays(kind: Int) throws {
        let file = try Fixtures.bytes(Self.kinds[kind].name)
        let decoded = try ImageDecoder.decode(file)
        let outside = PixelRectangle(x: 17, y: 0, width: 5, height: 5)
        for areas in [[], [outside]] {
            let photo = try PhotoRewriter.rewrite(file, replacing: areas, with: decoded.image)
            #expect(photo.keptCoefficients && photo.changed.isEmpty)
            #expect(try ImageDecoder.decode(photo.bytes).image.rgb == decoded.image.rgb)
        }
    }

    /// Whatever the orientation, the pixels of the area are the new ones, and those away from it the old ones.
    @Test(arguments: 1...8, ["baseline-420.jpg", "baseline-422.jpg", "baseline-444.jpg"])
    func theAreaIsWhereTheUprightPictureHasIt(orientation: Int, name: String) throws {
        let kind = try #require(Self.kinds.first { $0.name == name })
        let stored = ImageEncoderTests.slopes(width: 83, height: 61)
        let blank = JPEGBuilder.blank(width: 83, height: 61, luma: (kind.mcu.0 / 8, kind.mcu.1 / 8))
        let all = PixelRectangle(of: stored)
        let plain = try PhotoRewriter.rewrite(blank, replacing: [all], with: stored).bytes
        let file = OrientationTests.jpeg(plain, exif: OrientationTests.tiff(UInt16(orientation)))
        let decoded = try ImageDecoder.decode(file)
        let area = PixelRectangle(x: 20, y: 33, width: 17, height: 11)
        let image = Self.covering(area, of: decoded.image)
        let photo = try PhotoRewriter.rewrite(file, replacing: [area], with: image, decoded: decoded)
        #expect(photo.keptCoefficients && photo.changed.count == 1)
        let changed = try #require(photo.changed.first)
        #expect(changed.contains(area))
        #expect(changed.width <= 17 + 2 * kind.mcu.0 + 2 * kind.mcu.1)
        let again = try ImageDecoder.decode(photo.bytes)
        #expect(again.orientation == orientation)
        Self.expectSameOutside(photo.changed, decoded.image, again.image)
        // Away from the edge of the colour nothing rings.
        for y in area.y + 2..<area.maxY - 2 {
            for x in area.x + 2..<area.maxX - 2 {
                let pixel = again.image[x, y]
                #expect(abs(Int(pixel.red) - 200) < 24 && abs(Int(pixel.green) - 40) < 24, "pixel \(x), \(y)")
            }
        }
        let error = Self.meanError(image, again.image, in: changed)
        #expect(error < 9, "mean error \(error)")
    }

    private static func meanError(_ a: ImageBuffer, _ b: ImageBuffer, in area: PixelRectangle) -> Double {
        var sum = 0
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX {
                let (p, q) = (a[x, y], b[x, y])
                sum += abs(Int(p.red) - Int(q.red)) + abs(Int(p.green) - Int(q.green))
                sum += abs(Int(p.blue) - Int(q.blue))
            }
        }
        return Double(sum) / Double(3 * area.pixelCount)
    }
}
