// SPDX-License-Identifier: Apache-2.0

import CPoseCodecs

extension CodecCalls {
    /// What stands beside the pixels of a HEIC or AVIF file; its orientation is applied when it is decoded.
    static func heifMetadata(_ file: Span<UInt8>) -> EmbeddedMetadata {
        var (exif, profile) = unsafe (pic_bytes(), pic_bytes())
        defer {
            unsafe pic_release(&exif)
            unsafe pic_release(&profile)
        }
        unsafe file.withUnsafeBytes { unsafe pic_heif_beside($0.baseAddress, $0.count, &exif, &profile) }
        var metadata = EmbeddedMetadata()
        metadata.gatheredExif = unsafe copy(of: exif)
        metadata.gatheredProfile = unsafe copy(of: profile)
        let prefix = Array("Exif\0\0".utf8)
        if metadata.gatheredExif.starts(with: prefix) { metadata.gatheredExif.removeFirst(prefix.count) }
        return metadata
    }

    private static func copy(of bytes: pic_bytes) -> [UInt8] {
        unsafe Array(UnsafeRawBufferPointer(start: bytes.data, count: bytes.size))
    }
}
