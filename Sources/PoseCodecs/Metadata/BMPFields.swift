// SPDX-License-Identifier: Apache-2.0

/// What the header of a BMP file says beside its pixels.
///
/// Source: Microsoft, BITMAPINFOHEADER and BITMAPV5HEADER.
enum BMPFields {
    private static let fileHeaderSize = 14
    /// `PROFILE_EMBEDDED`, "MBED".
    private static let embeddedProfile = 0x4D42_4544

    static func metadata(_ file: Span<UInt8>) -> EmbeddedMetadata {
        var metadata = EmbeddedMetadata()
        let start = fileHeaderSize
        guard let size = file.u32(at: start, bigEndian: false), size >= 40 else { return metadata }
        if let x = file.u32(at: start + 24, bigEndian: false),
            let y = file.u32(at: start + 28, bigEndian: false)
        {
            let metresPerInch = 0.0254
            let resolution = PictureResolution(
                horizontal: Double(x) * metresPerInch,
                vertical: Double(y) * metresPerInch
            )
            if resolution.isUsable { metadata.resolution = resolution }
        }
        // Its place is told from the header on.
        if size >= 124, file.u32(at: start + 56, bigEndian: false) == embeddedProfile,
            let offset = file.u32(at: start + 112, bigEndian: false),
            let length = file.u32(at: start + 116, bigEndian: false),
            length > 0, let range = file.range(at: start + offset, length: length)
        {
            metadata.profile = [range]
        }
        return metadata
    }
}
