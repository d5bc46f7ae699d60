// SPDX-License-Identifier: Apache-2.0

/// How many columns of a terminal a text takes, and how it is broken into lines.
package enum TextColumns {
    /// Columns: two for a wide character of East Asia, one for others, none for what joins the character before.
    ///
    /// Source: Unicode Standard Annex 11, the blocks whose characters are wide or full-width.
    package static func width(of text: some StringProtocol) -> Int {
        text.reduce(0) { $0 + width(of: $1) }
    }

    private static func width(of character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first?.value, scalar >= 0x1100 else { return 1 }
        let wide: [ClosedRange<UInt32>] = [
            0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD,
        ]
        return wide.contains { $0.contains(scalar) } ? 2 : 1
    }

    private static let closing: Set<Character> = ["，", "。", "、", "；", "：", "？", "！", "）", "」", "》", "”", "…"]
    private static let opening: Set<Character> = ["（", "「", "《", "“"]

    /// The lines of a text, broken at blanks and between wide characters, never before a closing mark or behind an opening one.
    ///
    /// - Parameters:
    ///   - text: words; blanks side by side count as one.
    ///   - width: columns; a longer word gets a line of its own.
    /// - Returns: the lines, one at least.
    package static func wrapped(_ text: String, width: Int) -> [String] {
        var lines = [""]
        var used = 0
        for word in text.split(separator: " ") {
            var isFirst = true
            for piece in pieces(of: word) {
                let blank = isFirst && used > 0 ? 1 : 0
                let columns = Self.width(of: piece)
                if used > 0, used + blank + columns > width {
                    lines.append(String(piece))
                    used = columns
                } else {
                    lines[lines.count - 1] += (blank > 0 ? " " : "") + piece
                    used += blank + columns
                }
                isFirst = false
            }
        }
        return lines
    }

    /// What is not broken: a run of narrow characters, or a wide one, with the marks that cling to it.
    private static func pieces(of word: Substring) -> [Substring] {
        var pieces: [Substring] = []
        var start = word.startIndex
        var index = start
        while index < word.endIndex {
            let next = word.index(after: index)
            if next == word.endIndex || canBreak(word[index], word[next]) {
                pieces.append(word[start..<next])
                start = next
            }
            index = next
        }
        return pieces
    }

    private static func canBreak(_ before: Character, _ after: Character) -> Bool {
        (width(of: before) == 2 || width(of: after) == 2) && !closing.contains(after)
            && !opening.contains(before)
    }
}
