// SPDX-License-Identifier: Apache-2.0

/// What reading pictures may cost.
public struct ImageLimits: Sendable {
    /// Most pixels a picture may have; checked before memory is taken.
    public var maxPixelCount: Int

    /// Makes limits; 50 megapixels unless told.
    public init(maxPixelCount: Int = 50_000_000) {
        self.maxPixelCount = maxPixelCount
    }
}

/// A picture read from a file, turned upright.
public struct DecodedImage: Sendable {
    /// The upright picture.
    public var image: ImageBuffer
    /// The EXIF orientation 1…8 that was applied; 1 when the file has none.
    public var orientation: Int
    /// The format of the file.
    public var format: ImageFormat

    /// Makes a value of its parts.
    public init(image: ImageBuffer, orientation: Int, format: ImageFormat) {
        self.image = image
        self.orientation = orientation
        self.format = format
    }
}

/// Reads JPEG, PNG and WebP.
public enum ImageDecoder {
    /// Decodes one picture and applies its EXIF orientation.
    ///
    /// - Parameters:
    ///   - bytes: a whole file.
    ///   - limits: most pixels to accept.
    /// - Returns: the upright picture.
    /// - Throws: ``ImageError`` `.notAnImage`, `.undecodable` or `.tooLarge`.
    public static func decode(
        _ bytes: [UInt8],
        limits: ImageLimits = ImageLimits()
    ) throws(ImageError) -> DecodedImage {
        throw ImageError(.notAnImage, "no decoder yet")
    }
}
