// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// A direction or a place in space; in pictures `z` is 0.
package typealias Vector3 = SIMD3<Double>

extension SIMD3<Double> {
    /// The sum of the products of the components.
    package func dot(_ other: Self) -> Double { x * other.x + y * other.y + z * other.z }

    /// The vector at right angles to both, by the right-hand rule.
    package func cross(_ other: Self) -> Self {
        Self(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
    }

    /// How long it is.
    package var length: Double { dot(self).squareRoot() }

    /// The same direction with length 1; `nil` where there is none.
    package var unit: Self? {
        let length = length
        return length > 1e-9 && length.isFinite ? self / length : nil
    }

    /// What is left without the part along a unit vector.
    package func orthogonal(to axis: Self) -> Self { self - axis * dot(axis) }

    /// The angle to another direction in degrees, 0…180; 0 where one of both has no length.
    ///
    /// By the arc tangent, which keeps its digits near 0° and 180° where the arc cosine loses half of them.
    package func degrees(to other: Self) -> Double {
        atan2(cross(other).length, dot(other)) * 180 / .pi
    }
}
