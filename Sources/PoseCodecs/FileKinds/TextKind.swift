// SPDX-License-Identifier: Apache-2.0

/// Names text: a page that a server sent instead of a picture, an SVG, notes.
enum TextKind {
    private static let sampleSize = 512

    static func describe(_ file: Span<UInt8>) -> String? {
        if file.holds([0xFF, 0xFE], at: 0) || file.holds([0xFE, 0xFF], at: 0) { return describeUTF16(file) }
        let start = file.holds([0xEF, 0xBB, 0xBF], at: 0) ? 3 : 0
        let sample = file.copy(start..<min(start + sampleSize, file.count))
        let text = String(decoding: sample, as: UTF8.self)
        // A character may straddle the end of the sample.
        let damaged = text.unicodeScalars.filter { $0 == "\u{FFFD}" }.count
        let controls = sample.contains { $0 < 0x20 && !(0x09...0x0D).contains($0) || $0 == 0x7F }
        guard !sample.isEmpty, !controls, damaged <= (file.count > start + sampleSize ? 1 : 0) else {
            return nil
        }
        return name(of: text)
    }

    private static func describeUTF16(_ file: Span<UInt8>) -> String? {
        let bigEndian = file.holds([0xFE, 0xFF], at: 0)
        let units = stride(from: 2, to: min(2 + sampleSize, file.count - 1), by: 2).compactMap { offset in
            file.u16(at: offset, bigEndian: bigEndian).map(UInt16.init(truncatingIfNeeded:))
        }
        guard !units.isEmpty, !units.contains(where: { $0 < 0x20 && !(0x09...0x0D).contains($0) }) else {
            return nil
        }
        return name(of: String(decoding: units, as: UTF16.self))
    }

    private static func name(of text: String) -> String {
        let start = text.drop(while: \.isWhitespace).lowercased()
        if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") { return "an HTML page" }
        return start.contains("<svg") ? "an SVG file" : "a text file"
    }
}
