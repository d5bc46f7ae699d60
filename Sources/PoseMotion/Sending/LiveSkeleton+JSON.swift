// SPDX-License-Identifier: Apache-2.0

package import PoseEstimation

extension LiveSkeleton {
    /// Writes the member `skeleton` of a person, as `Docs/motion.md` describes it.
    ///
    /// - Parameter writer: gets the member, within the person's object.
    package func write(into writer: inout JSONWriter) {
        writer.member("skeleton") { skeleton in
            skeleton.member("height", Self.rounded(shape.height))
            skeleton.key("root")
            Self.write(frame.root, into: &skeleton)
            skeleton.key("bones")
            skeleton.array { list in
                for (joint, rotation) in zip(SkeletonJoint.allCases, rotations) {
                    list.object { write(joint, rotation, into: &$0) }
                }
            }
        }
    }

    private func write(_ joint: SkeletonJoint, _ rotation: SIMD4<Double>, into bone: inout JSONWriter) {
        bone.member("name", joint.vrmName)
        bone.key("parent")
        if let parent = joint.parent { bone.value(parent.vrmName) } else { bone.null() }
        bone.key("rest")
        Self.write(shape.offsets[joint.rawValue], into: &bone)
        if let end = shape.ends[joint] {
            bone.key("end")
            Self.write(end, into: &bone)
        }
        bone.key("rotation")
        bone.array { list in
            for index in 0..<4 { list.value(Self.rounded(rotation[index])) }
        }
    }

    private static func write(_ vector: Vector3, into writer: inout JSONWriter) {
        writer.array { list in
            for number in [vector.x, vector.y, vector.z] { list.value(rounded(number)) }
        }
    }

    /// A tenth of a millimetre, and a hundredth of a degree.
    private static func rounded(_ number: Double) -> Double { NumberText.rounded(number, 4) }
}
