// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Letters of a font of the system as outlines, for what ``StrokeFont`` does not have: Chinese above all.
///
/// A system may have no such font. What no font has is no letter here, and never a box.
enum OutlineFont {
    /// A letter in units of the font's size; (0, 0) is where it begins on the line that letters stand on, y goes down.
    struct Glyph: Sendable {
        /// Closed outlines, holes turning the other way.
        var outlines: [[PixelPoint]]
        /// Where the next letter begins.
        var advance: Double
    }

    /// Fonts with Simplified Chinese by their families, those of Debian's packages first; the last one is what the system takes.
    private static let families = [
        "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
        "Droid Sans Fallback", "PingFang SC", "sans-serif",
    ]

    /// Letters that were asked for before; `nil` for those that no font has.
    private static let known = Mutex<[Character: Glyph?]>([:])
    /// More letters than a program writes on films; beyond, all are forgotten.
    private static let most = 4_096

    /// The letters of a text.
    ///
    /// - Returns: `nil` when one of them is missing.
    static func glyphs(of text: String) -> [Glyph]? {
        known.withLock { known in
            if known.count > most { known = [:] }
            var glyphs: [Glyph] = []
            for character in text {
                let glyph = known[character] ?? load(character)
                known[character] = .some(glyph)
                guard let glyph else { return nil }
                glyphs.append(glyph)
            }
            return glyphs
        }
    }

    private static func load(_ character: Character) -> Glyph? {
        // Controls have no letter; a font may show a box for them.
        guard !character.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            return nil
        }
        for family in families {
            if let glyph = OutlineReader.glyph(of: character, family: family) { return glyph }
        }
        return nil
    }
}
