// SPDX-License-Identifier: Apache-2.0

/// A file format that pictures are read from and written to; more may come, so a `switch` needs a `default`.
public struct ImageFormat: Hashable, Sendable, CaseIterable, CustomStringConvertible {
    private enum Name: String {
        case jpeg, png, webp
    }

    /// JPEG, ITU-T T.81.
    public static let jpeg = ImageFormat(.jpeg, name: "JPEG", fileExtensions: ["jpg", "jpeg", "jpe", "jfif"])
    /// PNG, ISO/IEC 15948.
    public static let png = ImageFormat(.png, name: "PNG", fileExtensions: ["png"])
    /// WebP, RFC 9649.
    public static let webp = ImageFormat(.webp, name: "WebP", fileExtensions: ["webp"])

    /// Every format that is read and written.
    public static let allCases = [jpeg, png, webp]

    private let identifier: Name
    /// The name that people write: "JPEG".
    public let name: String
    /// The endings of file names that stand for the format, without a dot, in lower case, the usual one first.
    public let fileExtensions: [String]

    private init(_ identifier: Name, name: String, fileExtensions: [String]) {
        self.identifier = identifier
        self.name = name
        self.fileExtensions = fileExtensions
    }

    /// The name that programs write: "jpeg".
    public var description: String { identifier.rawValue }

    /// The type to put in a `Content-Type` header.
    public var mediaType: String { "image/\(identifier.rawValue)" }

    /// The format that a file name ending stands for.
    ///
    /// - Parameter fileExtension: one of ``fileExtensions``, in any case, with or without a dot; nil comes back for
    ///   all others.
    public init?(fileExtension: String) {
        let ending = (fileExtension.hasPrefix(".") ? fileExtension.dropFirst() : fileExtension[...])
            .lowercased()
        guard let format = Self.allCases.first(where: { $0.fileExtensions.contains(ending) }) else {
            return nil
        }
        self = format
    }

    /// The format that the ending of a path stands for.
    ///
    /// - Parameter path: a file's path or name; nil comes back when it has no known ending.
    public init?(path: String) {
        guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return nil }
        self.init(fileExtension: String(path[path.index(after: dot)...]))
    }

    /// The format that the first bytes of a file tell, whatever its name.
    ///
    /// - Parameter bytes: a file, or at least its first 12 bytes.
    /// - Returns: nil when the bytes are not those of a JPEG, PNG or WebP file.
    public static func detect(_ bytes: [UInt8]) -> ImageFormat? { detect(bytes.span) }

    static func detect(_ file: Span<UInt8>) -> ImageFormat? {
        if file.holds([0xFF, 0xD8, 0xFF], at: 0) { return .jpeg }
        if file.holds(PNGChunks.signature, at: 0) { return .png }
        if file.holds("RIFF", at: 0), file.holds("WEBP", at: 8) { return .webp }
        return nil
    }
}

extension ImageFormat {
    /// The name and version of the library behind each format.
    package static var libraries: [String] { allCases.map { CodecCalls.library(of: Codec($0)) } }
}
