// SPDX-License-Identifier: Apache-2.0

/// The chunks of a PNG file.
enum PNGChunks {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// The body of the `eXIf` chunk, a TIFF structure.
    static func exif(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
        let reader = ByteReader(bytes: bytes[...])
        var offset = signature.count
        while let length = reader.u32(at: offset), let type = reader.slice(at: offset + 4, count: 4),
            let body = reader.slice(at: offset + 8, count: length)
        {
            if type.elementsEqual("eXIf".utf8) { return body }
            // Length, type and checksum are four bytes each.
            offset += 12 + length
        }
        return nil
    }
}
