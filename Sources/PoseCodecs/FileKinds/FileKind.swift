// SPDX-License-Identifier: Apache-2.0

/// Names what a file is by its content, for messages about files that are not read.
package enum FileKind {
    /// How many bytes from the start of a file are enough to name it.
    package static let sampleSize = 4096

    /// What a file is, with its article.
    ///
    /// - Parameter bytes: a file, or at least its first ``sampleSize`` bytes.
    /// - Returns: "a GIF file", for one; nil when nothing is known.
    package static func describe(_ bytes: [UInt8]) -> String? { describe(bytes.span) }

    /// Whether a file is a video by its first ``sampleSize`` bytes.
    package static func isVideo(_ bytes: [UInt8]) -> Bool {
        guard let kind = describe(bytes) else { return false }
        return kind.hasSuffix("video") || kind == MediaBrands.generalKind
    }

    static func describe(_ file: Span<UInt8>) -> String? {
        if let format = ImageFormat.recognize(file) { return name(of: format) }
        if let kind = MediaBrands.describe(file) ?? RawPhotograph.describe(file) { return kind }
        for kind in signatures where file.holds(kind.signature, at: kind.offset) { return kind.name }
        return TextKind.describe(file)
    }

    /// A format with its article: "an AVIF file", or what else is of it.
    package static func name(of format: ImageFormat, _ noun: String = "file") -> String {
        "\(format == .avif ? "an" : "a") \(format.name) \(noun)"
    }

    private struct Signature: Sendable {
        var signature: [UInt8]
        var offset = 0
        var name: String

        init(_ text: String, at offset: Int = 0, _ name: String) {
            self.init(Array(text.utf8), at: offset, name)
        }

        init(_ signature: [UInt8], at offset: Int = 0, _ name: String) {
            self.signature = signature
            self.offset = offset
            self.name = name
        }
    }

    private static let signatures = [
        Signature("GIF8", "a GIF file"),
        Signature("BM", "a BMP file"),
        Signature([0x49, 0x49, 0x2A, 0x00], "a TIFF file"),
        Signature([0x4D, 0x4D, 0x00, 0x2A], "a TIFF file"),
        Signature([0x49, 0x49, 0x2B, 0x00], "a TIFF file"),
        Signature([0x4D, 0x4D, 0x00, 0x2B], "a TIFF file"),
        Signature("%PDF", "a PDF file"),
        Signature("8BPS", "a Photoshop file"),
        Signature("gimp xcf", "a GIMP file"),
        Signature([0x00, 0x00, 0x01, 0x00], "an ICO file"),
        Signature([0xFF, 0x0A], "a JPEG XL file"),
        Signature([0x00, 0x00, 0x00, 0x0C, 0x4A, 0x58, 0x4C, 0x20], "a JPEG XL file"),
        Signature([0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50, 0x20, 0x20], "a JPEG 2000 file"),
        Signature([0x76, 0x2F, 0x31, 0x01], "an OpenEXR file"),
        Signature("#?RADIANCE", "a Radiance HDR file"),
        Signature("AVI ", at: 8, "an AVI video"),
        Signature([0x1A, 0x45, 0xDF, 0xA3], "a Matroska or WebM video"),
        Signature([0x50, 0x4B, 0x03, 0x04], "a ZIP archive"),
        Signature([0x1F, 0x8B], "a gzip archive"),
    ]
}
