// SPDX-License-Identifier: Apache-2.0

/// The chunks of a PNG file beside its pixels.
///
/// Source: ISO/IEC 15948, sections 11.3.3.3 and 11.3.5.3; PNG Third Edition, section 11.3.3.4 (eXIf).
enum PNGChunks {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// Finds orientation and colour profile, before or behind the pixels; chunks with a wrong checksum do not count.
    ///
    /// EXIF metadata as text, which ImageMagick wrote before there was `eXIf` (`Raw profile type exif`), do not count: libpng does
    /// not know them, nor do browsers and OpenCV, which show such a picture as it is stored.
    static func metadata(_ file: Span<UInt8>) -> EmbeddedMetadata {
        var metadata = EmbeddedMetadata()
        var offset = signature.count
        // Length, name and checksum are four bytes each.
        while let length = file.u32(at: offset), let body = file.range(at: offset + 8, length: length),
            let checksum = file.u32(at: body.upperBound)
        {
            defer { offset = body.upperBound + 4 }
            let isExif = file.holds("eXIf", at: offset + 4) && metadata.orientation == nil
            let isProfile = file.holds("iCCP", at: offset + 4) && metadata.profile.isEmpty
            let isSize = file.holds("pHYs", at: offset + 4) && metadata.resolution == nil
            guard isExif || isProfile || isSize,
                CodecCalls.pngChecksum(file.extracting(offset + 4..<body.upperBound)) == checksum
            else { continue }
            if isExif {
                metadata.orientation = ExifOrientation.parse(file.extracting(body))
                if metadata.exif == nil { metadata.exif = ExifOrientation.structure(body, of: file) }
            } else if isSize {
                metadata.resolution = resolution(file.extracting(body))
            } else if let end = body.prefix(80).first(where: { file[$0] == 0 }), end + 2 <= body.upperBound {
                // A name of at most 79 bytes, a zero, and the compression method, of which there is one.
                metadata.profile = [end + 2..<body.upperBound]
                metadata.isProfileCompressed = true
            }
        }
        return metadata
    }

    /// The resolution of a `pHYs` chunk; nil where it tells only the pixels' proportions.
    private static func resolution(_ body: Span<UInt8>) -> PictureResolution? {
        guard let x = body.u32(at: 0), let y = body.u32(at: 4), body.u8(at: 8) == 1 else { return nil }
        let metresPerInch = 0.0254
        let resolution = PictureResolution(
            horizontal: Double(x) * metresPerInch,
            vertical: Double(y) * metresPerInch
        )
        return resolution.isUsable ? resolution : nil
    }
}
