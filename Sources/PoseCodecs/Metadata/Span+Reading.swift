// SPDX-License-Identifier: Apache-2.0

/// Reads integers and names out of hostile bytes; nil past the end.
extension Span<UInt8> {
    func u8(at offset: Int) -> Int? {
        guard offset >= 0, offset < count else { return nil }
        return Int(self[offset])
    }

    func u16(at offset: Int, bigEndian: Bool = true) -> Int? {
        guard let a = u8(at: offset), let b = u8(at: offset + 1) else { return nil }
        return bigEndian ? a << 8 | b : b << 8 | a
    }

    func u32(at offset: Int, bigEndian: Bool = true) -> Int? {
        guard let a = u16(at: offset, bigEndian: bigEndian), let b = u16(at: offset + 2, bigEndian: bigEndian)
        else { return nil }
        return bigEndian ? a << 16 | b : b << 16 | a
    }

    /// The range of `length` bytes from an offset; nil unless all are there.
    func range(at offset: Int, length: Int) -> Range<Int>? {
        guard offset >= 0, length >= 0, offset <= count, length <= count - offset else { return nil }
        return offset..<offset + length
    }

    /// Whether these bytes stand at an offset.
    func holds(_ bytes: [UInt8], at offset: Int) -> Bool {
        guard let range = range(at: offset, length: bytes.count) else { return false }
        return range.allSatisfy { self[$0] == bytes[$0 - offset] }
    }

    /// Whether this ASCII text stands at an offset.
    func holds(_ text: StaticString, at offset: Int) -> Bool {
        guard let range = range(at: offset, length: text.utf8CodeUnitCount) else { return false }
        return range.allSatisfy { unsafe self[$0] == text.utf8Start[$0 - offset] }
    }

    /// A copy of some bytes, which must be there.
    func copy(_ range: Range<Int>) -> [UInt8] {
        unsafe Array(unsafeUninitializedCapacity: range.count) { buffer, count in
            for i in range { unsafe buffer[i - range.lowerBound] = self[i] }
            count = range.count
        }
    }
}
