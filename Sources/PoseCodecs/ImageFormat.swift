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

    /// The format that a file name ending stands for.
    ///
    /// - Parameter fileExtension: `jpg`, `jpeg`, `jpe`, `jfif`, `png` or `webp`, in any case, with or
    ///   without a dot; nil comes back for all others.
    public init?(fileExtension: String) {
        let name = fileExtension.hasPrefix(".") ? fileExtension.dropFirst() : fileExtension[...]
        switch name.lowercased() {
        case "jpg", "jpeg", "jpe", "jfif": self = .jpeg
        case "png": self = .png
        case "webp": self = .webp
        default: return nil
        }
    }

    /// The format that the first bytes of a file tell, whatever its name.
    ///
    /// - Parameter bytes: a file, or at least its first 12 bytes.
    /// - Returns: nil when the bytes are not those of a JPEG, PNG or WebP file.
    public static func detect(_ bytes: [UInt8]) -> ImageFormat? {
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if bytes.starts(with: PNGChunks.signature) { return .png }
        if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) { return .webp }
        return nil
    }
}

extension ImageFormat {
    /// The name and version of the library behind each format.
    package static var libraries: [String] { CodecCalls.libraries }
}
