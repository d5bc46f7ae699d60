// SPDX-License-Identifier: Apache-2.0

/// Base64 as RFC 4648 has it, padded, without line breaks.
package enum Base64 {
    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )

    /// Encodes bytes.
    package static func encode(_ bytes: [UInt8]) -> String {
        let length = length(ofByteCount: bytes.count)
        return unsafe String(unsafeUninitializedCapacity: length) { text in
            unsafe encode(bytes, into: UnsafeMutableRawBufferPointer(text))
            return length
        }
    }

    /// Characters of so many bytes.
    package static func length(ofByteCount byteCount: Int) -> Int { (byteCount + 2) / 3 * 4 }

    /// Encodes bytes into memory that has as many as the text's length.
    package static func encode(_ bytes: [UInt8], into text: UnsafeMutableRawBufferPointer) {
        precondition(text.count >= length(ofByteCount: bytes.count), "the text is longer than its memory")
        let digits = digits.span
        let bytes = bytes.span
        var length = 0
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let rest = bytes.count - start
            let (first, second, third) = (
                bytes[start], rest > 1 ? bytes[start + 1] : 0, rest > 2 ? bytes[start + 2] : 0
            )
            let equals = UInt8(ascii: "=")
            unsafe text[length] = digits[Int(first >> 2)]
            unsafe text[length + 1] = digits[Int((first & 3) << 4 | second >> 4)]
            unsafe text[length + 2] = rest > 1 ? digits[Int((second & 15) << 2 | third >> 6)] : equals
            unsafe text[length + 3] = rest > 2 ? digits[Int(third & 63)] : equals
            length += 4
        }
    }
}
