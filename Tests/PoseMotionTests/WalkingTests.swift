// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseMotion
import Testing

@Suite("Walking")
struct WalkingTests {
    @Test("somebody who walks past does none of the exercises", arguments: ExerciseCatalog.names)
    func walkingIsNoExercise(_ name: String) throws {
        var counter = RepetitionCounter(try ExerciseCatalog.exercise(named: name))
        for document in try RecordedLandmarks.walking() {
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
        let motion = try SkeletonSolver().solve(RecordedLandmarks.walking(), person: 0)
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
        let motion = try SkeletonSolver().solve(RecordedLandmarks.walking(), person: 0)
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
