// SPDX-License-Identifier: Apache-2.0

/// Reads integers out of hostile bytes; nil past the end.
struct ByteReader {
    let bytes: ArraySlice<UInt8>
    var isBigEndian = true

    /// Bytes in all.
    var count: Int { bytes.count }

    func u8(at offset: Int) -> Int? {
        guard offset >= 0, offset < bytes.count else { return nil }
        return Int(bytes[bytes.startIndex + offset])
    }

    func u16(at offset: Int) -> Int? {
        guard let a = u8(at: offset), let b = u8(at: offset + 1) else { return nil }
        return isBigEndian ? a << 8 | b : b << 8 | a
    }

    func u32(at offset: Int) -> Int? {
        guard let a = u16(at: offset), let b = u16(at: offset + 2) else { return nil }
        return isBigEndian ? a << 16 | b : b << 16 | a
    }

    /// The bytes of a range; nil unless all are there.
    func slice(at offset: Int, count: Int) -> ArraySlice<UInt8>? {
        guard offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset else {
            return nil
        }
        return bytes[bytes.startIndex + offset..<bytes.startIndex + offset + count]
    }
}
