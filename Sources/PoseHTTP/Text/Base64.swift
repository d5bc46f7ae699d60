// SPDX-License-Identifier: Apache-2.0

import CPoseNettle

/// Base64 as RFC 4648 has it, padded, without line breaks.
package enum Base64 {
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
        unsafe text.withMemoryRebound(to: CChar.self) {
            unsafe nettle_base64_encode_raw($0.baseAddress, bytes.count, bytes)
        }
    }
}
