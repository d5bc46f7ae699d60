// SPDX-License-Identifier: Apache-2.0

/// Takes ICC profiles out of files.
///
/// Source: ICC.1:2022, section 7.2.
enum ICCProfile {
    /// The longest profile that is read: what the segments of a JPEG file can hold.
    static let longest = 255 * 65_519

    /// The profile of a file, if it is one for RGB pixels.
    static func load(_ metadata: EmbeddedMetadata, from file: Span<UInt8>) -> [UInt8]? {
        loadAny(metadata, from: file).flatMap { isForRGB($0.span) ? $0 : nil }
    }

    /// The profile of a file, of whatever colour space.
    static func loadAny(_ metadata: EmbeddedMetadata, from file: Span<UInt8>) -> [UInt8]? {
        guard let first = metadata.profile.first else {
            let profile = metadata.gatheredProfile
            return profile.count <= longest && isProfile(profile.span) ? profile : nil
        }
        let profile =
            metadata.isProfileCompressed
            ? CodecCalls.inflate(file.extracting(first), limit: longest)
            : metadata.profile.reduce(into: []) { $0 += file.copy($1) }
        guard let profile, profile.count <= longest, isProfile(profile.span) else { return nil }
        return profile
    }

    private static func isProfile(_ profile: Span<UInt8>) -> Bool {
        profile.count >= 128 && profile.u32(at: 0) == profile.count && profile.holds("acsp", at: 36)
    }

    /// Whether the header is that of a profile whose colour space is RGB.
    private static func isForRGB(_ profile: Span<UInt8>) -> Bool {
        profile.holds("RGB ", at: 16)
    }
}
