// SPDX-License-Identifier: Apache-2.0

/// The chunks of a PNG file beside its pixels.
///
/// Source: ISO/IEC 15948, section 11.3.3.3; PNG Third Edition, section 11.3.3.4 (eXIf).
enum PNGChunks {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// Finds orientation and colour profile, before or behind the pixels; chunks with a wrong checksum do not count.
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
            guard isExif || isProfile,
                CodecCalls.pngChecksum(file.extracting(offset + 4..<body.upperBound)) == checksum
            else { continue }
            if isExif {
                metadata.orientation = ExifOrientation.parse(file.extracting(body))
            } else if let end = body.prefix(80).first(where: { file[$0] == 0 }), end + 2 <= body.upperBound {
                // A name of at most 79 bytes, a zero, and the compression method, of which there is one.
                metadata.profile = [end + 2..<body.upperBound]
                metadata.isProfileCompressed = true
            }
        }
        return metadata
    }
}
