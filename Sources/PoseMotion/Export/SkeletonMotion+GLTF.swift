// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation

/// A kind of glTF file.
public enum GLTFKind: String, Sendable, CaseIterable {
    /// JSON with the numbers inside, as base64.
    case text = "gltf"
    /// One binary file.
    case binary = "glb"
    /// A binary file with the members of VRM's animations, without a mesh: it plays on any VRM model.
    case vrmAnimation = "vrma"
}

extension SkeletonMotion {
    /// The motion as a glTF 2.0 animation: metres, y up, facing +z, the rest pose a T.
    ///
    /// Each bone is a node; a simple figure is bound to them so that programs show it as an armature.
    ///
    /// Source: Khronos, "glTF 2.0 Specification"; VRM consortium, `VRMC_vrm_animation-1.0`.
    ///
    /// - Parameter kind: which file.
    /// - Returns: the whole file.
    public func gltf(_ kind: GLTFKind) -> [UInt8] {
        let hasMesh = kind != .vrmAnimation
        var buffer = GLTFBuffer()
        let times = frames.indices.map { Float(Double($0) / rate) }
        let input = buffer.add(times, "SCALAR", width: 1, hasRange: true)
        let roots = frames.flatMap { [Float($0.root.x), Float($0.root.y), Float($0.root.z)] }
        let translation = buffer.add(roots, "VEC3", width: 3, hasRange: false)
        let rotations = SkeletonJoint.allCases.map { joint in
            buffer.add(quaternions(of: joint), "VEC4", width: 4, hasRange: false)
        }
        let mesh = hasMesh ? FigureMesh(shape, into: &buffer) : nil
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("asset") { writer in
                writer.member("version", "2.0")
                writer.member("generator", "swift-pose \(PoseVersion.current)")
            }
            if kind == .vrmAnimation { writeVRM(into: &writer) }
            writer.member("scene", 0)
            writer.key("scenes")
            writer.array { writer in
                writer.object { writer in
                    writer.key("nodes")
                    writer.array { writer in
                        writer.value(0)
                        if hasMesh { writer.value(SkeletonJoint.allCases.count) }
                    }
                }
            }
            writeNodes(hasMesh: hasMesh, into: &writer)
            mesh?.write(into: &writer)
            writeAnimation(input, translation, rotations, into: &writer)
            buffer.write(into: &writer)
            writer.key("buffers")
            writer.array { writer in
                writer.object { writer in
                    writer.member("byteLength", buffer.bytes.count)
                    if kind == .text {
                        let text = Base64.text(of: buffer.bytes)
                        writer.member("uri", "data:application/octet-stream;base64," + text)
                    }
                }
            }
        }
        return kind == .text ? writer.bytes : Self.binary(writer.bytes, buffer.bytes)
    }

    /// x, y, z, w of each frame, each on the same side as the one before, so that programs that mix them go the short way.
    private func quaternions(of joint: SkeletonJoint) -> [Float] {
        var last = Rotation3.identity
        return frames.flatMap { frame in
            last = frame.rotations[joint.rawValue].near(last)
            return [Float(last.v.x), Float(last.v.y), Float(last.v.z), Float(last.w)]
        }
    }

    private func writeVRM(into writer: inout JSONWriter) {
        writer.key("extensionsUsed")
        writer.array { $0.value("VRMC_vrm_animation") }
        writer.member("extensions") { writer in
            writer.member("VRMC_vrm_animation") { writer in
                writer.member("specVersion", "1.0")
                writer.member("humanoid") { writer in
                    writer.member("humanBones") { writer in
                        for joint in SkeletonJoint.allCases {
                            writer.member(joint.vrmName) { $0.member("node", joint.rawValue) }
                        }
                    }
                }
            }
        }
    }

    private func writeNodes(hasMesh: Bool, into writer: inout JSONWriter) {
        writer.key("nodes")
        writer.array { writer in
            for joint in SkeletonJoint.allCases {
                let place =
                    joint == .hips ? Vector3(0, shape.hipHeight, 0) : shape.offsets[joint.rawValue]
                writer.object { writer in
                    writer.member("name", joint.mixamoName)
                    writer.member("translation", [Float(place.x), Float(place.y), Float(place.z)])
                    guard !joint.children.isEmpty else { return }
                    writer.key("children")
                    writer.array { writer in for child in joint.children { writer.value(child.rawValue) } }
                }
            }
            guard hasMesh else { return }
            writer.object { writer in
                writer.member("name", "Figure")
                writer.member("mesh", 0)
                writer.member("skin", 0)
            }
        }
    }

    private func writeAnimation(
        _ input: Int,
        _ translation: Int,
        _ rotations: [Int],
        into writer: inout JSONWriter
    ) {
        writer.key("animations")
        writer.array { writer in
            writer.object { writer in
                writer.member("name", "motion")
                writer.key("samplers")
                writer.array { writer in
                    for output in [translation] + rotations {
                        writer.object { writer in
                            writer.member("input", input)
                            writer.member("interpolation", "LINEAR")
                            writer.member("output", output)
                        }
                    }
                }
                writer.key("channels")
                writer.array { writer in
                    for sampler in 0...rotations.count {
                        writer.object { writer in
                            writer.member("sampler", sampler)
                            writer.member("target") { writer in
                                writer.member("node", max(sampler - 1, 0))
                                writer.member("path", sampler == 0 ? "translation" : "rotation")
                            }
                        }
                    }
                }
            }
        }
    }

    /// Header, JSON and numbers, each padded to a multiple of 4.
    private static func binary(_ json: [UInt8], _ buffer: [UInt8]) -> [UInt8] {
        func word(_ number: Int) -> [UInt8] {
            [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: number >> $0) }
        }
        let text = json + [UInt8](repeating: 0x20, count: -json.count & 3)
        let data = buffer + [UInt8](repeating: 0, count: -buffer.count & 3)
        let header = Array("glTF".utf8) + word(2) + word(12 + 8 + text.count + 8 + data.count)
        return header + word(text.count) + Array("JSON".utf8) + text + word(data.count)
            + Array("BIN\0".utf8) + data
    }
}

/// A figure of one octahedron a bone, bound to the bones.
private struct FigureMesh {
    private let position, normal, joints, weights, indices, inverseBinds: Int

    init(_ shape: SkeletonShape, into buffer: inout GLTFBuffer) {
        var (positions, normals, bones): ([Float], [Float], [UInt8]) = ([], [], [])
        let rest = SkeletonMotion.Frame(
            root: Vector3(0, shape.hipHeight, 0),
            rotations: SkeletonJoint.allCases.map { _ in .identity }
        )
        let pose = SkeletonPose(shape, rest)
        for joint in SkeletonJoint.allCases {
            let start = pose[joint]
            let ends =
                joint.children.map { pose[$0] } + [shape.ends[joint].map { start + $0 }].compactMap(\.self)
            for end in ends {
                for triangle in Self.octahedron(start, end) {
                    let normal =
                        (triangle[1] - triangle[0]).cross(triangle[2] - triangle[0]).unit ?? Vector3(0, 1, 0)
                    for corner in triangle {
                        positions += [Float(corner.x), Float(corner.y), Float(corner.z)]
                        normals += [Float(normal.x), Float(normal.y), Float(normal.z)]
                        bones += [UInt8(joint.rawValue), 0, 0, 0]
                    }
                }
            }
        }
        let count = positions.count / 3
        position = buffer.add(positions, "VEC3", width: 3, hasRange: true, target: 34962)
        normal = buffer.add(normals, "VEC3", width: 3, hasRange: false, target: 34962)
        joints = buffer.add(joints: bones)
        let weights = [[Float]](repeating: [1, 0, 0, 0], count: count).flatMap(\.self)
        self.weights = buffer.add(weights, "VEC4", width: 4, hasRange: false, target: 34962)
        indices = buffer.add(indices: (0..<count).map { UInt16($0) })
        // The rest pose has no rotations, so that the inverse moves the joint to the origin. Columns one after another.
        let turn: [Float] = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]
        let binds = pose.positions.flatMap { place -> [Float] in
            turn + [Float(-place.x), Float(-place.y), Float(-place.z), 1]
        }
        inverseBinds = buffer.add(binds, "MAT4", width: 16, hasRange: false)
    }

    /// A bone: pointed at both ends, thickest near its start.
    private static func octahedron(_ start: Vector3, _ end: Vector3) -> [[Vector3]] {
        let way = end - start
        guard let direction = way.unit else { return [] }
        let helper = abs(direction.y) < 0.9 ? Vector3(0, 1, 0) : Vector3(1, 0, 0)
        guard let one = direction.cross(helper).unit else { return [] }
        let other = direction.cross(one)
        let (middle, radius) = (start + way * 0.15, way.length * 0.09)
        let ring = [one, other, -one, -other].map { middle + $0 * radius }
        return ring.indices.flatMap { index in
            let (a, b) = (ring[index], ring[(index + 1) % ring.count])
            return [[end, a, b], [start, b, a]]
        }
    }

    func write(into writer: inout JSONWriter) {
        writer.key("meshes")
        writer.array { writer in
            writer.object { writer in
                writer.member("name", "Figure")
                writer.key("primitives")
                writer.array { writer in
                    writer.object { writer in
                        writer.member("attributes") { writer in
                            writer.member("POSITION", position)
                            writer.member("NORMAL", normal)
                            writer.member("JOINTS_0", joints)
                            writer.member("WEIGHTS_0", weights)
                        }
                        writer.member("indices", indices)
                    }
                }
            }
        }
        writer.key("skins")
        writer.array { writer in
            writer.object { writer in
                writer.member("inverseBindMatrices", inverseBinds)
                writer.member("skeleton", 0)
                writer.key("joints")
                writer.array { writer in for joint in SkeletonJoint.allCases { writer.value(joint.rawValue) }
                }
            }
        }
    }
}
