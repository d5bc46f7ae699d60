// SPDX-License-Identifier: Apache-2.0

/// The bones of a limb, whose lengths are fixed, brought near to landmarks whose distances are not.
///
/// Landmarks of a limb that points to the camera, or that is hardly to be seen, are too near to each other, by up to a half.
/// Bones in the landmarks' directions then end far away, each bone adding its error to those before it.
struct LimbFit {
    /// Where the limb begins, and where each of its bones should end.
    let start: Vector3
    let targets: [Vector3]
    let lengths: [Double]

    /// The directions of the bones: one pass of coordinate descent from the directions between the targets.
    ///
    /// Each bone is turned so that the sum of the squares of all distances behind it is least; the others keep their
    /// directions. Further passes come 0.1 cm nearer on real films, but bend elbows and knees by half as much again.
    ///
    /// - Parameter directions: unit vectors from target to target, the first from where the limb's landmarks begin.
    /// - Returns: as many unit vectors.
    func directions(from directions: [Vector3]) -> [Vector3] {
        var directions = directions
        for bone in directions.indices {
            var sum = Vector3.zero
            var end = start
            for index in directions.indices {
                if index != bone { end += directions[index] * lengths[index] }
                if index >= bone { sum += targets[index] - end }
            }
            directions[bone] = sum.unit ?? directions[bone]
        }
        return directions
    }
}
