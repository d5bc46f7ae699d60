// SPDX-License-Identifier: Apache-2.0

/// What the segments of a JPEG file up to its first scan say.
///
/// Source: ITU-T T.81 annex B.
struct JPEGSegments {
    static let endMarker: [UInt8] = [0xFF, 0xD9]

    /// EXIF metadata, from `Exif` on.
    private(set) var exif: ArraySlice<UInt8>?

    /// Whether the file stops without its end marker, which some cameras forget, where one is safe to add.
    ///
    /// Only where one sequential scan holds all components: in a file of several scans, an end marker behind
    /// any of them would make a partial picture of a cut file look whole. If the scan itself is cut, the
    /// decoder finds out.
    private(set) var lacksOnlyEndMarker = false

    init(_ bytes: [UInt8]) {
        let reader = ByteReader(bytes: bytes[...])
        var sequentialComponents: Int?
        var offset = 2
        while let marker = reader.u16(at: offset), marker >= 0xFF01 {
            if marker == 0xFFFF {
                // A fill byte.
                offset += 1
                continue
            }
            if marker == 0xFF01 || (0xFFD0...0xFFD8).contains(marker) {
                // These stand alone.
                offset += 2
                continue
            }
            guard marker != 0xFFD9, let length = reader.u16(at: offset + 2), length >= 2,
                let body = reader.slice(at: offset + 4, count: length - 2)
            else { return }
            switch marker {
            case 0xFFE1 where exif == nil && body.starts(with: "Exif\0".utf8):
                exif = body
            case 0xFFC0, 0xFFC1:
                sequentialComponents = ByteReader(bytes: body).u8(at: 5)
            case 0xFFDA:
                let isWhole = sequentialComponents != nil && sequentialComponents == reader.u8(at: offset + 4)
                lacksOnlyEndMarker = isWhole && bytes.suffix(2) != Self.endMarker[...]
                return
            default: break
            }
            offset += 2 + length
        }
    }
}
