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
    /// The EXIF metadata and the ICC profile of files that have them in pieces all over; empty without any.
    var gatheredExif: [UInt8] = []
    var gatheredProfile: [UInt8] = []

    /// Bytes of the profile, as the file has them.
    var profileByteCount: Int {
        profile.reduce(gatheredProfile.count) { $0.addingSaturating($1.count) }
    }
}

extension EmbeddedMetadata {
    /// What a policy keeps of the EXIF metadata; an empty block where there are none.
    func exifBlock(of file: Span<UInt8>, keeping policy: MetadataPolicy) -> ExifBlock {
        if !gatheredExif.isEmpty { return ExifBlock(gatheredExif.span, keeping: policy) }
        return exif.map { ExifBlock(file.extracting($0), keeping: policy) } ?? ExifBlock()
    }
}
