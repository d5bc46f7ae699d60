// SPDX-License-Identifier: Apache-2.0

/// What the segments before the first scan of a JPEG file say.
///
/// Source: ITU-T T.81 annex B; T.872 section 6.5.3 for Adobe's segment.
struct JPEGFile {
    /// EXIF metadata, from `Exif` on.
    private(set) var exif: ArraySlice<UInt8>?
    /// Whether Adobe's segment is there, whose four-component files store ink inverted.
    private(set) var hasAdobeSegment = false

    init(_ bytes: [UInt8]) {
        let reader = ByteReader(bytes: bytes[...])
        var offset = 2
        while let marker = reader.u16(at: offset), marker >= 0xFF01 {
            if marker == 0xFFFF {
                // A fill byte.
                offset += 1
                continue
            }
            if marker == 0xFFDA || marker == 0xFFD9 { return }
            if marker == 0xFF01 || (0xFFD0...0xFFD8).contains(marker) {
                // These stand alone.
                offset += 2
                continue
            }
            guard let length = reader.u16(at: offset + 2), length >= 2,
                let body = reader.slice(at: offset + 4, count: length - 2)
            else { return }
            if marker == 0xFFE1, exif == nil, body.starts(with: "Exif\0".utf8) { exif = body }
            if marker == 0xFFEE, body.starts(with: "Adobe".utf8) { hasAdobeSegment = true }
            offset += 2 + length
        }
    }
}
