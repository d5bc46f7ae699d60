// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseImaging
import PoseEstimation
import PoseReference
import PoseTestSupport
import Testing

/// Set-up has the face networks from the same package as the networks it must have, and goes on without them.
private let faceNetworks: ConditionTrait = .enabled(
    if: FaceRange.all.allSatisfy {
        FileManager.default.fileExists(
            atPath: Media.modelsDirectory.appending(path: $0.catalogModel.fileName).path
        )
    },
    "\(FaceRange.all.map(\.catalogModel.fileName).joined(separator: " or ")) is missing: set-up reached none of its sources"
)

@Suite(faceNetworks) struct FaceDetectorTests {
    private static let answers = Result {
        try FaceAnswers(contentsOf: Media.goldens.appending(path: "mediapipe-faces.json"))
    }

    private func detector(_ range: FaceRange, threadCount: Int = 1) throws -> FaceDetector {
        FaceDetector(model: try FaceModel(range: range, store: Media.models), threadCount: threadCount)
    }

    @Test(arguments: FaceRange.all)
    func agreesWithMediaPipe(range: FaceRange) throws {
        let answers = try Self.answers.get()
        var detector = try detector(range)
        var (faceCount, worst, worstScore) = (0, 0.0, 0.0)
        for (name, entry) in answers.images.sorted(by: { $0.key < $1.key }) {
            let expected = range == .full ? entry.fullRange : entry.shortRange
            let faces = try detector.detect(in: entry.view.image(named: name, in: Media.directory))
            #expect(faces.count == expected.count, "\(name)")
            for (face, expected) in zip(faces, expected) {
                let ours = [face.box.x, face.box.y, face.box.width, face.box.height]
                let points = face.keyPoints.map { [$0.x, $0.y] }
                #expect(points.count == expected.keypoints.count)
                for (our, their) in zip(ours + points.joined(), expected.box + expected.keypoints.joined()) {
                    worst = max(worst, Double(abs(our - their)))
                }
                worstScore = max(worstScore, Double(abs(face.score - expected.score)))
                faceCount += 1
            }
        }
        print("\(range) range: \(faceCount) faces, worst coordinate \(worst), worst score \(worstScore)")
        #expect(faceCount >= 15)
        #expect(worst < 1e-4 && worstScore < 1e-4)
    }

    @Test(arguments: FaceRange.all)
    func givesTheSameBitsAtAnyThreadCount(range: FaceRange) throws {
        let image = try Media.picture("group.jpg")
        var alone = try detector(range)
        var shared = try detector(range, threadCount: 3)
        let faces = try alone.detect(in: image)
        #expect(!faces.isEmpty)
        #expect(try shared.detect(in: image) == faces)
        #expect(try alone.detect(in: image) == faces)
    }

    @Test func theThresholdIsTheCallers() throws {
        let image = try Media.picture("group.jpg")
        var detector = try detector(.full)
        let all = try detector.detect(in: image, minScore: 0.02)
        let usual = try detector.detect(in: image)
        // More candidates take part in the means of boxes; scores are those of the best.
        #expect(all.count > usual.count)
        #expect(all.prefix(usual.count).map(\.score) == usual.map(\.score))
        #expect(usual.allSatisfy { $0.score >= 0.6 })
        let best = try #require(all.first)
        #expect(try detector.detect(in: image, minScore: best.score).map(\.score) == [best.score])
        let error = #expect(throws: PoseError.self) { try detector.detect(in: image, minScore: .nan) }
        #expect(error?.code == .invalidOption)
        #expect(error?.message == "minScore must be 0…1, got nan.")
    }

    /// Eyes above the mouth, the person's right on the picture's left, all about the box.
    @Test(arguments: FaceRange.all)
    func namesTheKeyPoints(range: FaceRange) throws {
        var detector = try detector(range)
        let face = try #require(try detector.detect(in: Media.picture("astronaut.png")).first)
        #expect(face.keyPoints.count == FaceKeyPoint.allCases.count)
        #expect(face[.rightEye].x < face[.noseTip].x && face[.noseTip].x < face[.leftEye].x)
        #expect(face[.rightEarTragion].x < face[.rightEye].x && face[.leftEye].x < face[.leftEarTragion].x)
        #expect(face[.rightEye].y < face[.noseTip].y && face[.noseTip].y < face[.mouthCenter].y)
        #expect(face.box.x < face[.rightEye].x && face[.leftEye].x < face.box.x + face.box.width)
    }

    @Test(arguments: [(1, 1), (1, 900), (900, 1), (33, 70)])
    func survivesOddSizes(width: Int, height: Int) throws {
        let image = ImageBuffer.noise(width: width, height: height, seed: 0x5EED)
        for range in FaceRange.all {
            var detector = try detector(range)
            let faces = try detector.detect(in: image, minScore: 0)
            #expect(faces.allSatisfy { $0.keyPoints.allSatisfy { $0.x.isFinite && $0.y.isFinite } })
        }
    }

    @Test func endsWhenItIsCancelled() throws {
        var detector = try detector(.full)
        let token = CancellationToken()
        token.cancel()
        let error = #expect(throws: PoseError.self) {
            try detector.detect(in: ImageBuffer(width: 8, height: 8), cancellation: token)
        }
        #expect(error?.code == .cancelled)
    }

    @Test func refusesAnotherNetwork() throws {
        let path = Media.modelsDirectory.appending(path: ModelCatalog.faceShortRange.fileName).path
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        let error = #expect(throws: PoseError.self) { try FaceModel(range: .full, bytes: bytes) }
        #expect(error?.code == .modelInvalid)
        #expect(try FaceModel(range: .short, bytes: bytes).sha256 == ModelCatalog.faceShortRange.sha256)
    }
}

@Suite struct FaceTests {
    private let face = Face(
        score: 0.75,
        box: NormalizedBox(x: 0.125, y: 0.25, width: 0.5, height: 0.375),
        keyPoints: (0..<6).map { NormalizedPoint(x: Float($0) / 8, y: Float($0) / 16) }
    )

    @Test func goesThroughJSON() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(face)
        #expect(
            String(decoding: data, as: UTF8.self)
                == #"{"box":[0.125,0.25,0.5,0.375],"keypoints":{"left_ear_tragion":[0.625,0.3125],"#
                + #""left_eye":[0.125,0.0625],"mouth_center":[0.375,0.1875],"nose_tip":[0.25,0.125],"#
                + #""right_ear_tragion":[0.5,0.25],"right_eye":[0,0]},"score":0.75}"#
        )
        #expect(try JSONDecoder().decode(Face.self, from: data) == face)
        #expect(Set([face, face]).count == 1)
    }

    @Test(arguments: [
        #"{"box":[0,0,1,1],"score":1}"#,
        #"{"box":[0,0,1],"score":1,"keypoints":{}}"#,
        #"{"box":[0,0,1,1],"score":1,"keypoints":{"right_eye":[1]}}"#,
    ])
    func refusesWhatIsNoFace(text: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Face.self, from: Data(text.utf8)) }
    }
}
