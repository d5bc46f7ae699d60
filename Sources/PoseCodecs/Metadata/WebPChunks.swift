// SPDX-License-Identifier: Apache-2.0

/// The chunks of a WebP file.
enum WebPChunks {
    /// The body of the `EXIF` chunk, a TIFF structure.
    static func exif(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
        let reader = ByteReader(bytes: bytes[...], isBigEndian: false)
        var offset = 12
        while let type = reader.slice(at: offset, count: 4), let length = reader.u32(at: offset + 4),
            let body = reader.slice(at: offset + 8, count: length)
        {
            if type.elementsEqual("EXIF".utf8) { return body }
            // Bodies are padded to even lengths.
            offset += 8 + length + length % 2
        }
        return nil
    }
}
