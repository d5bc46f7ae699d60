// SPDX-License-Identifier: Apache-2.0

/// What the segments of a JPEG file before its first scan say.
///
/// Source: ITU-T T.81 annex B; ICC.1:2022 annex B.4; ITU-T T.871, section 10.1 (JFIF).
enum JPEGSegments {
    private static let startOfScan: UInt8 = 0xDA
    private static let endOfImage: UInt8 = 0xD9

    /// Finds orientation and colour profile; the first EXIF segment that tells an orientation counts.
    static func metadata(_ file: Span<UInt8>) -> EmbeddedMetadata {
        var metadata = EmbeddedMetadata()
        // The pieces of the profile by their number, and how many there should be.
        var pieces: [Int: Range<Int>] = [:]
        var pieceCount: Int?
        var offset = 2
        while let marker = nextMarker(file, at: &offset), marker != startOfScan, marker != endOfImage {
            // These stand alone.
            if marker == 0x01 || (0xD0...0xD8).contains(marker) { continue }
            guard let length = file.u16(at: offset), length >= 2,
                let body = file.range(at: offset + 2, length: length - 2)
            else { break }
            offset = body.upperBound
            if marker == 0xE1, metadata.orientation == nil, file.holds("Exif\0", at: body.lowerBound) {
                metadata.orientation = ExifOrientation.parse(file.extracting(body))
                if metadata.exif == nil { metadata.exif = ExifOrientation.structure(body, of: file) }
            } else if marker == 0xE0, metadata.resolution == nil, file.holds("JFIF\0", at: body.lowerBound) {
                metadata.resolution = resolution(file.extracting(body))
            } else if marker == 0xE2, body.count > 14, file.holds("ICC_PROFILE\0", at: body.lowerBound) {
                pieces[Int(file[body.lowerBound + 12])] = body.dropFirst(14)
                pieceCount = pieceCount ?? Int(file[body.lowerBound + 13])
            }
        }
        if let pieceCount, pieceCount >= 1, pieces.count == pieceCount {
            let ordered = (1...pieceCount).compactMap { pieces[$0] }
            if ordered.count == pieceCount { metadata.profile = ordered }
        }
        return metadata
    }

    /// The resolution of a JFIF segment; nil where it tells only the pixels' proportions.
    private static func resolution(_ segment: Span<UInt8>) -> PictureResolution? {
        guard let unit = segment.u8(at: 7), let x = segment.u16(at: 8), let y = segment.u16(at: 10),
            unit == 1 || unit == 2
        else { return nil }
        let scale = unit == 1 ? 1 : 2.54
        let resolution = PictureResolution(horizontal: Double(x) * scale, vertical: Double(y) * scale)
        return resolution.isUsable ? resolution : nil
    }

    /// The next marker's code; the offset moves behind it.
    ///
    /// Any bytes may stand before a marker: fill bytes by the standard, stray ones by the fault of a camera.
    private static func nextMarker(_ file: Span<UInt8>, at offset: inout Int) -> UInt8? {
        while offset + 1 < file.count {
            if file[offset] == 0xFF, file[offset + 1] != 0, file[offset + 1] != 0xFF {
                offset += 2
                return file[offset - 1]
            }
            offset += 1
        }
        return nil
    }
}
