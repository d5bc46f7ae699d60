// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PoseEstimation
import PoseImaging
import PoseRendering
import PoseTestSupport
import Testing

/// Large photos decoded smaller, and annotated pictures that keep the photo's own blocks.
@Suite("Large photos")
struct FastDecodingTests {
    /// A photo each of whose pixels became a square.
    private static func enlarged(_ name: String, by factor: Int) throws -> [UInt8] {
        let small = try ImageDecoder.decode(Media.bytes(name)).image
        var large = ImageBuffer(width: small.width * factor, height: small.height * factor)
        large.withUnsafeMutableBytes { target in
            small.withUnsafeBytes { source in
                let (from, to) = (source.bindMemory(to: UInt32.self), target.bindMemory(to: UInt32.self))
                for y in 0..<small.height * factor {
                    for x in 0..<small.width * factor {
                        to[y * small.width * factor + x] = from[y / factor * small.width + x / factor]
                    }
                }
            }
        }
        return try ImageEncoder.encode(large, as: .jpeg, quality: 85)
    }

    private static func settings(_ decoding: PictureDecoding, people: Int = 1) -> AnalysisSettings {
        var settings = AnalysisSettings()
        settings.decoding = decoding
        settings.complexity = Media.quickest
        settings.options.maxPeople = people
        return settings
    }

    private static func analyzers() -> PhotoAnalyzer {
        PhotoAnalyzer(models: ModelCache(store: Media.models), threadCount: 2)
    }

    @Test func fastDecodingMovesLandmarksLittle() throws {
        let file = try Self.enlarged("bus.jpg", by: 3)
        let analyzer = Self.analyzers()
        let exact = try analyzer.analyze(file, source: "a", settings: Self.settings(.exact)).document
        let fast = try analyzer.analyze(file, source: "a", settings: Self.settings(.fast)).document
        #expect(exact.reduction == 1 && fast.reduction > 1)
        #expect(fast.imageWidth == exact.imageWidth && fast.imageHeight == exact.imageHeight)
        let (a, b) = (try #require(exact.poses.first), try #require(fast.poses.first))
        let height = Double(a.box.height) * Double(exact.imageHeight)
        let moved = zip(a.landmarks, b.landmarks).map { first, second in
            let x = Double(first.x - second.x) * Double(exact.imageWidth)
            let y = Double(first.y - second.y) * Double(exact.imageHeight)
            return (x * x + y * y).squareRoot() / height
        }
        // Wherever a place was taken for another, all of them would be off by far more.
        #expect(moved.reduce(0, +) / 33 < 0.03)
        #expect(fast.json().contains("\"reduction\":\(fast.reduction)"))
        #expect(!exact.json().contains("reduction"))
        #expect(try PoseDocument(json: Array(fast.json().utf8)).reduction == fast.reduction)
    }

    @Test func peopleWhoAreSmallAreLookedAtInMorePixels() throws {
        // In the picture's corner: a quarter of its sides would do for a picture of this size, and leaves 220 pixels.
        let person = try ImageDecoder.decode(Media.bytes("astronaut.png")).image
        let wide = person.window(x: 0, y: 0, width: person.width * 4, height: person.height * 4)
        let file = try ImageEncoder.encode(wide, as: .jpeg, quality: 85)
        let analyzer = Self.analyzers()
        var settings = Self.settings(.fast, people: 5)
        settings.options.minDetectionConfidence = 0.2
        let found = try analyzer.analyze(file, source: "a", settings: settings)
        let pose = try #require(found.document.poses.first)
        let side = Double(pose.regionOfInterest.width) * Double(wide.width)
        #expect(side / 4 < 256 && side / 2 >= 256)
        #expect(found.document.reduction == 2)
        #expect(found.document.imageWidth == wide.width)
    }

    @Test func anAnnotatedPhotoKeepsEveryOtherBlock() throws {
        let file = try Media.bytes("bus.jpg")
        let analyzer = Self.analyzers()
        var analysis = try analyzer.analyze(
            file,
            source: "a",
            settings: Self.settings(.exact),
            drawing: .jpeg
        )
        #expect(analysis.document.poses.count == 1)
        let before = try ImageDecoder.decode(file).image
        var times = DrawingTimes()
        let written = try analysis.takeAnnotatedFile(style: .classic, format: .jpeg, times: &times).bytes
        let after = try ImageDecoder.decode(written)
        #expect(after.warnings.isEmpty)
        let areas = SkeletonRenderer(style: .classic)
            .areas(of: analysis.document.poses, width: before.width, height: before.height)
            .map { $0.coveringBlocks(width: 16, height: 16).insetBy(dx: -1, dy: -1) }
        var (changed, outside) = (0, 0)
        for y in 0..<before.height {
            for x in 0..<before.width where before[x, y] != after.image[x, y] {
                changed += 1
                if !areas.contains(where: { $0.contains(x: x, y: y) }) { outside += 1 }
            }
        }
        #expect(changed > 1000 && outside == 0)
    }

    @Test(arguments: [DrawingFormat.jpeg, .png, .webp], [PictureDecoding.exact, .fast])
    func annotatedPicturesAreAsLongAsAskedFor(format: DrawingFormat, decoding: PictureDecoding) throws {
        let file = try Self.enlarged("bus.jpg", by: 2)
        var settings = Self.settings(decoding)
        settings.maxSide = 500
        let analyzer = Self.analyzers()
        var analysis = try analyzer.analyze(file, source: "a", settings: settings, drawing: format)
        #expect(analysis.document.imageHeight == 2160)
        var times = DrawingTimes()
        let written = try analysis.takeAnnotatedFile(
            style: .classic,
            format: format,
            maxSide: settings.maxSide,
            times: &times
        )
        let info = try ImageDecoder.inspect(written.bytes)
        #expect(info.height == 500 && info.width == 375)
    }

    @Test func fullSizeAsksForFullDecoding() throws {
        let file = try Self.enlarged("bus.jpg", by: 2)
        let analyzer = Self.analyzers()
        let analysis = try analyzer.analyze(
            file,
            source: "a",
            settings: Self.settings(.fast),
            drawing: .jpeg
        )
        #expect(analysis.document.reduction == 1)
        #expect(analysis.picture.image.height == 2160)
    }
}
