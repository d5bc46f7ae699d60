// SPDX-License-Identifier: Apache-2.0

/// Where and why a text is not JSON, or not what was expected.
package struct JSONError: Error, Equatable {
    /// The line, from 1.
    package var line: Int
    /// The character in its line, from 1.
    package var column: Int
    /// What was found and what was expected.
    package var message: String

    /// Describes what stands at a byte of a text.
    ///
    /// - Parameters:
    ///   - message: what was found and what was expected.
    ///   - offset: the byte's position.
    ///   - bytes: the text.
    ///   - firstLine: the number of the text's first line.
    init(_ message: String, at offset: Int, in bytes: [UInt8], firstLine: Int = 1) {
        let before = bytes.prefix(offset)
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        line = firstLine + before.count { $0 == UInt8(ascii: "\n") }
        // Bytes 10xxxxxx go on with a character that has begun.
        column = 1 + before[min(lineStart, before.endIndex)...].count { $0 & 0xC0 != 0x80 }
        self.message = message
    }

    /// The message and its place as a sentence.
    package var sentence: String { "Line \(line), column \(column): \(message)." }
}
