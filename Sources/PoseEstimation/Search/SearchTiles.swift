// SPDX-License-Identifier: Apache-2.0

package import PoseImaging

/// The squares of a picture that a detector looks at one by one in a thorough search.
///
/// The detector finds people who span a fifth of its input or more, so that a level of half the size finds people of half
/// the size. Squares overlap: whoever is a third of a square tall stands whole in one of them at least.
package enum SearchTiles {
    /// What the longer side is divided by where faces are looked for, behind the look at the whole picture.
    static let faceDivisor = 2
    /// The same for people. Squares of half the side show nobody else: who is large enough for them has a face that is
    /// seen, or is found by the one look.
    static let peopleDivisor = 3
    /// How far squares overlap, as a share of their side, where people are looked for.
    package static let overlap = 1.0 / 3
    /// Squares of fewer pixels show nothing that the level above did not show.
    private static let leastSide = 64

    /// The squares of a level, row by row.
    ///
    /// - Parameters:
    ///   - divisor: what the longer side is divided by.
    ///   - width: columns of the picture.
    ///   - height: rows of the picture.
    ///   - overlap: how far squares overlap at least, as a share of their side.
    /// - Returns: squares in pixels; none when they would be too small.
    package static func squares(
        divisor: Int,
        width: Int,
        height: Int,
        overlap: Double = overlap
    ) -> [RotatedRectangle] {
        let side = (Double(max(width, height)) / Double(divisor)).rounded(.up)
        guard side >= Double(leastSide) else { return [] }
        return starts(along: height, side, overlap).flatMap { top in
            starts(along: width, side, overlap).map { left in
                RotatedRectangle(
                    centerX: Float(left + side / 2),
                    centerY: Float(top + side / 2),
                    width: Float(side),
                    height: Float(side),
                    rotationRadians: 0
                )
            }
        }
    }

    /// Where squares begin along one side of the picture: evenly, the first and the last at its ends.
    private static func starts(along length: Int, _ side: Double, _ overlap: Double) -> [Double] {
        let length = Double(length)
        // A picture that is narrower than the square has it in the middle.
        guard length > side else { return [(length - side) / 2] }
        let count = ((length - side) / (side * (1 - overlap)) - 0.01).rounded(.up) + 1
        return (0..<Int(count)).map { (length - side) * Double($0) / (count - 1) }
    }
}
