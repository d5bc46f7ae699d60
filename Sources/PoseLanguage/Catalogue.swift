// SPDX-License-Identifier: Apache-2.0

/// The messages of one language, by the English ones.
package struct Catalogue: Sendable {
    /// A message in English and in another language.
    package struct Entry: Sendable {
        /// The English one.
        package var english: MessageTemplate
        /// The other one, whose holes bear the same numbers.
        package var translation: MessageTemplate
    }

    /// All of them, in the order of the tables.
    package let entries: [Entry]
    /// Lines of the tables that are no pair.
    package let strayLines: [String]
    private var exact: [String: String] = [:]
    /// Templates by the first byte of the text before their first hole.
    private var patterns: [UInt8: [Entry]] = [:]
    /// Templates that begin with a hole.
    private var openPatterns: [Entry] = []

    /// Longer messages are left as they are, so that nobody's text is worth much time.
    private static let longest = 4096
    /// Further sentences are left as they are.
    private static let mostSentences = 16
    private static let deepest = 6
    /// A name in front of a message may have a few colons itself.
    private static let mostColons = 3

    /// Reads tables of messages: a line in English, and below it, indented, the translation.
    package init(tables: [String]) {
        var entries: [Entry] = []
        var stray: [String] = []
        for table in tables {
            var english: Substring?
            for line in table.split(separator: "\n") {
                let text = line.drop { $0 == " " }
                if text.startIndex == line.startIndex {
                    english.map { stray.append(String($0)) }
                    english = line
                } else if let message = english {
                    let pair = (MessageTemplate(String(message)), MessageTemplate(String(text)))
                    entries.append(Entry(english: pair.0, translation: pair.1))
                    english = nil
                } else {
                    stray.append(String(line))
                }
            }
            english.map { stray.append(String($0)) }
        }
        self.entries = entries
        strayLines = stray
        for entry in entries.sorted(by: { $0.english.literalCount > $1.english.literalCount }) {
            if entry.english.holes.isEmpty {
                exact[entry.english.source] = entry.translation.source
            } else if let first = entry.english.literals[0].first {
                patterns[first, default: []].append(entry)
            } else {
                openPatterns.append(entry)
            }
        }
    }

    /// The message in the catalogue's language; what has no translation stays as it is.
    package func translated(_ message: String) -> String {
        guard message.utf8.count <= Self.longest else { return message }
        return translated(message, depth: 0)
    }

    private func translated(_ message: String, depth: Int) -> String {
        if let whole = whole(message, depth: depth) { return whole }
        let text = Array(message.utf8)
        let ends = Sentences.boundaries(in: text[...], limit: Self.mostSentences) + [text.count]
        guard ends.count > 1 else { return clauses(message, depth: depth) }
        var result = ""
        var start = 0
        var index = 0
        while index < ends.count {
            // The longest run of sentences that is one message, else one sentence.
            var (next, piece) = (index + 1, nil as String?)
            for last in ends.indices.dropFirst(index).reversed() {
                guard start < ends[last] else { break }
                piece = whole(String(decoding: text[start..<ends[last]], as: UTF8.self), depth: depth)
                if piece != nil {
                    next = last + 1
                    break
                }
            }
            let end = ends[next - 1]
            let isTranslated = piece != nil
            result += piece ?? clauses(String(decoding: text[start..<end], as: UTF8.self), depth: depth)
            start = end
            if start < text.count {
                let isLine = text[start] == UInt8(ascii: "\n")
                // No blank follows a full-width mark.
                if isLine || !isTranslated || !Self.endsWide(result) {
                    result.unicodeScalars.append(isLine ? "\n" : " ")
                }
                start += 1
            }
            index = next
        }
        return result
    }

    private static func endsWide(_ text: String) -> Bool {
        text.unicodeScalars.last.map { ["。", "？", "！", "：", "）", "」"].contains($0) } ?? false
    }

    /// A message that the tables have, or one behind a name and a colon.
    private func whole(_ message: String, depth: Int) -> String? {
        if let found = matched(message, depth: depth) { return found }
        guard depth < Self.deepest else { return nil }
        var rest = message[...]
        for _ in 0..<Self.mostColons {
            guard let colon = rest.firstRange(of: ": ") else { return nil }
            let tail = String(message[colon.upperBound...])
            if !tail.isEmpty, let found = matched(tail, depth: depth + 1) {
                return message[..<colon.lowerBound] + "：" + found
            }
            rest = message[colon.upperBound...]
        }
        return nil
    }

    private func matched(_ message: String, depth: Int) -> String? {
        if let found = exact[message] { return found }
        if message.hasSuffix("."), let found = exact[String(message.dropLast())] { return found + "。" }
        guard depth < Self.deepest, let first = message.utf8.first else { return nil }
        let text = Array(message.utf8)
        let candidates = [patterns[first] ?? [], openPatterns]
        var best: (entry: Entry, captures: [Range<Int>])?
        for entry in candidates.joined() {
            if let best, best.entry.english.literalCount >= entry.english.literalCount { continue }
            if let captures = entry.english.captures(in: text) { best = (entry, captures) }
        }
        if let best { return filled(best.entry, text, best.captures, depth: depth) }
        // A phrase at the end of a sentence.
        guard message.hasSuffix("."), message.utf8.count > 1 else { return nil }
        return matched(String(message.dropLast()), depth: depth + 1).map { $0 + "。" }
    }

    private func filled(_ entry: Entry, _ text: [UInt8], _ captures: [Range<Int>], depth: Int) -> String {
        var values: [Int: String] = [:]
        for (hole, range) in zip(entry.english.holes, captures) {
            let value = String(decoding: text[range], as: UTF8.self)
            values[hole.index] =
                switch hole.kind {
                case .text, .number: value
                case .words: translated(value, depth: depth + 1)
                case .list: list(value, depth: depth + 1)
                }
        }
        var result: [UInt8] = entry.translation.literals[0]
        let ours = Set(entry.english.holes.filter { $0.kind == .words || $0.kind == .list }.map(\.index))
        for (hole, literal) in zip(entry.translation.holes, entry.translation.literals.dropFirst()) {
            let value = Array((values[hole.index] ?? "").utf8)
            let isOurs = ours.contains(hole.index)
            Self.append(value, to: &result, spaced: isOurs)
            Self.append(literal, to: &result, spaced: isOurs)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Appends a piece, with a blank where Chinese and Latin text meet.
    private static func append(_ piece: [UInt8], to text: inout [UInt8], spaced: Bool) {
        if spaced, let last = text.last, let next = piece.first {
            let isLatinFirst = isWord(last) && isIdeograph(next)
            if isLatinFirst || (isWord(next) && endsInIdeograph(text)) { text.append(UInt8(ascii: " ")) }
        }
        text += piece
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    /// Whether a character of U+4000…U+9FFF begins with the byte: in UTF-8 those have E4…E9 as their first of three.
    private static func isIdeograph(_ byte: UInt8) -> Bool { (0xE4...0xE9).contains(byte) }

    private static func endsInIdeograph(_ text: [UInt8]) -> Bool {
        text.count >= 3 && isIdeograph(text[text.count - 3])
    }

    /// Parts between commas and semicolons, where the tables have all of them.
    private func clauses(_ message: String, depth: Int) -> String {
        guard depth < Self.deepest else { return message }
        let isSentence = message.hasSuffix(".")
        let body = isSentence ? message.dropLast() : message[...]
        for (mark, wide) in [("; ", "；"), (", ", "，")] {
            let parts = Sentences.parts(of: body, between: mark, limit: Self.mostSentences)
            guard parts.count > 1 else { continue }
            let found = parts.map { part in
                let text = String(part)
                let translation = whole(text, depth: depth + 1) ?? clauses(text, depth: depth + 1)
                return translation == text ? nil : translation
            }
            guard found.allSatisfy({ $0 != nil }) else { continue }
            return found.compactMap(\.self).joined(separator: wide) + (isSentence ? "。" : "")
        }
        return message
    }

    /// `a, b or c`: each translated, with the marks of a Chinese list.
    private func list(_ text: String, depth: Int) -> String {
        if let whole = whole(text, depth: depth) { return whole }
        let conjunctions = [(" or ", " 或 "), (" and ", " 和 ")]
        for (word, translation) in conjunctions {
            let halves = text.split(separator: word, maxSplits: 1)
            guard halves.count == 2 else { continue }
            let items = halves[0].split(separator: ", ").map { whole(String($0), depth: depth) ?? String($0) }
            let last = whole(String(halves[1]), depth: depth) ?? String(halves[1])
            return items.joined(separator: "、") + translation + last
        }
        let items = text.split(separator: ", ")
        return items.map { whole(String($0), depth: depth) ?? String($0) }.joined(separator: "、")
    }
}
