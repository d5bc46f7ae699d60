// SPDX-License-Identifier: Apache-2.0

/// Where a message's sentences and lines end.
enum Sentences {
    /// Positions behind the mark that ends a sentence and before the blank that follows, and of line feeds.
    ///
    /// - Parameters:
    ///   - text: UTF-8.
    ///   - limit: how many are looked for.
    /// - Returns: at most as many, ascending.
    static func boundaries(in text: ArraySlice<UInt8>, limit: Int) -> [Int] {
        var found: [Int] = []
        var index = text.startIndex
        while index < text.endIndex, found.count < limit {
            if isBoundary(text, index) { found.append(index) }
            index += 1
        }
        return found
    }

    /// Whether a text is more than one sentence.
    static func hasBoundary(_ text: ArraySlice<UInt8>) -> Bool { !boundaries(in: text, limit: 1).isEmpty }

    /// The parts of a sentence between marks that stand outside of brackets.
    ///
    /// - Parameters:
    ///   - text: a sentence.
    ///   - mark: what stands between them: `, `.
    ///   - limit: how often it is split.
    /// - Returns: the parts, one at least.
    static func parts(of text: Substring, between mark: String, limit: Int) -> [Substring] {
        var parts: [Substring] = []
        var start = text.startIndex
        var position = start
        var depth = 0
        while position < text.endIndex, parts.count < limit {
            switch text[position] {
            case "(": depth += 1
            case ")": depth -= 1
            default: break
            }
            if depth == 0, text[position...].hasPrefix(mark) {
                parts.append(text[start..<position])
                position = text.index(position, offsetBy: mark.count)
                start = position
            } else {
                position = text.index(after: position)
            }
        }
        return parts + [text[start...]]
    }

    private static func isBoundary(_ text: ArraySlice<UInt8>, _ index: Int) -> Bool {
        if text[index] == UInt8(ascii: "\n") { return true }
        guard text[index] == UInt8(ascii: " "), index > text.startIndex, index + 1 < text.endIndex else {
            return false
        }
        let ends = [UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!")].contains(text[index - 1])
        let next = text[index + 1]
        // `.jpg, .png` and `1. x` go on; a sentence begins with a capital, a quotation mark or an option.
        let begins =
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(next) || next == UInt8(ascii: "'")
            || next == UInt8(ascii: "-")
        return ends && begins
    }
}
