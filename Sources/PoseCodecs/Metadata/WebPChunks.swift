// SPDX-License-Identifier: Apache-2.0

/// The chunks of a WebP file.
///
/// Source: RFC 9649, section 2.
enum WebPChunks {
    private static let iccFlag: UInt8 = 0x20
    private static let exifFlag: UInt8 = 0x08

    /// Finds orientation and colour profile.
    static func metadata(_ file: Span<UInt8>) -> EmbeddedMetadata {
        var metadata = EmbeddedMetadata()
        var offset = 12
        while let length = file.u32(at: offset + 4, bigEndian: false),
            let body = file.range(at: offset + 8, length: length)
        {
            if metadata.orientation == nil, file.holds("EXIF", at: offset) {
                metadata.orientation = ExifOrientation.parse(file.extracting(body))
                if metadata.exif == nil { metadata.exif = ExifOrientation.structure(body, of: file) }
            } else if metadata.profile.isEmpty, !body.isEmpty, file.holds("ICCP", at: offset) {
                metadata.profile = [body]
            }
            // Bodies are padded to even lengths.
            offset = body.upperBound + length % 2
        }
        return metadata
    }

    /// Whether the pixels are stored without loss; those of the first frame where there are several.
    static func isLossless(_ file: Span<UInt8>) -> Bool {
        var offset = 12
        while let length = file.u32(at: offset + 4, bigEndian: false), !file.holds("VP8 ", at: offset) {
            if file.holds("VP8L", at: offset) { return true }
            // The picture of a frame stands in chunks of its own, behind 16 bytes that tell its place.
            offset += file.holds("ANMF", at: offset) ? 8 + 16 : 8 + length + length % 2
        }
        return false
    }

    /// The file with metadata in it, which asks for the extended form of the container.
    ///
    /// - Parameters:
    ///   - profile: an ICC profile; empty for none.
    ///   - exif: EXIF metadata, a TIFF structure; empty for none.
    ///   - file: what the encoder wrote: a `VP8X` chunk and others, or a single one with the pixels.
    ///   - width: columns.
    ///   - height: rows.
    /// - Returns: a whole file.
    static func embed(
        profile: [UInt8],
        exif: [UInt8],
        in file: [UInt8],
        width: Int,
        height: Int
    ) -> [UInt8] {
        guard !profile.isEmpty || !exif.isEmpty else { return file }
        var flags = (profile.isEmpty ? 0 : iccFlag) | (exif.isEmpty ? 0 : exifFlag)
        var chunks = file[12...]
        if chunks.starts(with: "VP8X".utf8) {
            flags |= file[20]
            chunks = file[30...]
        }
        var body = Array("WEBP".utf8)
        body += chunk("VP8X", [flags, 0, 0, 0] + u24(width - 1) + u24(height - 1))
        if !profile.isEmpty { body += chunk("ICCP", profile) }
        body += chunks
        // The encoder pads its last chunk.
        if !exif.isEmpty { body += chunk("EXIF", exif) }
        return chunk("RIFF", body)
    }

    private static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        let length = body.count
        return Array(name.utf8) + u24(length) + [UInt8(truncatingIfNeeded: length >> 24)] + body
            + (length % 2 == 1 ? [0] : [])
    }

    private static func u24(_ value: Int) -> [UInt8] {
        (0..<3).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
