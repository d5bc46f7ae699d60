// SPDX-License-Identifier: Apache-2.0

/// The orientation tag of EXIF metadata: how to turn the stored picture upright.
///
/// Source: TIFF 6.0, section 8; CIPA DC-008 (EXIF 2.32), section 4.6.4.
enum ExifOrientation {
    private static let tag = 0x0112

    /// A TIFF structure without the `Exif` prefix of JPEG, which some programs write elsewhere too.
    static func structure(_ body: Range<Int>, of file: Span<UInt8>) -> Range<Int> {
        file.holds("Exif\0\0", at: body.lowerBound) && body.count >= 6 ? body.dropFirst(6) : body
    }

    /// The orientation 1…8 in a TIFF structure, with or without the `Exif` prefix of JPEG; nil if there is none.
    static func parse(_ payload: Span<UInt8>) -> Int? {
        let prefix = payload.holds("Exif\0\0", at: 0) ? 6 : 0
        let tiff = payload.extracting(droppingFirst: prefix)
        guard let value = TIFFDirectory(tiff)?.integer(tag, in: tiff), (1...8).contains(value) else {
            return nil
        }
        return value
    }
}
