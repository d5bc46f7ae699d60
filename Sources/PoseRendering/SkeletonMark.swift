// SPDX-License-Identifier: Apache-2.0

/// A point in pixels of the picture: (0, 0) is the centre of its first pixel.
package struct PixelPoint: Equatable, Sendable {
    package var x: Double
    package var y: Double

    package init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    func distance(to other: PixelPoint) -> Double {
        let (x, y) = (x - other.x, y - other.y)
        return (x * x + y * y).squareRoot()
    }
}

/// A straight line.
package struct SkeletonLine: Equatable, Sendable {
    package var from: PixelPoint
    package var to: PixelPoint
}

/// A filled circle, and the number of the landmark that it stands for.
package struct SkeletonDisc: Equatable, Sendable {
    package var center: PixelPoint
    package var radius: Double
    package var landmark: Int
}

/// One step of drawing a person or a text: lines with round ends, discs, or the insides of outlines, in one colour.
package enum SkeletonMark: Equatable, Sendable {
    case lines([SkeletonLine], width: Double, Colour)
    case discs([SkeletonDisc], Colour)
    /// Closed polygons, filled where they wind around a point.
    case outlines([[PixelPoint]], Colour)
}
