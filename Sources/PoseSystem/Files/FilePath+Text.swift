// SPDX-License-Identifier: Apache-2.0

// How a name is written as text: each byte that is not part of UTF-8 is `\xC4`, and the backslash of a name that has
// `\x` itself is `\x5C`. So every name has one text, the name of a text is found by undoing each `\xHH`, and a name
// in UTF-8 without `\x` is its own text.

extension FilePath {
    /// The name as results have it: the name itself when it is UTF-8 without `\x`.
    package var text: String { Self.text(of: bytes) { _ in false } }

    /// The name whose ``text`` or ``description`` this is.
    package init(text: String) {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let first = rest.first {
            let byte = Self.escapedByte(at: rest)
            bytes.append(byte ?? first)
            rest = rest.dropFirst(byte == nil ? 1 : 4)
        }
        self.init(bytes: bytes)
    }

    /// The byte that an escape at the beginning stands for.
    private static func escapedByte(at text: ArraySlice<UInt8>) -> UInt8? {
        let digits = text.dropFirst(2).prefix(2)
        let isHexadecimal = digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        guard text.starts(with: [backslash, UInt8(ascii: "x")]), digits.count == 2, isHexadecimal else {
            return nil
        }
        return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    private static let backslash = UInt8(ascii: "\\")

    /// Writes bytes as text.
    ///
    /// - Parameter isEscaped: further characters of which each byte is escaped.
    private static func text(of bytes: [UInt8], escaping isEscaped: (Unicode.Scalar) -> Bool) -> String {
        var text = String.UnicodeScalarView()
        var rest = bytes[...]
        while let first = rest.first {
            var iterator = rest.makeIterator()
            var decoder = UTF8()
            let isBackslashToEscape = first == backslash && rest.dropFirst().first == UInt8(ascii: "x")
            if !isBackslashToEscape, case .scalarValue(let scalar) = decoder.decode(&iterator) {
                let encoded = rest.prefix(UTF8.width(scalar))
                rest = rest.dropFirst(encoded.count)
                if isEscaped(scalar) { encoded.forEach { text += escape($0) } } else { text.append(scalar) }
            } else {
                text += escape(first)
                rest = rest.dropFirst()
            }
        }
        return String(text)
    }

    private static func escape(_ byte: UInt8) -> String.UnicodeScalarView {
        ("\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)).unicodeScalars
    }
}

extension FilePath: CustomStringConvertible {
    /// The name as messages have it: as ``text``, and the bytes of what a terminal obeys, or of what reorders other text,
    /// are escaped too.
    package var description: String { Self.text(of: bytes, escaping: TerminalText.isHarmful) }
}

/// Texts of strangers on a terminal.
package enum TerminalText {
    /// Whether a terminal obeys a character, or it changes the direction of what stands around it: controls (C0, DEL,
    /// C1), the separators of lines and paragraphs, and the marks of bidirectional text.
    package static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// The text with each byte of what is harmful as `\x1B`; line breaks stay.
    package static func harmless(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { isHarmful($0) && $0 != "\n" }) else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.unicodeScalars.reduce(into: "") { result, scalar in
                guard isHarmful(scalar) else {
                    result.unicodeScalars.append(scalar)
                    return
                }
                for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                    result += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
                }
            }
        }.joined(separator: "\n")
    }
}
