// SPDX-License-Identifier: Apache-2.0

package import PoseImaging

/// The squares of a picture that a network looks at one by one in a thorough search.
///
/// A network finds what spans a certain share of its input or more, so that squares of half the size show what is half as
/// large. They overlap: what is as large as the overlap stands whole in one of them at least.
package struct SearchTiles: Sendable {
    /// What the picture's longer side is divided by.
    private let divisor: Double
    /// How far squares overlap, as a share of their side.
    private let overlap: Double

    /// Squares of a size.
    ///
    /// - Parameters:
    ///   - divisor: what the picture's longer side is divided by.
    ///   - overlap: how far squares overlap at least, as a share of their side, below 1.
    package init(divisor: Double, overlap: Double) {
        self.divisor = divisor
        self.overlap = overlap
    }

    /// Where faces are looked for, behind the look at the whole picture: two by two squares in most pictures.
    static let ofFaces = SearchTiles(divisor: 1.8, overlap: 0.2)
    /// Where people are looked for, who span a fifth of a square or more.
    ///
    /// Squares of half the side show nobody else: who is large enough for them has a face that is seen, or is found by the
    /// one look.
    static let ofPeople = SearchTiles(divisor: 3, overlap: 0.3)
    /// Squares of fewer pixels show nothing that the whole picture does not show.
    private static let leastSide = 64.0

    /// The squares of a picture, row by row.
    ///
    /// - Parameters:
    ///   - width: columns of the picture.
    ///   - height: rows of the picture.
    /// - Returns: squares in pixels; none when they would be too small.
    package func squares(width: Int, height: Int) -> [RotatedRectangle] {
        let side = (Double(max(width, height)) / divisor).rounded(.up)
        guard side >= Self.leastSide else { return [] }
        return starts(along: height, side: side).flatMap { top in
            starts(along: width, side: side).map { left in
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
    private func starts(along length: Int, side: Double) -> [Double] {
        let length = Double(length)
        // A picture that is narrower than the square has it in the middle.
        guard length > side else { return [(length - side) / 2] }
        let count = ((length - side) / (side * (1 - overlap)) - 0.01).rounded(.up) + 1
        return (0..<Int(count)).map { (length - side) * Double($0) / (count - 1) }
    }
}
