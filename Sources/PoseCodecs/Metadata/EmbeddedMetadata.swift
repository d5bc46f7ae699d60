// SPDX-License-Identifier: Apache-2.0

/// What stands beside the pixels of a file.
struct EmbeddedMetadata {
    /// The EXIF orientation 1…8; nil when none is told.
    var orientation: Int?
    /// Where the EXIF metadata are, a TIFF structure; nil without any.
    var exif: Range<Int>?
    /// The resolution of the stored picture that the format itself tells; nil when it tells none.
    var resolution: PictureResolution?
    /// Where the pieces of the ICC profile are, in order; empty without one.
    var profile: [Range<Int>] = []
    /// Whether the profile is a zlib stream.
    var isProfileCompressed = false
}

extension EmbeddedMetadata {
    /// What a policy keeps of the EXIF metadata; an empty block where there are none.
    func exifBlock(of file: Span<UInt8>, keeping policy: MetadataPolicy) -> ExifBlock {
        exif.map { ExifBlock(file.extracting($0), keeping: policy) } ?? ExifBlock()
    }
}
