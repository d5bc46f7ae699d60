// SPDX-License-Identifier: Apache-2.0

/// A line of text on a picture: strokes where the letters of ``StrokeFont`` do, else outlines of a font of the system.
enum FigureLine {
    /// Of a font's outlines: capital letters have this part of their font's size, as Noto Sans CJK's.
    private static let capitals = 0.733

    /// Whether all characters of a text can be drawn.
    static func canDraw(_ text: String) -> Bool {
        StrokeFont.has(text) || OutlineFont.glyphs(of: text) != nil
    }

    /// How long a text is, in pixels; `height` is that of capital letters.
    static func length(of text: String, height: Double) -> Double {
        guard let glyphs = outlined(text) else { return StrokeText.length(of: text, height: height) }
        return glyphs.reduce(0) { $0 + $1.advance } * height / capitals
    }

    /// A text as marks.
    ///
    /// - Parameters:
    ///   - text: one line; a character that cannot be drawn is a box.
    ///   - origin: the upper left corner of its first capital letter.
    ///   - height: that of capital letters, in pixels.
    ///   - colour: of the letters.
    ///   - boldness: by how much strokes are wider.
    /// - Returns: nothing for blanks.
    static func marks(
        _ text: String,
        at origin: PixelPoint,
        height: Double,
        _ colour: Colour,
        boldness: Double = 1
    ) -> [SkeletonMark] {
        guard let glyphs = outlined(text) else {
            let strokes = StrokeText(text, at: origin, height: height)
            return strokes.lines.isEmpty
                ? [] : [.lines(strokes.lines, width: strokes.lineWidth * boldness, colour)]
        }
        let size = height / capitals
        var x = origin.x
        var outlines: [[PixelPoint]] = []
        for glyph in glyphs {
            outlines += glyph.outlines.map { outline in
                outline.map { PixelPoint(x: x + $0.x * size, y: origin.y + height + $0.y * size) }
            }
            x += glyph.advance * size
        }
        return outlines.isEmpty ? [] : [.outlines(outlines, colour)]
    }

    /// A text in lines that are no longer than a length: broken at blanks, and where a text has none, anywhere but before a mark that
    /// closes.
    static func wrapped(_ text: String, length: Double, height: Double) -> [String] {
        guard outlined(text) != nil else {
            return StrokeText.wrapped(text, length: length, height: height)
        }
        var rows: [String] = []
        for character in text {
            let clings = "，。、：；！？）”".contains(character)
            if let last = rows.last,
                clings || Self.length(of: last + String(character), height: height) <= length
            {
                rows[rows.count - 1].append(character)
            } else if character != " " {
                rows.append(String(character))
            }
        }
        return rows
    }

    /// The letters of a text that strokes do not have.
    private static func outlined(_ text: String) -> [OutlineFont.Glyph]? {
        StrokeFont.has(text) ? nil : OutlineFont.glyphs(of: text)
    }
}
