// SPDX-License-Identifier: Apache-2.0

/// What a length of 1 is in a file that has no unit.
public enum LengthUnit: String, Sendable, CaseIterable {
    case centimetres = "cm"
    case metres = "m"

    /// How many of them a metre is.
    var perMetre: Double { self == .centimetres ? 100 : 1 }
}

extension SkeletonMotion {
    /// The motion as BVH: hierarchy, then a line a frame.
    ///
    /// Y is up, the rest pose a T without rotations that faces +z, rotations in the order Z, X, Y. The format has no
    /// unit. Blender imports it upright as it is (Forward -Z, Up Y), at the right size with scale 0.01 where it is in
    /// centimetres.
    ///
    /// - Parameter unit: what a length of 1 is; most programs expect centimetres.
    /// - Returns: the whole file, ASCII.
    public func bvh(unit: LengthUnit = .centimetres) -> [UInt8] { bvh(unit: unit, beforeEachFrame: {}) }

    /// The motion as BVH.
    ///
    /// - Parameters:
    ///   - unit: what a length of 1 is.
    ///   - check: called before each frame.
    /// - Returns: the whole file, ASCII.
    /// - Throws: what the check throws.
    package func bvh<Stop: Error>(
        unit: LengthUnit,
        beforeEachFrame check: () throws(Stop) -> Void
    ) throws(Stop) -> [UInt8] {
        var text = "HIERARCHY\n"
        write(.hips, depth: 0, unit.perMetre, into: &text)
        text += "MOTION\nFrames: \(frames.count)\nFrame Time: \(NumberText.fixed(1 / rate, 8))\n"
        var bytes = Array(text.utf8)
        for frame in frames {
            try check()
            let root = frame.root * unit.perMetre
            var numbers = [root.x, root.y, root.z]
            for joint in Self.bvhOrder {
                let (z, x, y) = frame.rotations[joint.rawValue].eulerZXY
                numbers += [z, x, y]
            }
            bytes += numbers.map { NumberText.fixed($0, 6) }.joined(separator: " ").utf8
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    /// The joints in the order in which the hierarchy names them, which is that of the channels.
    private static let bvhOrder: [SkeletonJoint] = {
        func list(_ joint: SkeletonJoint) -> [SkeletonJoint] { [joint] + joint.children.flatMap(list) }
        return list(.hips)
    }()

    private func write(_ joint: SkeletonJoint, depth: Int, _ scale: Double, into text: inout String) {
        let indent = String(repeating: "\t", count: depth)
        func offset(_ place: Vector3) -> String {
            "OFFSET "
                + [place.x, place.y, place.z].map { NumberText.fixed($0 * scale, 6) }.joined(separator: " ")
        }
        let isRoot = joint == .hips
        text += "\(indent)\(isRoot ? "ROOT" : "JOINT") \(joint.mixamoName)\n\(indent){\n"
        text += "\(indent)\t\(offset(shape.offsets[joint.rawValue]))\n"
        text += "\(indent)\tCHANNELS "
        text += isRoot ? "6 Xposition Yposition Zposition " : "3 "
        text += "Zrotation Xrotation Yrotation\n"
        for child in joint.children { write(child, depth: depth + 1, scale, into: &text) }
        if let end = shape.ends[joint] {
            text += "\(indent)\tEnd Site\n\(indent)\t{\n\(indent)\t\t\(offset(end))\n\(indent)\t}\n"
        }
        text += "\(indent)}\n"
    }
}
