// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseMotion
import PoseTestSupport
import Testing

/// Landmarks of somebody who walks from the right to the left of `demo.mp4`: see `Tests/Goldens/README.md`.
private struct WalkingGolden: Decodable {
    struct Frame: Decodable {
        var time: Double
        var points: [[Double]]
    }

    var width: Int
    var height: Int
    var frames: [Frame]

    static func film() throws -> [PoseDocument] {
        let file = Media.goldens.appending(path: "motion-demo.json")
        let golden = try JSONDecoder().decode(WalkingGolden.self, from: Data(contentsOf: file))
        return golden.frames.enumerated().map { index, frame in
            PoseDocument(
                source: "demo.mp4",
                frame: PoseFrame(index: index, time: .seconds(frame.time)),
                imageWidth: golden.width,
                imageHeight: golden.height,
                orientation: 1,
                complexity: .full,
                modelSHA256: "",
                timing: nil,
                poses: [pose(frame.points.map { $0.map(Float.init) })]
            )
        }
    }

    private static func pose(_ points: [[Float]]) -> Pose {
        Pose(
            score: 1,
            detectionScore: 1,
            box: NormalizedBox(x: 0, y: 0, width: 1, height: 1),
            regionOfInterest: RegionOfInterest(
                centerX: 0.5,
                centerY: 0.5,
                width: 1,
                height: 1,
                rotationRadians: 0
            ),
            landmarks: points.map {
                Landmark(x: $0[0], y: $0[1], z: $0[2], visibility: $0[3], presence: $0[4])
            },
            worldLandmarks: points.map {
                WorldLandmark(x: $0[5], y: $0[6], z: $0[7], visibility: $0[3], presence: $0[4])
            },
            track: PoseTrack(id: 0, state: .tracked)
        )
    }
}

@Suite("Walking")
struct WalkingTests {
    @Test("somebody who walks past does none of the exercises", arguments: ExerciseCatalog.names)
    func walkingIsNoExercise(_ name: String) throws {
        var counter = RepetitionCounter(try ExerciseCatalog.exercise(named: name))
        for document in try WalkingGolden.film() {
            counter.add(
                document.poses.first,
                at: document.frame?.time ?? .zero,
                imageWidth: document.imageWidth,
                imageHeight: document.imageHeight
            )
        }
        counter.finish()
        #expect(counter.repetitions.isEmpty)
    }

    @Test("the lower foot of somebody who walks is on the floor, also while she leaves the picture")
    func walksOnFloor() throws {
        let motion = try SkeletonSolver().solve(WalkingGolden.film(), person: 0)
        let soles = motion.frames.indices.map { index in
            let places = motion.positions(inFrame: index)
            func y(_ joint: SkeletonJoint) -> Double { places[joint.rawValue].y }
            let ankles = min(y(.leftFoot), y(.rightFoot)) - motion.shape.ankleHeight
            return min(ankles, y(.leftToes), y(.rightToes))
        }
        let near = soles.count { $0 > -0.06 && $0 < 0.1 }
        #expect(near * 10 >= soles.count * 9, "\(soles)")
        #expect(soles.allSatisfy { $0 < 0.3 }, "\(soles)")
    }

    @Test("feet that stand on a real film do not slide")
    func feetDoNotSlide() throws {
        let motion = try SkeletonSolver().solve(WalkingGolden.film(), person: 0)
        var standing = 0
        for (side, foot) in [SkeletonJoint.leftFoot, .rightFoot].enumerated() {
            for index in motion.frames.indices.dropFirst() {
                guard motion.frames[index].contacts[side], motion.frames[index - 1].contacts[side] else {
                    continue
                }
                standing += 1
                let way =
                    motion.positions(inFrame: index)[foot.rawValue]
                    - motion.positions(inFrame: index - 1)[foot.rawValue]
                #expect(way.length < 0.02, "frame \(index)")
            }
        }
        #expect(standing > 3)
    }
}
