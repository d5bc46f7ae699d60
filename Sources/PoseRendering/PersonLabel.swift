// SPDX-License-Identifier: Apache-2.0

/// A person's number in strokes, since a system may have no font.
struct PersonLabel {
    /// The strokes, in pixels of the picture.
    let lines: [SkeletonLine]
    /// Their width.
    let lineWidth: Double

    // In heights of a digit.
    private static let (width, advance, stroke, gap) = (0.55, 0.85, 0.14, 0.5)
    private static let (minHeight, heightPerLineWidth) = (8.0, 4.0)

    /// Writes a number above a person's highest point, or as high as the picture lets it.
    init?(_ number: Int, above points: [PixelPoint], lineWidth: Double) {
        guard let top = points.min(by: { $0.y < $1.y }) else { return nil }
        let height = max(Self.minHeight, lineWidth * Self.heightPerLineWidth)
        let digits = String(number).compactMap(\.wholeNumberValue)
        let length = (Double(digits.count - 1) * Self.advance + Self.width) * height
        self.lineWidth = height * Self.stroke
        let origin = PixelPoint(
            x: max(self.lineWidth, top.x - length / 2),
            y: max(self.lineWidth, top.y - (1 + Self.gap) * height)
        )
        lines = digits.enumerated().flatMap { place, digit in
            let points = Self.strokes[digit].map { point in
                let across = Double(place) * Self.advance + Double(point.0) / 4 * Self.width
                let down = Double(point.1) / 8
                return PixelPoint(x: origin.x + across * height, y: origin.y + down * height)
            }
            return zip(points, points.dropFirst()).map { SkeletonLine(from: $0, to: $1) }
        }
    }

    /// One stroke a digit, on a grid of 4 columns and 8 rows.
    private static let strokes: [[(Int, Int)]] = [
        [(2, 0), (0, 2), (0, 6), (2, 8), (4, 6), (4, 2), (2, 0)],
        [(0, 2), (2, 0), (2, 8)],
        [(0, 2), (1, 0), (3, 0), (4, 2), (0, 8), (4, 8)],
        [(0, 0), (4, 0), (2, 3), (4, 5), (4, 7), (3, 8), (1, 8), (0, 7)],
        [(3, 8), (3, 0), (0, 6), (4, 6)],
        [(4, 0), (0, 0), (0, 4), (3, 3), (4, 5), (4, 7), (3, 8), (1, 8), (0, 7)],
        [(3, 0), (0, 4), (0, 6), (1, 8), (3, 8), (4, 6), (3, 4), (0, 5)],
        [(0, 0), (4, 0), (1, 8)],
        [(2, 4), (0, 2), (1, 0), (3, 0), (4, 2), (0, 6), (1, 8), (3, 8), (4, 6), (2, 4)],
        [(4, 3), (1, 4), (0, 2), (1, 0), (3, 0), (4, 2), (4, 4), (1, 8)],
    ]
}
