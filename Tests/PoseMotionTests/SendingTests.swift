// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseMotion
import PoseTestSupport
import Testing

@Suite("Sending motion") struct SendingTests {
    /// All bones of Unity's humanoid and their parents, by Unity's documentation.
    private static let parents: [String: String] = {
        var parents = [
            "Spine": "Hips", "Chest": "Spine", "UpperChest": "Chest", "Neck": "Chest", "Head": "Neck",
            "LeftEye": "Head", "RightEye": "Head", "Jaw": "Head",
        ]
        for side in ["Left", "Right"] {
            let chains = [
                ["Chest", side + "Shoulder", side + "UpperArm", side + "LowerArm", side + "Hand"],
                ["Hips", side + "UpperLeg", side + "LowerLeg", side + "Foot", side + "Toes"],
            ]
            for chain in chains {
                for (parent, bone) in zip(chain, chain.dropFirst()) { parents[bone] = parent }
            }
            for finger in ["Thumb", "Index", "Middle", "Ring", "Little"] {
                var parent = side + "Hand"
                for part in ["Proximal", "Intermediate", "Distal"] {
                    parents[side + finger + part] = parent
                    parent = side + finger + part
                }
            }
        }
        return parents
    }()

    private static func follow(_ film: [PoseDocument], height: Double? = nil) throws -> [LiveSkeleton?] {
        var follower = try SkeletonFollower(height: height)
        return film.map { follower.next($0) }
    }

    private static var tPose: SyntheticBody {
        var body = SyntheticBody()
        body.armOutward = SyntheticBody.Sides(90)
        body.spread = SyntheticBody.Sides(0)
        return body
    }

    private static func bones(_ skeleton: LiveSkeleton?) throws -> [String: [Double]] {
        let messages = try VMCEncoder().datagrams(skeleton, at: 1.5).flatMap(ReceivedMessage.read)
        let bones = messages.filter { $0.address == "/VMC/Ext/Bone/Pos" }
        let named = try bones.map { (try #require($0.strings.first), $0.numbers) }
        try #require(Set(named.map(\.0)).count == named.count, "a bone is sent twice")
        return Dictionary(named) { first, _ in first }
    }

    @Test("a T-pose has no rotations, and all bones of the humanoid are sent")
    func tPose() throws {
        let skeletons = try Self.follow(SkeletonTests.film(seconds: 0.5) { _ in Self.tPose })
        let bones = try Self.bones(try #require(skeletons.last))
        #expect(Set(bones.keys) == Set(Self.parents.keys).union(["Hips"]) && bones.count == 55)
        for (name, numbers) in bones where !name.hasSuffix("Foot") {
            let quaternion = Array(numbers[3...])
            #expect(abs(quaternion[3]) > 0.99999, "\(name): \(quaternion)")
        }
        // The person's left is at negative x, and the front of the foot at positive z.
        #expect(try #require(bones["LeftUpperArm"])[0] < -0.05)
        #expect(try #require(bones["LeftToes"])[2] > 0.05)
        #expect(try #require(bones["Hips"])[1] > 0.7)
    }

    @Test(
        "whoever follows the bones that are sent finds the joints where they were solved, and the landmarks"
    )
    func forwardKinematics() throws {
        let film = SkeletonTests.film(SkeletonTests.moving)
        for (document, skeleton) in zip(film, try Self.follow(film)).dropFirst(20) {
            let skeleton = try #require(skeleton)
            let bones = try Self.bones(skeleton)
            func globals(_ name: String) throws -> (place: SIMD3<Double>, rotation: Rotation3) {
                let n = try #require(bones[name])
                let local = SIMD3(n[0], n[1], n[2])
                let turn = Rotation3(w: n[6], v: SIMD3(n[3], n[4], n[5]))
                guard let parent = Self.parents[name] else { return (local, turn) }
                let above = try globals(parent)
                return (above.place + above.rotation.apply(local), above.rotation * turn)
            }
            let cloud = try #require(document.poses.first.flatMap { LandmarkCloud($0) })
            let hips = try globals("Hips").place
            for (joint, landmark) in [
                (SkeletonJoint.leftHand, PoseLandmark.leftWrist), (.rightFoot, .rightAnkle),
                (.leftLowerLeg, .leftKnee), (.head, nil), (.leftToes, nil),
            ] as [(SkeletonJoint, PoseLandmark?)] {
                let name = "\(joint)".prefix(1).uppercased() + "\(joint)".dropFirst()
                var place = try globals(name).place
                let solved = skeleton.positions[joint.rawValue]
                #expect((place - SIMD3(-solved.x, solved.y, solved.z)).length < 1e-5, "\(joint)")
                guard let landmark else { continue }
                place -= hips
                let seen = cloud.all[landmark.rawValue]
                #expect((place - SIMD3(-seen.x, seen.y, seen.z)).length < 0.04, "\(joint)")
            }
        }
    }

    @Test("python-osc reads in every datagram what was written", .needsPythonTools)
    func pythonOSC() throws {
        let skeleton = try #require(
            try Self.follow(SkeletonTests.film(seconds: 0.1, SkeletonTests.moving)).last
        )
        let datagrams = VMCEncoder().datagrams(skeleton, at: 12.25) + VRChatEncoder().datagrams(skeleton)
        let messages = try ReceivedMessage.readByPythonOSC(datagrams)
        let ours = try datagrams.flatMap(ReceivedMessage.read)
        #expect(
            messages.map(\.address) == ours.map(\.address) && messages.map(\.strings) == ours.map(\.strings)
        )
        let (theirNumbers, ourNumbers) = (messages.flatMap(\.numbers), ours.flatMap(\.numbers))
        #expect(theirNumbers.count == ourNumbers.count)
        #expect(zip(theirNumbers, ourNumbers).allSatisfy { abs($0 - $1) < 1e-9 })
        #expect(messages.count == 3 + 55 + 18)
        #expect(messages[0] == ReceivedMessage(address: "/VMC/Ext/OK", strings: [], numbers: [1, 3, 0, 1]))
        #expect(messages[1] == ReceivedMessage(address: "/VMC/Ext/T", strings: [], numbers: [12.25]))
        #expect(messages[2].strings == ["root"] && messages[2].numbers == [0, 0, 0, 0, 0, 0, 1])
        #expect(datagrams.allSatisfy { $0.count <= 1_400 && $0.count % 4 == 0 })
    }

    @Test("OSC's own examples have the bytes of its specification")
    func specification() {
        // Section "Examples" of OSC 1.0.
        let oscillator = OSCMessage("/oscillator/4/frequency", [.float(440)]).bytes
        #expect(oscillator == Array("/oscillator/4/frequency\0,f\0\0".utf8) + [0x43, 0xDC, 0, 0])
        let foo = OSCMessage("/foo", [.int(1000), .int(-1), .string("hello"), .float(1.234), .float(5.678)])
            .bytes
        let expected: [UInt8] =
            Array("/foo\0\0\0\0,iisff\0\0".utf8) + [0, 0, 3, 0xE8, 0xFF, 0xFF, 0xFF, 0xFF]
            + Array("hello\0\0\0".utf8) + [0x3F, 0x9D, 0xF3, 0xB6, 0x40, 0xB5, 0xB2, 0x2D]
        #expect(foo == expected)
        let half = OSCTimeTag(sinceEpoch: .milliseconds(1500))
        #expect(half.rawValue == UInt64(2_208_988_801) << 32 | 0x8000_0000)
        let bundle = OSCBundle.packets([OSCMessage("/a", [])], at: half, limit: 1400)[0]
        #expect(bundle[8..<16] == [0x83, 0xAA, 0x7E, 0x81, 0x80, 0, 0, 0])
    }

    @Test("VRChat's angles turn the axes as the trackers are turned, in Unity's order")
    func eulerAngles() throws {
        var generator = SeededGenerator(seed: 0x90)
        for _ in 0..<60 {
            var body = Self.tPose
            body.yaw = .random(in: -180...180, using: &generator)
            body.trunk = .random(in: -60...60, using: &generator)
            body.thigh = SyntheticBody.Sides(.random(in: -30...100, using: &generator))
            let skeleton = try #require(
                try Self.follow(SkeletonTests.film(seconds: 0.05) { _ in body }).last ?? nil
            )
            let messages = try VRChatEncoder().datagrams(skeleton).flatMap(ReceivedMessage.read)
            let bones = try Self.bones(skeleton)
            let hips = try #require(bones["Hips"])
            let hip = try #require(messages.first { $0.address == "/tracking/trackers/1/rotation" }).numbers
            let place = try #require(messages.first { $0.address == "/tracking/trackers/1/position" }).numbers
            #expect(zip(place, hips).allSatisfy { abs($0 - $1) < 1e-6 })
            func turn(_ degrees: Double, _ axis: SIMD3<Double>) -> Rotation3 {
                Rotation3(degrees: degrees, about: axis)
            }
            let rebuilt =
                turn(hip[1], SIMD3(0, 1, 0)) * turn(hip[0], SIMD3(1, 0, 0)) * turn(hip[2], SIMD3(0, 0, 1))
            let sent = Rotation3(w: hips[6], v: SIMD3(hips[3], hips[4], hips[5]))
            for axis in [SIMD3(1.0, 0, 0), SIMD3(0.0, 0, 1)] {
                #expect((rebuilt.apply(axis) - sent.apply(axis)).length < 1e-5)
            }
        }
        // Somebody who turns to their own left, 30° to the right of the picture, turns by -30° about Unity's y.
        var body = Self.tPose
        body.yaw = 30
        let skeleton = try #require(
            try Self.follow(SkeletonTests.film(seconds: 0.05) { _ in body }).last ?? nil
        )
        let messages = try VRChatEncoder().datagrams(skeleton).flatMap(ReceivedMessage.read)
        let head = try #require(messages.first { $0.address == "/tracking/trackers/head/rotation" }).numbers
        #expect(zip(head, [0, -30, 0]).allSatisfy { abs($0 - $1) < 0.01 }, "\(head)")
    }

    @Test("who is lost is reported as lost, and found again; somebody else is followed after a second")
    func lostPerson() throws {
        var film = SkeletonTests.film(seconds: 4, without: Set(30..<45)) { _ in SyntheticBody() }
        for index in 60..<film.count { film[index].poses[0].track?.id = 7 }
        let skeletons = try Self.follow(film)
        #expect(skeletons[29] != nil && skeletons[30..<45].allSatisfy { $0 == nil } && skeletons[45] != nil)
        // Frame 59 is the last with the first person: a second later the other one is followed.
        #expect(skeletons[60..<89].allSatisfy { $0 == nil })
        #expect(skeletons[91...].allSatisfy { $0?.person == 7 })
        let lost = try VMCEncoder().datagrams(nil, at: 1).flatMap(ReceivedMessage.read)
        #expect(lost.map(\.numbers) == [[1, 3, 0, 0], [1]])
        #expect(VRChatEncoder().datagrams(nil).isEmpty)
    }

    @Test("a jump leaves the floor, standing does not, and the height is the person's")
    func floor() throws {
        // Up by 0.4 m for 0.6 s, in the picture alone: landmarks are from the hips.
        let film = SkeletonTests.film(seconds: 3) { _ in SyntheticBody() }.enumerated().map {
            index,
            document in
            var document = document
            let phase = (Double(index) / 30 - 1.5) / 0.6
            guard (0...1).contains(phase) else { return document }
            let rise = Float(0.4 * 4 * phase * (1 - phase) / 4)
            for landmark in document.poses[0].landmarks.indices {
                document.poses[0].landmarks[landmark].y -= rise
            }
            return document
        }
        let skeletons = try Self.follow(film, height: 1.8).compactMap(\.self)
        #expect(skeletons.count == film.count)
        let rise = skeletons.map { skeleton in
            min(
                skeleton.positions[SkeletonJoint.leftToes.rawValue].y,
                skeleton.positions[SkeletonJoint.leftFoot.rawValue].y
            )
        }
        #expect(rise[..<44].allSatisfy { abs($0) < 0.03 }, "\(rise[..<44].map { abs($0) }.max() ?? 0)")
        #expect(abs((rise[44..<64].max() ?? 0) - 0.4 * 1.8 / 1.68) < 0.12, "\(rise[44..<64].max() ?? 0)")
        #expect(skeletons.allSatisfy { abs($0.shape.height - 1.8) < 1e-9 })
    }

    @Test("somebody of whom a desk hides hips and legs has a skeleton that stands")
    func hiddenHips() throws {
        let film = SkeletonTests.film(seconds: 0.5) { _ in Self.tPose }.map { document in
            var document = document
            for landmark in 23...32 {
                document.poses[0].landmarks[landmark].visibility = 0.1
                document.poses[0].landmarks[landmark].y += 1
            }
            return document
        }
        for skeleton in try Self.follow(film) {
            let skeleton = try #require(skeleton)
            #expect(abs(skeleton.positions[SkeletonJoint.leftToes.rawValue].y) < 0.02)
            #expect(skeleton.positions[SkeletonJoint.head.rawValue].y > 1.2)
        }
    }

    @Test("arms that were never seen hang beside the body, and hidden ones keep their place for a second")
    func hiddenArms() throws {
        func hide(_ film: [PoseDocument], from first: Int) -> [PoseDocument] {
            film.enumerated().map { index, document in
                var document = document
                guard index >= first else { return document }
                for landmark in 13...22 { document.poses[0].landmarks[landmark].visibility = 0.1 }
                return document
            }
        }
        let film = SkeletonTests.film(seconds: 5) { _ in Self.tPose }
        func handHeight(_ skeleton: LiveSkeleton?) throws -> Double {
            let places = try #require(skeleton).positions
            return places[SkeletonJoint.leftHand.rawValue].y - places[SkeletonJoint.leftUpperArm.rawValue].y
        }
        let never = try Self.follow(hide(film, from: 0))
        #expect(try handHeight(never[10]) < -0.4)
        let later = try Self.follow(hide(film, from: 60))
        #expect(abs(try handHeight(later[85])) < 0.01)
        #expect(try handHeight(later.last ?? nil) < -0.4)
    }
}
