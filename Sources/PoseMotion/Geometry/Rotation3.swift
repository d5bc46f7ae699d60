// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// A rotation in space, as a unit quaternion.
package struct Rotation3: Hashable, Sendable {
    /// The real part.
    package var w: Double
    /// The imaginary part.
    package var v: Vector3

    /// No rotation.
    package static let identity = Rotation3(w: 1, v: .zero)

    package init(w: Double, v: Vector3) {
        (self.w, self.v) = (w, v)
    }

    /// A turn by an angle about a unit vector, by the right-hand rule.
    package init(degrees: Double, about axis: Vector3) {
        let half = degrees * .pi / 360
        self.init(w: cos(half), v: axis * sin(half))
    }

    /// The shortest way that turns one direction into another.
    package init(from start: Vector3, to end: Vector3) {
        guard let from = start.unit, let to = end.unit else {
            self = .identity
            return
        }
        let scalar = 1 + from.dot(to)
        guard scalar > 1e-9 else {
            // Half a turn, about any axis at right angles.
            let other = abs(from.x) < 0.9 ? Vector3(1, 0, 0) : Vector3(0, 1, 0)
            self.init(w: 0, v: from.cross(other).unit ?? Vector3(0, 0, 1))
            return
        }
        self = Rotation3(w: scalar, v: from.cross(to)).normalized
    }

    /// The rotation that turns the axes x, y, z into three unit vectors at right angles, right-handed.
    ///
    /// Source: Shepperd 1978, "Quaternion from rotation matrix": the largest of four numbers is divided by.
    package init(x: Vector3, y: Vector3, z: Vector3) {
        let trace = x.x + y.y + z.z
        let raw: Rotation3
        if trace > 0 {
            raw = Rotation3(w: 1 + trace, v: Vector3(y.z - z.y, z.x - x.z, x.y - y.x))
        } else if x.x >= y.y, x.x >= z.z {
            raw = Rotation3(w: y.z - z.y, v: Vector3(1 + x.x - y.y - z.z, x.y + y.x, x.z + z.x))
        } else if y.y >= z.z {
            raw = Rotation3(w: z.x - x.z, v: Vector3(x.y + y.x, 1 + y.y - x.x - z.z, y.z + z.y))
        } else {
            raw = Rotation3(w: x.y - y.x, v: Vector3(x.z + z.x, y.z + z.y, 1 + z.z - x.x - y.y))
        }
        self = raw.normalized
    }

    /// The rotation that turns one axis exactly into a direction, and a second one as near to a hint as that allows.
    package init(_ axis: Vector3, to direction: Vector3, _ second: Vector3, near hint: Vector3) {
        let swing = Rotation3(from: axis, to: direction)
        guard let along = direction.unit, let wanted = hint.orthogonal(to: along).unit,
            let present = swing.apply(second).orthogonal(to: along).unit
        else {
            self = swing
            return
        }
        let angle = atan2(present.cross(wanted).dot(along), present.dot(wanted)) * 180 / .pi
        self = Rotation3(degrees: angle, about: along) * swing
    }

    /// With length 1.
    package var normalized: Rotation3 {
        let length = (w * w + v.dot(v)).squareRoot()
        return length > 1e-12 ? Rotation3(w: w / length, v: v / length) : .identity
    }

    /// The way back.
    package var inverse: Rotation3 { Rotation3(w: w, v: -v) }

    /// First the other rotation, then this one.
    package static func * (one: Rotation3, other: Rotation3) -> Rotation3 {
        Rotation3(
            w: one.w * other.w - one.v.dot(other.v),
            v: other.v * one.w + one.v * other.w + one.v.cross(other.v)
        )
    }

    /// A vector after the rotation.
    package func apply(_ vector: Vector3) -> Vector3 {
        let twice = v.cross(vector) * 2
        return vector + twice * w + v.cross(twice)
    }

    /// A rotation on the shortest way between two, at constant speed.
    package static func between(_ one: Rotation3, _ other: Rotation3, _ part: Double) -> Rotation3 {
        var cosine = one.w * other.w + one.v.dot(other.v)
        let sign = cosine < 0 ? -1.0 : 1.0
        cosine *= sign
        var (first, second) = (1 - part, part)
        if cosine < 0.9995 {
            let angle = acos(min(cosine, 1))
            (first, second) = (sin((1 - part) * angle) / sin(angle), sin(part * angle) / sin(angle))
        }
        second *= sign
        return Rotation3(w: one.w * first + other.w * second, v: one.v * first + other.v * second).normalized
    }

    /// The same rotation, of whose two quaternions the one nearer to another is taken.
    package func near(_ other: Rotation3) -> Rotation3 {
        w * other.w + v.dot(other.v) < 0 ? Rotation3(w: -w, v: -v) : self
    }

    /// Degrees about z, then x, then y, each about the axes as turned so far: R = Rz · Rx · Ry.
    package var eulerZXY: (z: Double, x: Double, y: Double) {
        let (x, y, z) = (apply(Vector3(1, 0, 0)), apply(Vector3(0, 1, 0)), apply(Vector3(0, 0, 1)))
        let sine = min(max(y.z, -1), 1)
        guard abs(sine) < 1 - 1e-12 else {
            // z and y turn about the same axis: all of it is given to z.
            return (atan2(x.y, x.x) * 180 / .pi, sine * 90, 0)
        }
        return (atan2(-y.x, y.y) * 180 / .pi, asin(sine) * 180 / .pi, atan2(-x.z, z.z) * 180 / .pi)
    }
}
