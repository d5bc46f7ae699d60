// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseMotion
import Testing

/// Reads BVH by the letter of the format, and follows its bones.
private struct BVHReader {
    struct Joint {
        var name: String
        var parent: Int?
        var offset: SIMD3<Double>
        var channels: [String]
    }

    var joints: [Joint] = []
    var frameTime = 0.0
    var frames: [[Double]] = []

    init(_ text: String) throws {
        var words = text.split(whereSeparator: \.isWhitespace).map(String.init)[...]
        func take() throws -> String {
            let word = words.popFirst()
            return try #require(word)
        }
        func number() throws -> Double { try #require(Double(take())) }
        #expect(try take() == "HIERARCHY")
        var path: [Int?] = []
        var current: Int?
        scan: while true {
            switch try take() {
            case "ROOT", "JOINT":
                joints.append(Joint(name: try take(), parent: current, offset: .zero, channels: []))
                path.append(current)
                current = joints.count - 1
                #expect(try take() == "{")
            case "End":
                #expect(try take() == "Site")
                for word in ["{", "OFFSET"] { #expect(try take() == word) }
                for _ in 0..<3 { _ = try number() }
                #expect(try take() == "}")
            case "OFFSET":
                let index = try #require(current)
                joints[index].offset = SIMD3(try number(), try number(), try number())
            case "CHANNELS":
                let count = Int(try number())
                let index = try #require(current)
                for _ in 0..<count { joints[index].channels.append(try take()) }
            case "}": current = path.removeLast()
            case "MOTION": break scan
            default: Issue.record("a word that is none of the format")
            }
        }
        #expect(try take() == "Frames:")
        let count = Int(try number())
        for word in ["Frame", "Time:"] { #expect(try take() == word) }
        frameTime = try number()
        let width = joints.reduce(0) { $0 + $1.channels.count }
        for _ in 0..<count { frames.append(try (0..<width).map { _ in try number() }) }
        #expect(words.isEmpty)
    }

    /// Where the joints are, by their names.
    func places(_ frame: [Double]) -> [String: SIMD3<Double>] {
        var numbers = frame[...]
        var (places, turns): ([SIMD3<Double>], [Rotation3]) = ([], [])
        for joint in joints {
            var (place, turn) = (joint.offset, Rotation3.identity)
            for channel in joint.channels {
                let value = numbers.removeFirst()
                switch channel {
                case "Xposition": place.x += value
                case "Yposition": place.y += value
                case "Zposition": place.z += value
                case "Xrotation": turn = turn * Rotation3(degrees: value, about: SIMD3(1, 0, 0))
                case "Yrotation": turn = turn * Rotation3(degrees: value, about: SIMD3(0, 1, 0))
                default: turn = turn * Rotation3(degrees: value, about: SIMD3(0, 0, 1))
                }
            }
            if let parent = joint.parent {
                place = places[parent] + turns[parent].apply(place)
                turn = turns[parent] * turn
            }
            places.append(place)
            turns.append(turn)
        }
        return Dictionary(uniqueKeysWithValues: zip(joints.map(\.name), places))
    }
}

@Suite("Motion files")
struct MotionFileTests {
    private static let film = SkeletonTests.film(seconds: 2) { SkeletonTests.moving($0) }

    private static func motion(height: Double = 1.75) throws -> SkeletonMotion {
        var solver = SkeletonSolver()
        solver.height = height
        return try solver.solve(film, person: 0)
    }

    @Test("BVH read back has every joint where it is", arguments: LengthUnit.allCases)
    func bvh(_ unit: LengthUnit) throws {
        let motion = try Self.motion()
        let reader = try BVHReader(String(decoding: motion.bvh(unit: unit), as: UTF8.self))
        #expect(reader.frames.count == motion.frames.count)
        #expect(abs(reader.frameTime - 1 / 30.0) < 1e-7)
        #expect(reader.joints.map(\.name).contains("LeftForeArm"))
        let scale = unit == .metres ? 1.0 : 100
        for (index, frame) in reader.frames.enumerated() {
            let places = reader.places(frame)
            let truth = motion.positions(inFrame: index)
            for joint in SkeletonJoint.allCases {
                let place = try #require(places[joint.mixamoName]) / scale
                #expect((place - truth[joint.rawValue]).length < 1e-5, "\(joint), frame \(index)")
            }
        }
    }

    @Test("BVH's rest is a T without rotations, upright, facing +z")
    func bvhRest() throws {
        let motion = try Self.motion()
        let reader = try BVHReader(String(decoding: motion.bvh(), as: UTF8.self))
        let rest = reader.places([Double](repeating: 0, count: 66))
        func place(_ name: String) throws -> SIMD3<Double> { try #require(rest[name]) }
        let (hand, arm) = (try place("LeftHand"), try place("LeftArm"))
        #expect(hand.x > arm.x + 40 && abs(hand.y - arm.y) < 0.01 && abs(hand.z - arm.z) < 0.01)
        #expect(try place("RightHand").x < -40)
        #expect(try place("Head").y > 40)
        let (foot, toes) = (try place("LeftFoot"), try place("LeftToeBase"))
        #expect(foot.y < -70 && toes.z > foot.z + 5)
    }

    /// The JSON of a glTF file and its numbers.
    private static func gltf(_ bytes: [UInt8]) throws -> (json: [String: Any], buffer: [UInt8]) {
        func word(_ at: Int) -> Int { (0..<4).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) } }
        guard bytes.starts(with: Array("glTF".utf8)) else {
            let json = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
            let buffers = try #require(json["buffers"] as? [[String: Any]])
            let uri = try #require(buffers[0]["uri"] as? String)
            let text = try #require(uri.split(separator: ",").last)
            return (json, Array(try #require(Data(base64Encoded: String(text)))))
        }
        #expect(word(4) == 2 && word(8) == bytes.count && word(12).isMultiple(of: 4))
        let length = word(12)
        let json = try JSONSerialization.jsonObject(with: Data(bytes[20..<(20 + length)]))
        #expect(word(20 + length) == bytes.count - 28 - length)
        return (try #require(json as? [String: Any]), Array(bytes[(28 + length)...]))
    }

    @Test("glTF read back has every joint where it is", arguments: GLTFKind.allCases)
    func gltf(_ kind: GLTFKind) throws {
        let motion = try Self.motion()
        let (json, buffer) = try Self.gltf(motion.gltf(kind))
        let accessors = try #require(json["accessors"] as? [[String: Any]])
        let views = try #require(json["bufferViews"] as? [[String: Any]])
        func numbers(_ index: Int) throws -> [Float] {
            let view = views[try #require(accessors[index]["bufferView"] as? Int)]
            let start = try #require(view["byteOffset"] as? Int)
            let count = try #require(view["byteLength"] as? Int) / 4
            #expect(start.isMultiple(of: 4) && start + 4 * count <= buffer.count)
            return (0..<count).map { index in
                let word = (0..<4).reduce(UInt32(0)) {
                    $0 | UInt32(buffer[start + 4 * index + $1]) << (8 * $1)
                }
                return Float(bitPattern: word)
            }
        }
        let animation = try #require((json["animations"] as? [[String: Any]])?.first)
        let samplers = try #require(animation["samplers"] as? [[String: Any]])
        let channels = try #require(animation["channels"] as? [[String: Any]])
        #expect(channels.count == SkeletonJoint.allCases.count + 1)
        let times = try numbers(try #require(samplers[0]["input"] as? Int))
        #expect(times.count == motion.frames.count)
        let end = Double(times.count - 1) / 30
        #expect(abs(Double(times[times.count - 1]) - end) < 1e-5)
        let nodes = try #require(json["nodes"] as? [[String: Any]])
        var outputs: [String: [Float]] = [:]
        for channel in channels {
            let target = try #require(channel["target"] as? [String: Any])
            let sampler = samplers[try #require(channel["sampler"] as? Int)]
            let key = "\(try #require(target["node"] as? Int)) \(try #require(target["path"] as? String))"
            outputs[key] = try numbers(try #require(sampler["output"] as? Int))
        }
        for index in stride(from: 0, to: motion.frames.count, by: 7) {
            var (places, turns): ([Int: SIMD3<Double>], [Int: Rotation3]) = ([:], [:])
            func visit(_ node: Int, _ parent: Int?) throws {
                let rest = try #require(nodes[node]["translation"] as? [Double])
                var place = SIMD3(rest[0], rest[1], rest[2])
                if let root = outputs["\(node) translation"] {
                    place = SIMD3(
                        Double(root[3 * index]),
                        Double(root[3 * index + 1]),
                        Double(root[3 * index + 2])
                    )
                }
                let q = try #require(outputs["\(node) rotation"])[(4 * index)..<(4 * index + 4)].map(
                    Double.init
                )
                var turn = Rotation3(w: q[3], v: SIMD3(q[0], q[1], q[2])).normalized
                if let parent, let from = turns[parent], let base = places[parent] {
                    place = base + from.apply(place)
                    turn = from * turn
                }
                (places[node], turns[node]) = (place, turn)
                for child in nodes[node]["children"] as? [Int] ?? [] { try visit(child, node) }
            }
            try visit(0, nil)
            let truth = motion.positions(inFrame: index)
            for joint in SkeletonJoint.allCases {
                let place = try #require(places[joint.rawValue])
                #expect((place - truth[joint.rawValue]).length < 1e-4, "\(joint), frame \(index)")
            }
        }
        let bones = ((json["extensions"] as? [String: Any])?["VRMC_vrm_animation"] as? [String: Any])
        #expect((bones != nil) == (kind == .vrmAnimation))
        #expect((json["meshes"] != nil) == (kind != .vrmAnimation))
        if kind == .vrmAnimation {
            let human = try #require((bones?["humanoid"] as? [String: Any])?["humanBones"] as? [String: Any])
            // Those that VRM 1.0 requires.
            let required =
                ["hips", "spine", "head"]
                + ["left", "right"].flatMap { side in
                    ["UpperArm", "LowerArm", "Hand", "UpperLeg", "LowerLeg", "Foot"].map { side + $0 }
                }
            #expect(required.allSatisfy { human[$0] != nil })
        }
    }
}
