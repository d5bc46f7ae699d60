// SPDX-License-Identifier: Apache-2.0

public import PoseCodecs

/// A format of files that people are drawn in: the photo's pixels with the skeletons, or the skeletons alone as vectors.
public struct DrawingFormat: Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// The format of the pixels; `nil` for vectors.
    public let imageFormat: ImageFormat?

    /// Pixels in a format.
    public init(_ format: ImageFormat) { imageFormat = format }

    private init() { imageFormat = nil }

    /// The photo with the skeletons as JPEG.
    public static let jpeg = DrawingFormat(.jpeg)
    /// The photo with the skeletons as PNG.
    public static let png = DrawingFormat(.png)
    /// The photo with the skeletons as WebP.
    public static let webp = DrawingFormat(.webp)
    /// The skeletons alone as lines and circles, SVG 1.1.
    public static let svg = DrawingFormat()

    /// Every format, the pixels first.
    public static let allCases = ImageFormat.allCases.map(DrawingFormat.init(_:)) + [svg]

    /// The name that programs write: "jpeg", "svg".
    public var description: String { imageFormat?.description ?? "svg" }

    /// The type to put in a `Content-Type` header.
    public var mediaType: String { imageFormat?.mediaType ?? "image/svg+xml" }

    /// Whether a pixel may be transparent.
    public var hasOpacity: Bool { imageFormat != .jpeg }

    /// The format that a file name ending stands for.
    ///
    /// - Parameter fileExtension: an ending in any case, with or without a dot; nil comes back for those of no format.
    public init?(fileExtension: String) {
        if let format = ImageFormat(fileExtension: fileExtension) {
            self.init(format)
        } else if ["svg", ".svg"].contains(fileExtension.lowercased()) {
            self = .svg
        } else {
            return nil
        }
    }
}
