// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseCodecs
import PoseImaging
import PoseMedia
import PosePrivacy
import PoseSystem
import PoseTestSupport
import Synchronization
import Testing

@Suite("Faces through the frames of a video") struct FilmTracksTests {
    private static func face(_ x: Double, _ size: Double = 40) -> FaceRegion {
        FaceRegion(centerX: x, centerY: 100, width: size, height: size, score: 0.9, witness: .face)
    }

    /// Frames at 25 a second with faces at columns.
    private static func frames(_ columns: [[Double]], cuts: Set<Int> = []) -> [FilmFaces] {
        columns.enumerated().map { index, columns in
            FilmFaces(
                seconds: Double(index) / 25,
                faces: columns.map { face($0) },
                beginsShot: cuts.contains(index)
            )
        }
    }

    @Test func aGapBetweenTwoSightingsIsCoveredAlongALineByLargerCovers() throws {
        let columns = (0..<30).map { (10..<20).contains($0) ? [] : [100 + 4 * Double($0)] }
        let tracks = FaceTracks(Self.frames(columns))
        #expect(tracks.tracks.count == 1)
        for index in 0..<30 {
            let cover = try #require(tracks.covers[index].first)
            #expect(tracks.covers[index].count == 1)
            #expect(abs(cover.centerX - (100 + 4 * Double(index))) < 1e-6)
            #expect((10..<20).contains(index) == (cover.width > 40))
        }
        let middle = tracks.covers[15][0].width
        #expect(middle > tracks.covers[10][0].width && middle <= 80)
    }

    @Test func aFaceIsHeldHalfASecondBeforeAndAfter() {
        let columns = (0..<60).map { (25..<30).contains($0) ? [100.0] : [] }
        let tracks = FaceTracks(Self.frames(columns))
        let covered = tracks.covers.indices.filter { !tracks.covers[$0].isEmpty }
        // Half a second is twelve frames of 40 ms and a half.
        #expect(covered == Array(13...41))
        #expect(tracks.tracks[0].covered == 13...41)
    }

    @Test func nothingIsHeldOrInterpolatedAcrossACut() {
        let columns = (0..<40).map { [18, 22].contains($0) ? [100.0] : [] }
        let tracks = FaceTracks(Self.frames(columns, cuts: [20]))
        #expect(tracks.tracks.count == 2)
        #expect(tracks.tracks[0].covered == 6...19)
        #expect(tracks.tracks[1].covered == 20...34)
    }

    @Test func twoFacesAreTwoTracksAndAJumpBeginsAnother() {
        let columns = (0..<20).map { [100 + Double($0), $0 < 10 ? 400 : 800.0] }
        let tracks = FaceTracks(Self.frames(columns))
        #expect(tracks.tracks.map(\.sightings.count).sorted() == [10, 10, 20])
    }

    @Test func aDoubtIsAnsweredByACoverAtItsPlaceOnly() {
        var frames = Self.frames([[100], [], [100]])
        frames[1].doubts = [
            PrivacyDoubt(.personWithoutHead, at: Self.face(101)),
            PrivacyDoubt(.personWithoutHead, at: Self.face(500)),
        ]
        let tracks = FaceTracks(frames)
        #expect(tracks.openDoubts(of: frames, at: 1).map(\.region?.centerX) == [500])
    }

    @Test func nothingBreaksWithoutFramesOrWithTimesThatRepeat() {
        #expect(FaceTracks([]).tracks.isEmpty)
        let same = (0..<5).map { FilmFaces(seconds: 1, faces: $0 == 2 ? [] : [Self.face(100)]) }
        let tracks = FaceTracks(same)
        #expect(tracks.covers.allSatisfy { $0.count == 1 })
    }
}

@Suite("Hiding the faces of a video") struct FilmAnonymizerTests {
    /// Finds the red square, except in some frames.
    private func anonymizer(missing: Range<Int>, doubts: Set<Int> = []) -> PhotoAnonymizer {
        let count = Mutex(0)
        return PhotoAnonymizer { image, _, _ throws(PrivacyError) in
            let index = count.withLock { count in
                defer { count += 1 }
                return count
            }
            let column = FilmFile.column(of: index)
            let region = FaceRegion(
                centerX: Double(column) + 16,
                centerY: 48,
                width: 40,
                height: 40,
                score: 0.9,
                witness: .face
            )
            var found = FoundFaces(faces: missing.contains(index) ? [] : [region], peopleCount: 1)
            if doubts.contains(index) {
                var elsewhere = region
                elsewhere.centerX = 20
                elsewhere.centerY = 20
                found.doubts = [PrivacyDoubt(.personWithoutHead, at: elsewhere)]
            }
            return found
        }
    }

    private func work(_ file: FilmFile, _ options: AnonymizationOptions = AnonymizationOptions()) throws
        -> FilmAnonymizer.Work
    {
        FilmAnonymizer.Work(
            source: .file(file.path),
            name: "in.mp4",
            output: FilePath(file.directory.path("out.mp4")),
            options: options
        )
    }

    @Test func everyFrameIsCoveredAlsoWhereTheFaceWasNotFound() throws {
        let file = try FilmFile()
        var options = AnonymizationOptions()
        options.cover = CoverOptions(style: .solid(0), shape: .box, margin: 0.1)
        options.makesThumbnails = true
        let record = try FilmAnonymizer(anonymizer(missing: 4..<9)).anonymize(
            try work(file, options),
            cancellation: CancellationToken()
        )
        #expect(record.outcome == .written)
        #expect(record.faces.count == 1 && record.faces[0].thumbnail != nil)
        let range = try #require(record.faces[0].seconds)
        #expect(range.lowerBound == 0 && abs(range.upperBound - 0.95) < 0.06)
        var options2 = VideoReaderOptions()
        options2.pixelFormat = .bgrx
        let reader = try VideoReader(.file(file.directory.path("out.mp4")), options: options2)
        var count = 0
        while let frame = try reader.next() {
            let image = try frame.picture.withView { view throws(ImageError) in try ImageBuffer(copying: view)
            }
            let column = FilmFile.column(of: count)
            // The red square is black all over.
            for (dx, dy) in [(4, 36), (16, 48), (28, 60)] {
                #expect(image[column + dx, dy].red < 60, "frame \(count)")
            }
            count += 1
        }
        #expect(count == FilmFile.frameCount)
        #expect(reader.info.audioCodec == nil)
    }

    @Test func aVideoWithAPersonWithoutAHeadLeavesNoFile() throws {
        let file = try FilmFile()
        let strict = try FilmAnonymizer(anonymizer(missing: 0..<0, doubts: [5, 6])).anonymize(
            try work(file),
            cancellation: CancellationToken()
        )
        #expect(strict.outcome == .withheld)
        #expect(strict.reason?.code == "person_without_head")
        #expect(strict.doubts.count == 1)
        #expect(file.directory.contents == ["in.mp4"])
        var lenient = AnonymizationOptions()
        lenient.isStrict = false
        let written = try FilmAnonymizer(anonymizer(missing: 0..<0, doubts: [5, 6])).anonymize(
            try work(file, lenient),
            cancellation: CancellationToken()
        )
        #expect(written.outcome == .written && written.doubts.count == 1)
    }

    @Test func cancellationLeavesNoFile() throws {
        let file = try FilmFile()
        let token = CancellationToken()
        #expect(throws: MediaError.self) {
            try FilmAnonymizer(anonymizer(missing: 0..<0)).anonymize(
                try work(file),
                cancellation: token,
                progress: { done, _ in if done == FilmFile.frameCount + 3 { token.cancel() } }
            )
        }
        #expect(file.directory.contents == ["in.mp4"])
    }
}

/// A clip of a red square that moves over gray.
struct FilmFile {
    static let frameCount = 20

    let directory: TemporaryDirectory
    var path: String { directory.path("in.mp4") }

    /// The square's left edge.
    static func column(of frame: Int) -> Int { 40 + 4 * frame }

    init() throws {
        directory = try TemporaryDirectory()
        var options = VideoWriterOptions()
        options.frameRate = FrameRate(20)
        let writer = try VideoWriter(
            path: directory.path("in.mp4"),
            width: 192,
            height: 96,
            format: .bgrx,
            options: options
        )
        for index in 0..<Self.frameCount {
            let picture = try PictureBuffer(width: 192, height: 96, format: .bgrx)
            let column = Self.column(of: index)
            picture.withMutableBytes { bytes in
                for y in 0..<96 {
                    for x in 0..<192 {
                        let isRed = (column..<column + 32).contains(x) && (32..<64).contains(y)
                        let value: [UInt8] = isRed ? [20, 20, 230, 255] : [128, 128, 128, 255]
                        for channel in 0..<4 { bytes[4 * (192 * y + x) + channel] = value[channel] }
                    }
                }
            }
            try writer.write(picture, at: .milliseconds(50 * index))
        }
        try writer.finish()
    }
}
