// SPDX-License-Identifier: Apache-2.0

/// What stands beside the pixels of a file.
struct EmbeddedMetadata {
    /// The EXIF orientation 1…8; nil when none is told.
    var orientation: Int?
    /// Where the pieces of the ICC profile are, in order; empty without one.
    var profile: [Range<Int>] = []
    /// Whether the profile is a zlib stream.
    var isProfileCompressed = false
}
