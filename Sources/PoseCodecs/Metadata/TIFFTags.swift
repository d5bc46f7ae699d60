// SPDX-License-Identifier: Apache-2.0

/// What the first directory of a TIFF file says beside its pixels; BigTIFF's is not read.
///
/// Source: TIFF 6.0, section 8; ICC.1:2022, annex B.2.
enum TIFFTags {
    private static let orientation = 0x0112
    private static let profile = 0x8773

    static func metadata(_ file: Span<UInt8>) -> EmbeddedMetadata {
        var metadata = EmbeddedMetadata()
        guard let directory = TIFFDirectory(file) else { return metadata }
        if let value = directory.integer(orientation, in: file), (1...8).contains(value) {
            metadata.orientation = value
        }
        // The file is the structure that EXIF metadata are in other formats.
        metadata.exif = 0..<file.count
        if let range = directory.range(profile, in: file, limit: ICCProfile.longest) {
            metadata.profile = [range]
        }
        return metadata
    }
}
