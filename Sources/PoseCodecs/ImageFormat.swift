// SPDX-License-Identifier: Apache-2.0

/// A file format that pictures are read from; more may come, so a `switch` needs a `default`.
///
/// JPEG, PNG and WebP are read and written. HEIC, AVIF, TIFF, GIF and BMP are only read, by programs that were built
/// where their libraries are: see ``readable``.
public struct ImageFormat: Hashable, Sendable, CaseIterable, CustomStringConvertible {
    private enum Name: String {
        case jpeg, png, webp, heic, avif, tiff, gif, bmp
    }

    /// JPEG, ITU-T T.81.
    public static let jpeg = ImageFormat(.jpeg, name: "JPEG", fileExtensions: ["jpg", "jpeg", "jpe", "jfif"])
    /// PNG, ISO/IEC 15948.
    public static let png = ImageFormat(.png, name: "PNG", fileExtensions: ["png"])
    /// WebP, RFC 9649.
    public static let webp = ImageFormat(.webp, name: "WebP", fileExtensions: ["webp"])
    /// HEIC, ISO/IEC 23008-12: what phones write.
    public static let heic = ImageFormat(.heic, name: "HEIC", fileExtensions: ["heic", "heif", "hif"])
    /// AVIF, the AV1 Image File Format.
    public static let avif = ImageFormat(.avif, name: "AVIF", fileExtensions: ["avif"])
    /// TIFF 6.0, and BigTIFF.
    public static let tiff = ImageFormat(.tiff, name: "TIFF", fileExtensions: ["tif", "tiff"])
    /// GIF, version 87a or 89a.
    public static let gif = ImageFormat(.gif, name: "GIF", fileExtensions: ["gif"])
    /// BMP, of Windows and OS/2.
    public static let bmp = ImageFormat(.bmp, name: "BMP", fileExtensions: ["bmp", "dib"])

    /// Every format that is read and written.
    public static let allCases = [jpeg, png, webp]
    /// Every format that is read where its library is there, and never written.
    public static let readOnly = [heic, avif, tiff, gif, bmp]
    /// Every format that there is, whether or not its library is there.
    package static let known = allCases + readOnly
    /// Every format that this program reads on this machine.
    ///
    /// - Complexity: loads the libraries of formats that no file needed yet.
    public static var readable: [ImageFormat] { allCases + readOnly.filter(\.isReadable) }

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

    /// Whether this program reads such files on this machine.
    public var isReadable: Bool { Codec(self).isThere }

    /// The Debian package to build against, for formats that are optional; nil for others.
    package var package: String? { Codec(self).package }

    /// Whether pictures are written in the format.
    public var isWritable: Bool { Self.allCases.contains(self) }

    /// The format in which a picture that came in this one is written again: the same where it is written, JPEG for
    /// HEIC and AVIF, PNG for formats that keep every value.
    public var outputFormat: ImageFormat {
        if isWritable { return self }
        return self == .heic || self == .avif ? .jpeg : .png
    }

    /// The format to write that a file name ending stands for.
    ///
    /// - Parameter fileExtension: one of ``fileExtensions`` of a format that is written, in any case, with or without a
    ///   dot; nil comes back for all others.
    public init?(fileExtension: String) {
        let ending = (fileExtension.hasPrefix(".") ? fileExtension.dropFirst() : fileExtension[...])
            .lowercased()
        guard let format = Self.allCases.first(where: { $0.fileExtensions.contains(ending) }) else {
            return nil
        }
        self = format
    }

    /// The format to write that the ending of a path stands for.
    ///
    /// - Parameter path: a file's path or name; nil comes back when it has no known ending.
    public init?(path: String) {
        guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return nil }
        self.init(fileExtension: String(path[path.index(after: dot)...]))
    }

    /// The format that the first bytes of a file tell, whatever its name.
    ///
    /// - Parameter bytes: a file, or at least its first 64 bytes; 12 are enough for formats that are written.
    /// - Returns: nil when the bytes are not those of a format that this program reads on this machine.
    public static func detect(_ bytes: [UInt8]) -> ImageFormat? { detect(bytes.span) }

    static func detect(_ file: Span<UInt8>) -> ImageFormat? {
        recognize(file).flatMap { $0.isReadable ? $0 : nil }
    }
}

extension ImageFormat {
    /// The name and version of the library behind each format.
    package static var libraries: [String] {
        var names: [String] = []
        for name in readable.map({ CodecCalls.library(of: Codec($0)) }) where !names.contains(name) {
            names.append(name)
        }
        return names
    }
}
