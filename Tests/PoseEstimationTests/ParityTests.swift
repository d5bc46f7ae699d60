// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseInference
import PoseEstimation
import PoseReference
import PoseTestSupport
import Testing

@Suite(.serialized) struct ParityTests {
    @Test(arguments: Media.complexities)
    func agreesWithMediaPipe(complexity: ModelComplexity) async throws {
        let file = Media.goldens.appending(path: "mediapipe-c\(complexity.rawValue).json")
        let answers = try ReferenceAnswers(contentsOf: file)
        #expect(answers.modelComplexity == complexity.rawValue)
        let check = ParityCheck(pictures: Media.directory, answers: answers)
        let report = try await onThread { try check.run(model: Media.model(complexity)) }
        print(report.table)
        for failure in report.failures { Issue.record("complexity \(complexity.rawValue): \(failure)") }
        #expect(report.pictures.count { $0.expectsPose } >= 20)
        #expect(report.pictures.count { !$0.expectsPose } >= 5)
    }

    /// Where multiplications and additions are one step, as in MediaPipe's kernels, and no sum is reordered, nothing is
    /// left of the distance but how the numbers were written down.
    @Test(arguments: Media.complexities)
    func agreesToTheBitInMediaPipesOrder(complexity: ModelComplexity) async throws {
        let file = Media.goldens.appending(path: "mediapipe-c\(complexity.rawValue).json")
        let check = ParityCheck(pictures: Media.directory, answers: try ReferenceAnswers(contentsOf: file))
        let store = ModelStore(directory: Media.modelsDirectory.path)
        let model = try PoseModel(complexity: complexity, store: store, keepsBits: true)
        let report = try await onThread { try check.run(model: model) }
        print(report.table)
        let isFused = [.avx2, .avx512].contains(InstructionSet.selected)
        for picture in report.pictures {
            #expect(picture.foundPose == picture.expectsPose, "\(picture.name)")
            #expect(picture.landmarkErrors.mean < (isFused ? 0.002 : 0.25), "\(picture.name)")
            if isFused { #expect(picture.landmarkErrors.max() ?? 0 < 0.005, "\(picture.name)") }
        }
    }

    @Test func aFarAnswerFails() throws {
        let answers = try ReferenceAnswers(contentsOf: Media.goldens.appending(path: "mediapipe-c1.json"))
        let (name, entry) = try #require(answers.images.first { $0.value.pose != nil })
        let expected = try #require(entry.pose)
        func report(shiftedBy pixels: Float = 0, depth: Float = 0, metres: Float = 0) -> ParityReport {
            let landmarks = expected.landmarks.map { point in
                Landmark(
                    x: point[0] + pixels / Float(entry.width),
                    y: point[1],
                    z: point[2] + depth / Float(entry.width),
                    visibility: point[3],
                    presence: 1
                )
            }
            let world = expected.world.map {
                WorldLandmark(x: $0[0], y: $0[1], z: $0[2] + metres, visibility: $0[3], presence: 1)
            }
            let pose = Pose(
                score: 1,
                detectionScore: 1,
                box: NormalizedBox(around: landmarks),
                regionOfInterest: RegionOfInterest(
                    centerX: 0,
                    centerY: 0,
                    width: 1,
                    height: 1,
                    rotationRadians: 0
                ),
                landmarks: landmarks,
                worldLandmarks: world
            )
            return ParityReport(
                complexity: 1,
                pictures: [PictureParity(name: name, reference: entry, pose: pose)]
            )
        }
        #expect(report(shiftedBy: 0).failures.isEmpty)
        #expect(report(shiftedBy: 0.04).failures.isEmpty)
        #expect(report(shiftedBy: 0.06).failures.count == 1)
        #expect(report(shiftedBy: .nan).failures.count >= 2)
        #expect(report(depth: 0.2, metres: 0.0009).failures.isEmpty)
        #expect(report(depth: 0.3).failures.map { $0.hasPrefix("z mean") } == [true])
        #expect(report(depth: 1.1).failures.count == 2)
        #expect(report(metres: 0.0011).failures.map { $0.hasPrefix("world mean") } == [true])
        #expect(report(metres: 0.0031).failures.count == 2)
        #expect(report(depth: .nan, metres: .nan).failures.count == 4)
        let missed = PictureParity(name: name, reference: entry, pose: nil)
        #expect(ParityReport(complexity: 1, pictures: [missed]).failures.count == 1)
    }
}
