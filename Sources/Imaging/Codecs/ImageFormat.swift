// SPDX-License-Identifier: Apache-2.0

/// The file formats that pictures are read from and written to.
public enum ImageFormat: String, Sendable, CaseIterable {
    /// JPEG, ITU-T T.81.
    case jpeg
    /// PNG, ISO/IEC 15948.
    case png
    /// WebP, RFC 9649.
    case webp

    /// The type to put in a `Content-Type` header.
    public var mediaType: String { "image/\(rawValue)" }
}
