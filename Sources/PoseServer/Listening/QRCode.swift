// SPDX-License-Identifier: Apache-2.0

import CPoseQRencode

/// A QR code: a square of dark and light modules that a phone's camera reads.
package struct QRCode: Sendable {
    /// Modules in a row, and rows.
    package let size: Int
    private let isDark: [Bool]

    /// Light modules that the standard wants on every side.
    ///
    /// Source: ISO/IEC 18004 section 9.1.
    private static let margin = 4

    /// Encodes a text with error correction of level M, by which 15 % may be unreadable.
    ///
    /// - Parameter text: the text; `nil` when it is empty or longer than the largest code takes.
    package init?(_ text: String) {
        guard let code = unsafe QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
        defer { unsafe QRcode_free(code) }
        size = unsafe Int(code.pointee.width)
        let modules = unsafe UnsafeBufferPointer(start: code.pointee.data, count: size * size)
        // Source: qrencode.h: the lowest bit of a module's byte is set when it is dark.
        isDark = unsafe modules.map { $0 & 1 == 1 }
    }

    /// Whether a module is dark; everything outside of the code is light.
    package subscript(row: Int, column: Int) -> Bool {
        guard (0..<size).contains(row), (0..<size).contains(column) else { return false }
        return isDark[row * size + column]
    }

    /// The code drawn by half blocks, two rows of modules in a line, black on white whatever the terminal's colours are.
    package var terminalLines: [String] {
        let range = -Self.margin..<size + Self.margin
        return stride(from: range.lowerBound, to: range.upperBound, by: 2).map { row in
            let blocks = range.map { column in
                switch (self[row, column], self[row + 1, column]) {
                case (true, true): "█"
                case (true, false): "▀"
                case (false, true): "▄"
                case (false, false): " "
                }
            }
            // Colours 16 and 231 are black and white in every theme.
            return "\u{1B}[38;5;16;48;5;231m\(blocks.joined())\u{1B}[0m"
        }
    }
}
