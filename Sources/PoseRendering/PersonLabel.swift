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
        let digits = Array(String(number))
        let length = (Double(digits.count - 1) * Self.advance + Self.width) * height
        self.lineWidth = height * Self.stroke
        let origin = PixelPoint(
            x: max(self.lineWidth, top.x - length / 2),
            y: max(self.lineWidth, top.y - (1 + Self.gap) * height)
        )
        lines = digits.enumerated().flatMap { place, digit in
            StrokeFont.strokes(of: digit).flatMap { stroke in
                let points = stroke.map { point in
                    let across = Double(place) * Self.advance + Double(point.column) / 4 * Self.width
                    let down = Double(point.row) / 8
                    return PixelPoint(x: origin.x + across * height, y: origin.y + down * height)
                }
                return zip(points, points.dropFirst()).map { SkeletonLine(from: $0, to: $1) }
            }
        }
    }
}
