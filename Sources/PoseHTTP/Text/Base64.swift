// SPDX-License-Identifier: Apache-2.0

import CPoseNettle

/// Base64 as RFC 4648 has it, padded, without line breaks.
package enum Base64 {
    /// Encodes bytes.
    package static func encode(_ bytes: [UInt8]) -> String {
        unsafe String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { text in
            unsafe text.withMemoryRebound(to: CChar.self) {
                unsafe nettle_base64_encode_raw($0.baseAddress, bytes.count, bytes)
            }
            return (bytes.count + 2) / 3 * 4
        }
    }
}
