// SPDX-License-Identifier: Apache-2.0

/// A message with holes, and how it is found in a text.
///
/// `{0}` stands for text that is left alone, `{0#}` for a number, `{0*}` for words of the program, which are translated
/// again, and `{0,}` for a list of them, `a, b or c`.
package struct MessageTemplate: Sendable {
    /// What may stand in a hole.
    package enum Kind: Sendable {
        case text
        case number
        case words
        case list
    }

    /// One place of a message that differs from case to case.
    package struct Hole: Sendable {
        /// Its number.
        package var index: Int
        /// What may stand in it.
        package var kind: Kind
    }

    /// What stands between the holes: one more than there are holes, the first and the last possibly empty.
    let literals: [[UInt8]]
    /// The holes in their order.
    package let holes: [Hole]
    /// The template as it is written.
    package let source: String

    /// Reads a template.
    package init(_ source: String) {
        var literals: [[UInt8]] = [[]]
        var holes: [Hole] = []
        var rest = Array(source.utf8)[...]
        while let byte = rest.first {
            if let (hole, length) = Self.hole(at: rest) {
                holes.append(hole)
                literals.append([])
                rest = rest.dropFirst(length)
            } else {
                literals[literals.count - 1].append(byte)
                rest = rest.dropFirst()
            }
        }
        self.literals = literals
        self.holes = holes
        self.source = source
    }

    private static func hole(at text: ArraySlice<UInt8>) -> (Hole, Int)? {
        guard text.first == UInt8(ascii: "{"), text.count >= 3 else { return nil }
        let (digit, next) = (text[text.startIndex + 1], text[text.startIndex + 2])
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
        let index = Int(digit - UInt8(ascii: "0"))
        if next == UInt8(ascii: "}") { return (Hole(index: index, kind: .text), 3) }
        guard text.count >= 4, text[text.startIndex + 3] == UInt8(ascii: "}") else { return nil }
        let kinds: [UInt8: Kind] = [
            UInt8(ascii: "#"): .number, UInt8(ascii: "*"): .words, UInt8(ascii: ","): .list,
        ]
        return kinds[next].map { (Hole(index: index, kind: $0), 4) }
    }

    /// How much of a match is the template's own: among several that match, the largest is meant.
    var literalCount: Int { literals.reduce(0) { $0 + $1.count } }

    /// What stands in the holes when the whole text is of this form, in their order.
    ///
    /// - Complexity: linear in the text; each literal is looked for once, from where the one before it ends.
    func captures(in text: [UInt8]) -> [Range<Int>]? {
        guard let first = literals.first, let last = literals.last, !holes.isEmpty else { return nil }
        guard text.count >= first.count + last.count, text.starts(with: first),
            text.suffix(last.count).elementsEqual(last)
        else { return nil }
        let end = text.count - last.count
        var captures: [Range<Int>] = []
        var start = first.count
        for index in holes.indices {
            let stop: Int
            if index == holes.count - 1 {
                stop = end
            } else {
                // No hole is empty.
                guard let found = Self.find(literals[index + 1], in: text, from: start + 1, to: end) else {
                    return nil
                }
                stop = found
            }
            guard stop > start, allows(text[start..<stop], in: index) else { return nil }
            captures.append(start..<stop)
            start = stop + literals[index + 1].count
        }
        return captures
    }

    private static func find(_ needle: [UInt8], in text: [UInt8], from start: Int, to end: Int) -> Int? {
        guard let first = needle.first, end - needle.count >= start else { return nil }
        for index in start...(end - needle.count) where text[index] == first {
            if text[index..<index + needle.count].elementsEqual(needle) { return index }
        }
        return nil
    }

    private func allows(_ text: ArraySlice<UInt8>, in index: Int) -> Bool {
        switch holes[index].kind {
        case .words, .list:
            // Only at the very end further sentences can follow.
            return index == holes.count - 1 && literals[index + 1].isEmpty || !Sentences.hasBoundary(text)
        case .number:
            return text.last != UInt8(ascii: ".")
                && text.allSatisfy { byte in
                    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: ".")
                }
        case .text:
            let quote = UInt8(ascii: "'")
            if literals[index].last == quote, literals[index + 1].first == quote {
                // A name may be several sentences, but where the message ends, none of another one follows.
                return Self.find(literals[index + 1], in: Array(text), from: 0, to: text.count) == nil
            }
            let isInBrackets =
                literals[index].last == UInt8(ascii: "(") && literals[index + 1].first == UInt8(ascii: ")")
            return !Sentences.hasBoundary(text) && (!isInBrackets || !Self.closesMore(text))
        }
    }

    /// Whether a bracket is closed that is not opened in the text: the one around it, behind which another thing follows.
    private static func closesMore(_ text: ArraySlice<UInt8>) -> Bool {
        var depth = 0
        for byte in text where depth >= 0 {
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
        }
        return depth < 0
    }
}
