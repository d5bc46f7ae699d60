// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging

/// A disc that hides a head from the landmark network while it looks at somebody else.
///
/// The network places its landmarks on whoever dominates its crop: of people who stand close together it takes the same
/// one again and again. With the others' heads hidden it takes the one whose head is left.
struct HeadCover: Hashable, Sendable {
    /// The middle, in the picture's pixels.
    var center: SIMD2<Float>
    /// Its radius in pixels.
    var radius: Float

    /// Of a face's height, from the middle of the face: as far as to the hair.
    private static let reach: Float = 0.75

    /// Hides a face.
    init(face center: SIMD2<Float>, height: Float) {
        self.center = center
        radius = height * Self.reach
    }
}

extension [HeadCover] {
    /// Fills the discs in a crop with its mean colour.
    ///
    /// - Parameters:
    ///   - tensor: `size × size` pixels of three values.
    ///   - square: where the crop lies in the picture.
    ///   - size: rows and columns.
    func fill(
        _ tensor: UnsafeMutableBufferPointer<Float>,
        showing square: RotatedRectangle,
        size: Int
    ) {
        let crop = CropCoordinates(square, size: size)
        let discs = map { (center: crop.position(of: $0.center), radius: $0.radius * crop.scale) }
            .filter { disc in
                let reach = -disc.radius...Float(size) + disc.radius
                return reach.contains(disc.center.x) && reach.contains(disc.center.y)
            }
        guard !discs.isEmpty else { return }
        let mean = unsafe Self.mean(of: tensor)
        for (center, radius) in discs {
            let rows = Self.clamped(center.y - radius, center.y + radius, size)
            for row in rows {
                let height = Float(row) + 0.5 - center.y
                let half = Swift.max(0, radius * radius - height * height).squareRoot()
                for column in Self.clamped(center.x - half, center.x + half, size) {
                    let start = (row * size + column) * 3
                    for channel in 0..<3 { unsafe tensor[start + channel] = mean[channel] }
                }
            }
        }
    }

    private static func clamped(_ low: Float, _ high: Float, _ size: Int) -> Range<Int> {
        let first = Int(Swift.max(0, Swift.min(Float(size), low.rounded())))
        return first..<Swift.max(first, Int(Swift.max(0, Swift.min(Float(size), high.rounded()))))
    }

    private static func mean(of tensor: UnsafeMutableBufferPointer<Float>) -> SIMD3<Float> {
        var sum = SIMD3<Float>()
        for start in stride(from: 0, to: tensor.count - 2, by: 3) {
            sum += unsafe SIMD3(tensor[start], tensor[start + 1], tensor[start + 2])
        }
        return sum / Float(Swift.max(1, tensor.count / 3))
    }
}
