// SPDX-License-Identifier: Apache-2.0

/// The CRC-32 of PNG's chunks.
///
/// Source: ISO/IEC 15948 annex D.
package func pngChecksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes {
        sum ^= UInt32(byte)
        for _ in 0..<8 { sum = sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
    }
    return ~sum
}
