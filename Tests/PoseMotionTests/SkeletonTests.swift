// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseMotion
import PoseTestSupport
import Testing

@Suite("Skeleton")
struct SkeletonTests {
    /// A film of a body that moves.
    static func film(
        seconds: Double = 4,
        rate: Double = 30,
        size: (width: Int, height: Int) = (1280, 720),
        noise: Double = 0,
        without hidden: Set<Int> = [],
        _ body: (Double) -> SyntheticBody
    ) -> [PoseDocument] {
        var generator = SeededGenerator(seed: 0xB0DE)
        let gauss = Noise.source(noise, using: &generator)
        return (0..<Int(seconds * rate)).map { index in
            let time = Double(index) / rate
            let pose = body(time).pose(width: size.width, height: size.height, noise: gauss)
            return PoseDocument.ofFilm(
                "synthetic",
                PoseFrame(index: index, time: .seconds(time)),
                hidden.contains(index) ? [] : [pose],
                size: (size.width, size.height)
            )
        }
    }

    /// Squats and waves, seen obliquely.
    static func moving(_ time: Double) -> SyntheticBody {
        var body = Doing.squat((1 - SyntheticBody.cos(90 * time)) / 2)
        body.yaw = 35
        body.armOutward = SyntheticBody.Sides(left: 80 + 50 * SyntheticBody.sin(200 * time), right: 20)
        body.elbow = SyntheticBody.Sides(left: 60 + 30 * SyntheticBody.sin(150 * time), right: 20)
        return body
    }

    /// Walks to the camera's right with steps of half a second.
    static func walking(_ time: Double) -> SyntheticBody {
        var body = SyntheticBody()
        body.yaw = 90
        let phase = 360 * time
        body.thigh = SyntheticBody.Sides(
            left: 25 * SyntheticBody.sin(phase),
            right: -25 * SyntheticBody.sin(phase)
        )
        body.knee = SyntheticBody.Sides(
            left: 30 * max(0, SyntheticBody.cos(phase)),
            right: 30 * max(0, -SyntheticBody.cos(phase))
        )
        body.place = (0, 0.9 * time)
        return body
    }

    @Test func longGapsAreNotFilledWithMadeUpFrames() throws {
        var film = Self.film(seconds: 0.2, Self.moving)
        film[5].frame?.time = .seconds(7100)
        let error = #expect(throws: MotionError.self) { try SkeletonSolver().solve(film, person: nil) }
        #expect(error?.code == .invalidOption)
        #expect(
            error?.message
                == "The film's 6 frames would be a motion of 213000, most of them made up: the person is not seen "
                + "between 0.133 s and 7100.000 s. Export what is before and what is behind by itself."
        )
        // A minute away is a gap as any other.
        film[5].frame?.time = .seconds(60)
        #expect(try SkeletonSolver().solve(film, person: nil).frames.count == 1801)
    }

    @Test func framesWhoseTimesGoBackAreCounted() throws {
        let film = Self.film(seconds: 2, Self.moving)
        let motion = try SkeletonSolver().solve(film + film[..<40], person: nil)
        #expect(motion.frames.count == 60)
        #expect(motion.leftOut?.firstIndex == 60 && motion.leftOut?.count == 40)
        #expect(try SkeletonSolver().solve(film, person: nil).leftOut == nil)
        // A time that is given twice is one moment.
        #expect(try SkeletonSolver().solve(film + film.suffix(1), person: nil).leftOut == nil)
    }

    @Test func timesThatOnlyGoBackAreNamed() throws {
        let film = Array(Self.film(seconds: 1, Self.moving).reversed())
        let error = #expect(throws: MotionError.self) { try SkeletonSolver().solve(film, person: nil) }
        #expect(
            error?.message
                == "The times of 29 frames are not later than those before them, and what is left is no motion. "
                + "Times are seconds and must grow from line to line."
        )
    }

    private static let pairs: [(SkeletonJoint, PoseLandmark)] = [
        (.leftUpperArm, .leftShoulder), (.leftLowerArm, .leftElbow), (.leftHand, .leftWrist),
        (.rightUpperArm, .rightShoulder), (.rightLowerArm, .rightElbow), (.rightHand, .rightWrist),
        (.leftUpperLeg, .leftHip), (.leftLowerLeg, .leftKnee), (.leftFoot, .leftAnkle),
        (.leftToes, .leftFootIndex), (.rightUpperLeg, .rightHip), (.rightLowerLeg, .rightKnee),
        (.rightFoot, .rightAnkle), (.rightToes, .rightFootIndex),
    ]

    /// The mean distance of joints and landmarks, both from the hips, in metres.
    private func meanDistance(_ motion: SkeletonMotion, _ film: [PoseDocument]) throws -> Double {
        var (sum, count) = (0.0, 0.0)
        for (index, document) in film.enumerated() {
            guard let pose = document.poses.first, index < motion.frames.count else { continue }
            let places = motion.positions(inFrame: index)
            let cloud = try #require(LandmarkCloud(pose))
            for (joint, landmark) in Self.pairs {
                let place = places[joint.rawValue] - places[0]
                let truth = cloud.all[landmark.rawValue] * motion.shape.scale
                sum += (place - truth).length
                count += 1
            }
        }
        return sum / count
    }

    @Test("bones keep their lengths, and joints are where the landmarks are")
    func solvesExactBody() throws {
        let film = Self.film { Self.moving($0) }
        var solver = SkeletonSolver()
        solver.holdsFeet = false
        let motion = try solver.solve(film, person: 0)
        #expect(motion.frames.count == film.count)
        for index in motion.frames.indices {
            let places = motion.positions(inFrame: index)
            for joint in SkeletonJoint.allCases {
                guard let parent = joint.parent else { continue }
                let length = (places[joint.rawValue] - places[parent.rawValue]).length
                #expect(abs(length - motion.shape.length(to: joint)) < 1e-6)
            }
        }
        // The sole's slope in the rest pose is an average person's, so toes differ by millimetres.
        let distance = try meanDistance(motion, film)
        #expect(distance < 0.005, "\(distance)")
    }

    @Test("feet that stand do not slide, and noise stays near the landmarks")
    func standingFeet() throws {
        let film = Self.film(noise: 0.004) { Self.moving($0) }
        let motion = try SkeletonSolver().solve(film, person: 0)
        var standing = 0
        for (side, foot) in [SkeletonJoint.leftFoot, .rightFoot].enumerated() {
            var start: SIMD3<Double>?
            for (index, frame) in motion.frames.enumerated() {
                guard frame.contacts[side] else {
                    start = nil
                    continue
                }
                standing += 1
                let place = motion.positions(inFrame: index)[foot.rawValue]
                start = start ?? place
                #expect((place - (start ?? place)).length < 0.02, "frame \(index)")
            }
        }
        #expect(standing > film.count, "both feet stand in nearly all frames; \(standing)")
        let distance = try meanDistance(motion, film)
        #expect(distance < 0.03, "\(distance)")
    }

    @Test("limbs that landmarks show too short end near them", arguments: [0.5, 0.8, 1.0])
    func shortLimbs(_ part: Double) throws {
        var film = Self.film(seconds: 1) { Self.moving($0) }
        for index in film.indices.dropFirst(film.count * 2 / 3) {
            let points = film[index].poses[0].worldLandmarks
            for (start, ends) in [
                (PoseLandmark.leftShoulder, [PoseLandmark.leftElbow, .leftWrist]),
                (.leftHip, [.leftKnee, .leftAnkle, .leftFootIndex]),
            ] {
                let origin = points[start.rawValue]
                for end in ends {
                    var point = points[end.rawValue]
                    point.x = origin.x + (point.x - origin.x) * Float(part)
                    point.y = origin.y + (point.y - origin.y) * Float(part)
                    point.z = origin.z + (point.z - origin.z) * Float(part)
                    film[index].poses[0].worldLandmarks[end.rawValue] = point
                }
            }
        }
        var solver = SkeletonSolver()
        solver.holdsFeet = false
        let motion = try solver.solve(film, person: 0)
        let end = motion.positions(inFrame: film.count - 1)
        let cloud = try #require(LandmarkCloud(film[film.count - 1].poses[0]))
        let hand = end[SkeletonJoint.leftHand.rawValue] - end[0]
        let distance = (hand - cloud.all[PoseLandmark.leftWrist.rawValue]).length
        // Bones in the landmarks' directions miss by what is missing between shoulder and wrist.
        #expect(distance < 0.02 + 0.3 * (1 - part), "\(distance)")
        let upper = end[SkeletonJoint.leftLowerArm.rawValue] - end[SkeletonJoint.leftUpperArm.rawValue]
        #expect(abs(upper.length - motion.shape.length(to: .leftLowerArm)) < 1e-9)
    }

    @Test("who walks to the picture's right goes there, at the speed of the walk")
    func rootMotion() throws {
        let film = Self.film { Self.walking($0) }
        let motion = try SkeletonSolver().solve(film, person: 0)
        let (first, last) = (
            motion.positions(inFrame: 0)[0], motion.positions(inFrame: motion.frames.count - 1)[0]
        )
        let seconds = Double(motion.frames.count - 1) / motion.rate
        let speed = (last.x - first.x) / seconds
        // Sides: the person's forward is the camera's right.
        #expect(abs(speed - 0.9) < 0.12, "\(speed)")
        #expect(abs(last.z - first.z) < 0.2)
        // Somebody's lowest foot is on the floor.
        for index in stride(from: 0, to: motion.frames.count, by: 5) {
            let places = motion.positions(inFrame: index)
            let sole = min(
                places[SkeletonJoint.leftFoot.rawValue].y,
                places[SkeletonJoint.rightFoot.rawValue].y
            )
            #expect(abs(sole - motion.shape.ankleHeight) < 0.06, "frame \(index): \(sole)")
        }
    }

    @Test("a height makes every bone as much longer", arguments: [1.2, 1.75, 2.0])
    func height(_ height: Double) throws {
        let film = Self.film(seconds: 1) { Self.moving($0) }
        let own = try SkeletonSolver().solve(film, person: 0)
        var solver = SkeletonSolver()
        solver.height = height
        let motion = try solver.solve(film, person: 0)
        #expect(abs(motion.shape.height - height) < 1e-9)
        let factor = height / own.shape.height
        for joint in [SkeletonJoint.leftLowerLeg, .rightLowerArm, .neck] {
            #expect(abs(motion.shape.length(to: joint) - factor * own.shape.length(to: joint)) < 1e-9)
        }
    }

    @Test("frames without the person are filled and named")
    func gaps() throws {
        let hidden = Set(40..<55)
        let film = Self.film(without: hidden) { Self.moving($0) }
        let motion = try SkeletonSolver().solve(film, person: 0)
        let whole = try SkeletonSolver().solve(Self.film { Self.moving($0) }, person: 0)
        #expect(motion.frames.count == film.count)
        #expect(motion.gaps.count == 1)
        let gap = try #require(motion.gaps.first)
        #expect(abs(gap.lowerBound - 39 / 30.0) < 0.01 && abs(gap.upperBound - 55 / 30.0) < 0.01)
        let hand = SkeletonJoint.leftHand.rawValue
        let (filled, truth) = (motion.positions(inFrame: 47)[hand], whole.positions(inFrame: 47)[hand])
        #expect((filled - truth).length < 0.3)
    }

    @Test("an arm that is never to be seen stays in its rest, and all others move")
    func hiddenArm() throws {
        var film = Self.film(seconds: 1) { Self.moving($0) }
        for index in film.indices {
            for landmark in [PoseLandmark.rightElbow, .rightWrist, .rightIndex, .rightPinky] {
                film[index].poses[0].landmarks[landmark.rawValue].visibility = 0
            }
        }
        let motion = try SkeletonSolver().solve(film, person: 0)
        for frame in motion.frames {
            #expect(frame.rotations[SkeletonJoint.rightUpperArm.rawValue] == .identity)
            #expect(frame.rotations[SkeletonJoint.rightHand.rawValue] == .identity)
            #expect(frame.rotations[SkeletonJoint.leftLowerArm.rawValue] != .identity)
        }
    }

    @Test("another rate gives as many frames as it has, in the same time", arguments: [15.0, 24, 60, 120])
    func rates(_ rate: Double) throws {
        var solver = SkeletonSolver()
        solver.rate = rate
        let motion = try solver.solve(Self.film(seconds: 2) { Self.moving($0) }, person: 0)
        #expect(motion.frames.count == Int(59.0 / 30 * rate + 0.001) + 1)
    }

    @Test("a film without the person is an error that says so")
    func nobody() {
        let film = Self.film(seconds: 1) { Self.moving($0) }
        for (film, person) in [([], 0), (film, 7), (Array(film.prefix(1)), 0)] as [([PoseDocument], Int)] {
            #expect {
                _ = try SkeletonSolver().solve(film, person: person)
            } throws: { ($0 as? MotionError)?.code == .noPerson }
        }
        var broken = film
        for index in broken.indices { broken[index].poses[0].worldLandmarks = [] }
        #expect(throws: MotionError.self) { try SkeletonSolver().solve(broken, person: 0) }
    }

    @Test("numbers that are none do no harm")
    func notFinite() throws {
        var film = Self.film(seconds: 1) { Self.moving($0) }
        film[3].poses[0].worldLandmarks[PoseLandmark.leftHip.rawValue].x = .nan
        film[5].poses[0].landmarks[PoseLandmark.leftKnee.rawValue].x = .infinity
        film[7].poses[0].worldLandmarks[PoseLandmark.rightWrist.rawValue].y = .infinity
        let motion = try SkeletonSolver().solve(film, person: 0)
        for index in motion.frames.indices {
            for place in motion.positions(inFrame: index) {
                #expect(place.x.isFinite && place.y.isFinite && place.z.isFinite)
            }
        }
    }

    @Test("rotations: Euler angles and axes give the rotation back")
    func rotations() {
        var generator = SeededGenerator(seed: 0x5EED)
        let (x, y, z) = (Vector3(1, 0, 0), Vector3(0, 1, 0), Vector3(0, 0, 1))
        for _ in 0..<500 {
            func random() -> Double { Double.random(in: -1...1, using: &generator) }
            let rotation = Rotation3(w: random(), v: Vector3(random(), random(), random())).normalized
            let euler = rotation.eulerZXY
            let again =
                Rotation3(degrees: euler.z, about: z) * Rotation3(degrees: euler.x, about: x)
                * Rotation3(degrees: euler.y, about: y)
            let axes = Rotation3(x: rotation.apply(x), y: rotation.apply(y), z: rotation.apply(z))
            let vector = Vector3(random(), random(), random())
            #expect((again.apply(vector) - rotation.apply(vector)).length < 1e-9)
            #expect((axes.apply(vector) - rotation.apply(vector)).length < 1e-9)
            let (from, to) = (Vector3(random(), random(), random()), Vector3(random(), random(), random()))
            let swing = Rotation3(from: from, to: to)
            #expect(swing.apply(from).degrees(to: to) < 1e-5)
        }
        let half = Rotation3(from: x, to: -x)
        #expect((half.apply(x) + x).length < 1e-9)
    }
}
