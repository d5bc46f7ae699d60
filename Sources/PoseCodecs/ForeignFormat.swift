// SPDX-License-Identifier: Apache-2.0

/// Names files that are not JPEG, PNG or WebP, for the message that refuses them.
package enum ForeignFormat {
    /// What a file is, with its article: "a GIF file".
    package static func describe(_ bytes: [UInt8]) -> String? {
        if let brand = mediaBrand(bytes) { return brand }
        for (signature, name) in signatures where bytes.starts(with: signature) { return name }
        if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "AVI ".utf8) {
            return "an AVI video"
        }
        return describeText(bytes)
    }

    private static let signatures: [(signature: [UInt8], name: String)] = [
        (Array("GIF8".utf8), "a GIF file"),
        (Array("BM".utf8), "a BMP file"),
        ([0x49, 0x49, 0x2A, 0x00], "a TIFF file"),
        ([0x4D, 0x4D, 0x00, 0x2A], "a TIFF file"),
        (Array("%PDF".utf8), "a PDF file"),
        (Array("8BPS".utf8), "a Photoshop file"),
        ([0x00, 0x00, 0x01, 0x00], "an ICO file"),
        ([0xFF, 0x0A], "a JPEG XL file"),
        ([0x00, 0x00, 0x00, 0x0C, 0x4A, 0x58, 0x4C, 0x20], "a JPEG XL file"),
        ([0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50, 0x20, 0x20], "a JPEG 2000 file"),
        ([0x1A, 0x45, 0xDF, 0xA3], "a Matroska or WebM video"),
        ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive"),
        ([0x1F, 0x8B], "a gzip archive"),
    ]

    /// The files of ISO/IEC 14496-12: a length, `ftyp`, then a brand.
    private static func mediaBrand(_ bytes: [UInt8]) -> String? {
        guard bytes.count >= 12, bytes[4..<8].elementsEqual("ftyp".utf8) else { return nil }
        let brand = String(decoding: bytes[8..<12], as: UTF8.self)
        return switch brand {
        case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1": "a HEIC file"
        case "avif", "avis": "an AVIF file"
        default: "an MP4 or QuickTime file"
        }
    }

    private static func describeText(_ bytes: [UInt8]) -> String? {
        // A character may straddle the end of the sample.
        let sample = bytes.prefix(512)
        let text = String(decoding: sample, as: UTF8.self)
        let damaged = text.unicodeScalars.filter { $0 == "\u{FFFD}" }.count
        let controls = sample.contains { $0 < 0x20 && !(0x09...0x0D).contains($0) || $0 == 0x7F }
        guard !sample.isEmpty, !controls, damaged <= (bytes.count > 512 ? 1 : 0) else { return nil }
        let start = text.drop(while: \.isWhitespace).lowercased()
        if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") { return "an HTML page" }
        if start.hasPrefix("<svg") || start.contains("<svg") { return "an SVG file" }
        return "a text file"
    }
}
