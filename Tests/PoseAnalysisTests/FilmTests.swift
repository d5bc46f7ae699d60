// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseEstimation
import PoseImaging
import PoseInference
import PoseMedia
import PoseMotion
import PoseReference
import PoseTestSupport
import Testing

/// Two people in a real film: one dances and jumps down, one walks past below.
@Suite("Films") struct FilmTests {
    private func source() throws -> MediaSource {
        try .file(Media.file("demo.mp4").path(percentEncoded: false))
    }

    /// Who was seen in the whole film, and where: frames and columns, by number.
    private func tracks(maxPeople: Int) throws -> [Int: [(frame: Int, column: Float)]] {
        var settings = AnalysisSettings()
        settings.options.maxPeople = maxPeople
        let reader = try VideoReader(try source())
        let film = Film(source: try source(), name: "demo.mp4", reading: VideoReaderOptions(), output: nil)
        var tracks: [Int: [(frame: Int, column: Float)]] = [:]
        var last: Duration?
        let observer = FilmAnalyzer.Observer { record in
            let frame = try #require(record.frame)
            #expect(last.map { frame.time > $0 } ?? true)
            last = frame.time
            for pose in record.poses {
                let id = try #require(pose.track?.id)
                tracks[id, default: []].append((frame.index, (pose[.leftHip].x + pose[.rightHip].x) / 2))
            }
        } progress: { _ in
        }
        let summary = try FilmAnalyzer(models: ModelCache(store: Media.models), threadCount: 2).analyze(
            film,
            from: reader,
            settings: settings,
            cancellation: CancellationToken(),
            observer: observer
        )
        #expect(summary.frameCount == 230 && summary.failure == nil)
        return tracks
    }

    @Test(arguments: [2, 4])
    func peopleOfAWholeFilmKeepTheirNumbers(maxPeople: Int) throws {
        let tracks = try tracks(maxPeople: maxPeople)
        #expect(tracks.keys.sorted() == [0, 1])
        // The dancer stands left of the middle and runs off to the right at the end.
        let dancer = try #require(tracks[0])
        #expect(dancer.count > 180)
        #expect(
            dancer.filter { (10..<160).contains($0.frame) }.allSatisfy { (0.33...0.47).contains($0.column) }
        )
        #expect(dancer.filter { $0.frame > 205 }.allSatisfy { $0.column > 0.6 })
        // The other one comes from the right and leaves on the left.
        let walker = try #require(tracks[1])
        #expect(walker.count > 130)
        #expect(walker.filter { $0.frame < 70 }.allSatisfy { $0.column > 0.7 })
        #expect(walker.filter { $0.frame > 170 }.allSatisfy { $0.column < 0.25 })
    }

    /// Our answers for the first frames of a film against MediaPipe's.
    private func parity(isInjecting: Bool) throws -> (frames: [PictureParity], poses: [Pose?]) {
        let answers = try answers()
        let model = try Media.model()
        guard var parity = StreamParity("smooth", of: answers, isInjecting: isInjecting, model: model) else {
            throw MissingMedium(path: "the stream 'smooth' of tracking-demo.json")
        }
        // As OpenCV converts: by BT.601, whatever the film says.
        var reading = VideoReaderOptions()
        reading.pixelFormat = .bgrx
        reading.matrix = .bt601
        let reader = try VideoReader(try source(), options: reading)
        for _ in 0..<parity.frameCount {
            let frame = try #require(try reader.next())
            try frame.picture.withView { try parity.take($0) }
            reader.recycle(frame.picture)
        }
        reader.close()
        return (parity.frames, parity.poses)
    }

    private func angles(of pose: Pose, _ answers: StreamAnswers) -> PoseAngles {
        PoseAngles(of: pose, imageWidth: answers.width, imageHeight: answers.height)
    }

    private func answers() throws -> StreamAnswers {
        try StreamAnswers(contentsOf: Media.goldens.appending(path: "tracking-demo.json"))
    }

    @Test func eachFrameIsMediaPipesWhereItLooksAtTheSamePlace() throws {
        let frames = try parity(isInjecting: true).frames
        #expect(frames.allSatisfy { $0.foundPose == $0.expectsPose })
        #expect(frames.flatMap(\.landmarkErrors).mean < 0.05)
        #expect(frames.allSatisfy { $0.landmarkErrors.mean < 0.25 })
        #expect(frames.flatMap(\.worldErrors).mean < 0.001)
    }

    /// Whether networks have the very bits of the reference, without which differences grow from frame to frame.
    private static let hasBitsOfReference = [.avx2, .avx512].contains(InstructionSet.selected)

    @Test(.enabled(if: hasBitsOfReference, "the reference was recorded with AVX2"))
    func aFilmIsFollowedAndMeasuredAsByMediaPipesLandmarks() throws {
        let (frames, poses) = try parity(isInjecting: false)
        #expect(frames.allSatisfy { $0.foundPose == $0.expectsPose })
        let errors = frames.flatMap(\.landmarkErrors)
        #expect(errors.count == 57 * 33 && errors.mean < 0.01)

        let answers = try answers()
        var differences: [AngleMeasurement.Source: [Double]] = [:]
        for (own, theirs) in zip(poses, try #require(answers.streams["smooth"])) {
            guard let own, let theirs else { continue }
            let ours = angles(of: own, answers)
            let reference = angles(of: theirs.pose(like: own), answers)
            for joint in JointAngle.allCases {
                for source in [AngleMeasurement.Source.picture, .space] {
                    let expected = reference.measurement(of: joint, in: source)
                    let measured = ours.measurement(of: joint, in: source)
                    #expect((measured == nil) == (expected == nil), "\(joint)")
                    guard let measured, let expected else { continue }
                    differences[source, default: []].append(abs(measured.degrees - expected.degrees))
                }
            }
        }
        for source in [AngleMeasurement.Source.picture, .space] {
            let found = differences[source, default: []]
            #expect(found.count > 500)
            #expect(try #require(found.max()) < 0.5, "angles in \(source)")
        }
    }
}
