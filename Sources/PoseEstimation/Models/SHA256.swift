// SPDX-License-Identifier: Apache-2.0

internal import CPoseNettle

/// SHA-256 (FIPS 180-4), computed by nettle.
package enum SHA256 {
    /// The library's name and version.
    package static var library: String { "nettle \(nettle_version_major()).\(nettle_version_minor())" }

    /// The digest of some bytes, 64 lower-case hexadecimal digits.
    package static func hexadecimalDigest(of bytes: [UInt8]) -> String {
        var context = sha256_ctx()
        var digest = [UInt8](repeating: 0, count: 32)
        unsafe nettle_sha256_init(&context)
        unsafe bytes.withUnsafeBytes { buffer in
            unsafe nettle_sha256_update(&context, buffer.count, buffer.baseAddress)
        }
        unsafe nettle_sha256_digest(&context, digest.count, &digest)
        return digest.reduce(into: "") { text, byte in
            text += byte < 16 ? "0" : ""
            text += String(byte, radix: 16)
        }
    }
}
