// SPDX-License-Identifier: Apache-2.0

/// A line of text as strokes.
struct StrokeText {
    /// The strokes, in pixels of the picture.
    let lines: [SkeletonLine]
    /// Their width.
    let lineWidth: Double

    // In heights of a capital letter.
    private static let (letterWidth, advance, stroke) = (0.45, 0.66, 0.12)

    /// Writes a text.
    ///
    /// - Parameters:
    ///   - text: one line.
    ///   - origin: the upper left corner of its first capital letter.
    ///   - height: that of capital letters, in pixels.
    init(_ text: String, at origin: PixelPoint, height: Double) {
        lineWidth = max(1, height * Self.stroke)
        lines = text.enumerated().flatMap { place, character in
            StrokeFont.strokes(of: character).flatMap { stroke in
                let points = stroke.map { point in
                    let across = Double(place) * Self.advance + Double(point.column) / 4 * Self.letterWidth
                    let down = Double(point.row) / 8
                    return PixelPoint(x: origin.x + across * height, y: origin.y + down * height)
                }
                return zip(points, points.dropFirst()).map { SkeletonLine(from: $0, to: $1) }
            }
        }
    }

    /// How long a text is, in pixels.
    static func length(of text: String, height: Double) -> Double {
        guard !text.isEmpty else { return 0 }
        return (Double(text.count - 1) * advance + letterWidth) * height
    }

    /// A text in lines that are no longer than a length, broken at blanks.
    static func wrapped(_ text: String, length: Double, height: Double) -> [String] {
        var rows: [String] = []
        for word in text.split(separator: " ") {
            if let last = rows.last, Self.length(of: last + " " + word, height: height) <= length {
                rows[rows.count - 1] = last + " " + word
            } else {
                rows.append(String(word))
            }
        }
        return rows
    }
}
