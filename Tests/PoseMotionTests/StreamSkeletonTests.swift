// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseEstimation
import PoseMotion
import Testing

/// Skeletons in the records of a live stream.
@Suite("Skeletons of a stream") struct StreamSkeletonTests {
    private struct Line: Decodable {
        struct Person: Decodable {
            var id: Int
            var skeleton: Skeleton?
        }
        var people: [Person]
    }
    private struct Skeleton: Decodable {
        struct Bone: Decodable {
            var name: String
            var parent: String?
            var rest: [Double]
            var end: [Double]?
            var rotation: [Double]
        }
        var height: Double
        var root: [Double]
        var bones: [Bone]

        /// Where the bones are, by whoever follows them as the documentation says.
        var places: [String: SIMD3<Double>] {
            var places: [String: SIMD3<Double>] = [:]
            var turns: [String: SIMD4<Double>] = [:]
            for bone in bones {
                let own = SIMD4(bone.rotation[0], bone.rotation[1], bone.rotation[2], bone.rotation[3])
                guard let parent = bone.parent, let place = places[parent], let turn = turns[parent] else {
                    places[bone.name] = SIMD3(root[0], root[1], root[2])
                    turns[bone.name] = own
                    continue
                }
                let rest = SIMD4(bone.rest[0], bone.rest[1], bone.rest[2], 0)
                let back = SIMD4(-turn.x, -turn.y, -turn.z, turn.w)
                let moved = Self.product(Self.product(turn, rest), back)
                places[bone.name] = place + SIMD3(moved.x, moved.y, moved.z)
                turns[bone.name] = Self.product(turn, own)
            }
            return places
        }

        private static func product(_ a: SIMD4<Double>, _ b: SIMD4<Double>) -> SIMD4<Double> {
            let x = a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y
            let y = a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x
            let z = a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w
            let w = a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z
            return SIMD4(x, y, z, w)
        }
    }

    private static func record(_ index: Int, _ people: [Int]) -> PoseDocument {
        let time = Double(index) / 30
        let poses = people.map { id in
            var body = Doing.squat((1 - cos(.pi * time * Double(id))) / 2)
            body.armForward = SyntheticBody.Sides(left: 60, right: 20)
            var pose = body.pose()
            pose.track = PoseTrack(id: id, state: .tracked)
            return pose
        }
        return PoseDocument.ofFilm(
            "live",
            PoseFrame(index: index, time: .seconds(time), state: .tracked),
            poses
        )
    }

    private func lines(_ records: [PoseDocument], asking: Bool = true) throws -> [Line] {
        var settings = AnalysisSettings()
        try AnalysisParameters.apply([("skeleton", "\(asking)")], from: .live, to: &settings)
        var additions = RecordAdditions(settings)
        return try records.map { try JSONDecoder().decode(Line.self, from: Data(additions.json(of: $0))) }
    }

    @Test("whoever follows the bones finds each person's joints, as they are sent to other programs")
    func joints() throws {
        let records = (0..<40).map { Self.record($0, $0 < 5 ? [1] : [1, 2]) }
        var followers = [1: try SkeletonFollower(), 2: try SkeletonFollower()]
        for (record, line) in zip(records, try lines(records)) {
            #expect(line.people.map(\.id) == record.poses.map { $0.track?.id })
            for (pose, person) in zip(record.poses, line.people) {
                var own = record
                own.poses = [pose]
                let solved = followers[person.id]?.next(own)
                let expected = try #require(solved)
                let skeleton = try #require(person.skeleton)
                let places = skeleton.places
                #expect(skeleton.bones.count == SkeletonJoint.allCases.count)
                for (joint, place) in zip(SkeletonJoint.allCases, expected.positions) {
                    let found = try #require(places[joint.vrmName])
                    // Rotations have four decimals, along chains of two metres.
                    #expect(((found - place) * (found - place)).sum() < 0.002 * 0.002, "\(joint)")
                }
                #expect(skeleton.bones.filter { $0.end != nil }.count == 5)
            }
        }
    }

    @Test("nothing is solved unless it is asked for")
    func notAsked() throws {
        let lines = try lines([Self.record(0, [1])], asking: false)
        #expect(lines.allSatisfy { $0.people.allSatisfy { $0.skeleton == nil } })
    }
}
