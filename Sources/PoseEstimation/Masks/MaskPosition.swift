// SPDX-License-Identifier: Apache-2.0

/// Positions on a mask as OpenCV's warpAffine counts them: its AB_BITS and INTER_BITS.
enum MaskPosition {
    /// Bits after the point of a sum of offsets, and of a position made from it.
    static let offsetBits = 10
    static let positionBits = 5
    /// Takes a sum to a position, once half a position was added.
    static let shift = offsetBits - positionBits
    static let half = 1 << (shift - 1)

    /// A position rounded to 1/1024 pixel; far ones saturate.
    static func rounded(_ pixels: Double) -> Int {
        let limit = Double(Int32.max)
        let scaled = (pixels * Double(1 << offsetBits)).rounded(.toNearestOrEven)
        return Int(max(-limit, min(limit, scaled)))
    }

    /// The weights of four neighbours, left above first, by the fractions of row and column.
    static let weights: [SIMD4<Float>] = (0..<(1 << (2 * positionBits))).map { fractions in
        let count = 1 << positionBits
        let x = Float(fractions % count) / Float(count)
        let y = Float(fractions / count) / Float(count)
        return SIMD4((1 - y) * (1 - x), (1 - y) * x, y * (1 - x), y * x)
    }
}
