// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// The axes of Unity: x to the right, y up, z forwards, left-handed; somebody in the rest pose looks along z.
///
/// Ours mirrored in x: the person's left is at negative x.
enum UnityCoordinates {
    /// A place or an offset.
    static func place(_ vector: Vector3) -> Vector3 { Vector3(-vector.x, vector.y, vector.z) }

    /// A rotation, of which mirroring in x keeps the part about x.
    static func rotation(_ rotation: Rotation3) -> Rotation3 {
        Rotation3(w: rotation.w, v: Vector3(rotation.v.x, -rotation.v.y, -rotation.v.z))
    }

    /// Degrees about x, y and z of a rotation in these axes: first about z, then about x, then about y, all fixed axes.
    ///
    /// Source: Unity, `Quaternion.Euler` and `Transform.eulerAngles`: R = Ry · Rx · Rz.
    static func eulerAngles(_ rotation: Rotation3) -> Vector3 {
        let (x, y, z) = (
            rotation.apply(Vector3(1, 0, 0)), rotation.apply(Vector3(0, 1, 0)),
            rotation.apply(Vector3(0, 0, 1))
        )
        let sine = min(max(-z.y, -1), 1)
        let degrees = 180 / Double.pi
        guard abs(sine) < 1 - 1e-12 else {
            // y and z turn about the same axis: all of it is given to y.
            return Vector3(sine * 90, atan2(-x.z, x.x) * degrees, 0)
        }
        return Vector3(asin(sine), atan2(z.x, z.z), atan2(x.y, y.y)) * degrees
    }
}
