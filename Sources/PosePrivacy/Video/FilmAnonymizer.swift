// SPDX-License-Identifier: Apache-2.0

internal import PoseCodecs
package import PoseImaging
package import PoseMedia
package import PoseSystem

/// The one way from a video to the same video with its faces covered, in two passes: faces of all frames, then covers.
///
/// It fails closed: a video that is damaged, or in which a person's head could not be covered in some frame, is not written under
/// ``AnonymizationOptions/isStrict``. Memory grows with the faces, not with the frames' pixels.
package final class FilmAnonymizer {
    /// What is to be done with a video.
    package struct Work: Sendable {
        /// Where frames come from.
        package var source: MediaSource
        /// Its name, as the report gives it.
        package var name: String
        /// The file that is written.
        package var output: FilePath
        /// What is covered, and how.
        package var options: AnonymizationOptions
        /// Whether the sound goes along.
        package var keepsAudio: Bool

        /// Makes a piece of work.
        package init(
            source: MediaSource,
            name: String,
            output: FilePath,
            options: AnonymizationOptions,
            keepsAudio: Bool = false
        ) {
            self.source = source
            self.name = name
            self.output = output
            self.options = options
            self.keepsAudio = keepsAudio
        }
    }

    private let anonymizer: PhotoAnonymizer

    /// Makes an anonymizer.
    ///
    /// - Parameter anonymizer: finds the faces of each frame; not to be used by anybody else meanwhile.
    package init(_ anonymizer: PhotoAnonymizer) {
        self.anonymizer = anonymizer
    }

    /// Covers the faces of a video.
    ///
    /// - Parameters:
    ///   - work: what to read and to write.
    ///   - cancellation: ends the work early; then nothing is written.
    ///   - progress: told how many frames of how many are done, both passes together.
    /// - Returns: what became of it.
    /// - Throws: `MediaError`, `ImageError` or ``PrivacyError``; nothing is written then.
    package func anonymize(
        _ work: Work,
        cancellation: CancellationToken,
        progress: (_ done: Int, _ all: Int?) -> Void = { _, _ in }
    ) throws -> PrivacyRecord {
        var film = try find(work, cancellation, progress)
        for (index, begins) in film.cuts.beginnings.enumerated() { film.frames[index].beginsShot = begins }
        let tracks = FaceTracks(film.frames)
        var record = PrivacyRecord(failed: work.name, code: "", message: "")
        record.reason = nil
        (record.width, record.height) = (film.info.width, film.info.height)
        record.seconds = film.frames.last?.seconds
        record.peopleCount = film.mostPeople
        record.warnings = film.warnings
        record.doubts = Self.doubts(film.frames, tracks)
        record.faces = tracks.tracks.map { track in
            let best = track.sightings.map(\.region).max { $0.score < $1.score } ?? track.sightings[0].region
            let seconds =
                film.frames[track.covered.lowerBound]
                .seconds...max(
                    film.frames[track.covered.lowerBound].seconds,
                    film.frames[track.covered.upperBound].seconds
                )
            return PrivacyRecord.Face(FaceDecision(best, .covered), seconds: seconds)
        }
        if work.options.isStrict, let doubt = record.doubts.first(where: \.doubt.blocksWriting) {
            let start = PrivacyReport.rounded(doubt.seconds?.lowerBound ?? 0)
            record.outcome = .withheld
            record.reason = (
                doubt.doubt.code.rawValue,
                "At second \(start) a person was found whose head was not. The report has every such place; write it all the "
                    + "same with --lenient."
            )
            return record
        }
        try write(work, film, tracks, cancellation, progress, &record)
        record.outcome = .written
        record.output = work.output.text
        return record
    }

    // MARK: - The first pass

    private struct Finding {
        var info: VideoInfo
        var frames: [FilmFaces] = []
        var cuts = ShotCuts()
        var mostPeople = 0
        var warnings: [String] = []
    }

    private func find(
        _ work: Work,
        _ cancellation: CancellationToken,
        _ progress: (Int, Int?) -> Void
    ) throws -> Finding {
        let reader = try open(work, cancellation)
        defer { reader.close() }
        var film = Finding(info: reader.info)
        while let frame = try reader.next(cancellation: cancellation) {
            let image = try frame.picture.withView { view throws(ImageError) in try ImageBuffer(copying: view)
            }
            reader.recycle(frame.picture)
            let found = try anonymizer.search(image, work.options, cancellation)
            film.frames.append(
                FilmFaces(seconds: frame.time / .seconds(1), faces: found.faces, doubts: found.doubts)
            )
            film.cuts.add(image)
            film.mostPeople = max(film.mostPeople, found.peopleCount)
            progress(film.frames.count, reader.expectedFrameCount.map { 2 * $0 })
        }
        if let damage = reader.damage {
            if work.options.isStrict { throw damage }
            film.warnings.append(damage.message)
        }
        return film
    }

    private func open(_ work: Work, _ cancellation: CancellationToken) throws(MediaError) -> VideoReader {
        var reading = VideoReaderOptions()
        reading.pixelFormat = .bgrx
        return try VideoReader(work.source, options: reading, cancellation: cancellation)
    }

    // MARK: - The second pass

    private func write(
        _ work: Work,
        _ film: Finding,
        _ tracks: FaceTracks,
        _ cancellation: CancellationToken,
        _ progress: (Int, Int?) -> Void,
        _ record: inout PrivacyRecord
    ) throws {
        let reader = try open(work, cancellation)
        defer { reader.close() }
        var writing = VideoWriterOptions()
        writing.timeScale = reader.info.timeScale
        writing.frameRate = reader.frameRate
        if work.keepsAudio { writing.audio = VideoWriterOptions.Audio(from: work.source) }
        let writer = try VideoWriter(
            work.output,
            width: reader.info.width,
            height: reader.info.height,
            format: .bgrx,
            color: reader.info.color,
            options: writing,
            recycle: { [reader] in reader.recycle($0) }
        )
        // A file that is not finished is not seen.
        defer { writer.abort() }
        let shown = Dictionary(
            grouping: tracks.tracks.indices,
            by: { Self.shown(tracks.tracks[$0]).frame }
        )
        var count = 0
        while let frame = try reader.next(cancellation: cancellation) {
            guard count < film.frames.count else { throw Self.changed(work) }
            var image = try frame.picture.withView { view throws(ImageError) in
                try ImageBuffer(copying: view)
            }
            let covers = tracks.covers[count]
            let due = work.options.makesThumbnails ? shown[count] ?? [] : []
            for index in due where work.options.makesOriginalThumbnails {
                record.faces[index].original = try Thumbnails.face(
                    Self.shown(tracks.tracks[index]).region,
                    in: image
                )
            }
            try FaceCover.cover(covers, in: &image, options: work.options.cover)
            for index in due {
                record.faces[index].thumbnail = try Thumbnails.face(
                    Self.shown(tracks.tracks[index]).region,
                    in: image
                )
                if record.overview == nil { record.overview = try Thumbnails.overview(of: image) }
            }
            if work.options.framesCovers {
                try FaceCover.frames(around: covers, in: &image, options: work.options.cover)
            }
            unsafe image.withUnsafeBytes { bytes in
                unsafe frame.picture.withMutableBytes { unsafe $0.copyMemory(from: bytes) }
            }
            try writer.write(frame.picture, at: frame.time)
            count += 1
            progress(film.frames.count + count, 2 * film.frames.count)
        }
        guard count == film.frames.count else { throw Self.changed(work) }
        try writer.finish()
        record.warnings += writer.warnings
    }

    /// The file on the disk is another one than before.
    private static func changed(_ work: Work) -> MediaError {
        MediaError(
            .damaged,
            "'\(work.name)' gave other frames at the second reading than at the first; was it changed? Try again."
        )
    }

    /// The sighting of a face that the report shows: the one in the middle.
    private static func shown(_ track: FaceTracks.Track) -> (frame: Int, region: FaceRegion) {
        track.sightings[track.sightings.count / 2]
    }

    // MARK: - Doubts

    /// Doubts of frames that follow one another, as ranges of time.
    private static func doubts(_ frames: [FilmFaces], _ tracks: FaceTracks) -> [PrivacyRecord.Doubt] {
        var ranges: [PrivacyRecord.Doubt] = []
        for (index, frame) in frames.enumerated() {
            for doubt in tracks.openDoubts(of: frames, at: index) {
                let known = ranges.lastIndex { range in
                    range.doubt.code == doubt.code && isSamePlace(range.doubt.region, doubt.region)
                        && frame.seconds - (range.seconds?.upperBound ?? 0) <= FaceTracks.hold
                }
                if let known, let start = ranges[known].seconds?.lowerBound {
                    ranges[known].seconds = start...max(start, frame.seconds)
                    ranges[known].doubt.region = doubt.region
                } else {
                    ranges.append(PrivacyRecord.Doubt(doubt, seconds: frame.seconds...frame.seconds))
                }
            }
        }
        return ranges
    }

    private static func isSamePlace(_ one: FaceRegion?, _ other: FaceRegion?) -> Bool {
        guard let one, let other else { return one == nil && other == nil }
        return PixelRectangle(around: one).meets(PixelRectangle(around: other))
    }
}
