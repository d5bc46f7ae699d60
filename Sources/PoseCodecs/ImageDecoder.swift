// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

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
///
/// The format is told by the bytes, never by a name. The pixels are those of OpenCV's `imread` in colour:
/// transparency is dropped rather than blended, gray becomes equal channels, 16-bit channels keep their upper
/// 8 bits, CMYK becomes RGB, colour profiles are ignored.
public enum ImageDecoder {
    /// Decodes one picture and applies its EXIF orientation.
    ///
    /// - Parameters:
    ///   - bytes: a whole file.
    ///   - limits: most pixels to accept.
    /// - Returns: the upright picture, complete: a file that is damaged or cut short throws.
    /// - Throws: ``ImageError`` `.notAnImage`, `.undecodable`, `.tooLarge` or `.outOfMemory`.
    public static func decode(
        _ bytes: [UInt8],
        limits: ImageLimits = ImageLimits()
    ) throws(ImageError) -> DecodedImage {
        guard let format = ImageFormat.detect(bytes) else { throw .notAPicture(bytes) }
        let header = try CodecCalls.header(of: bytes, format: format)
        let (pixelCount, overflow) = header.width.multipliedReportingOverflow(by: header.height)
        guard !overflow, pixelCount <= limits.maxPixelCount else {
            throw .tooLarge(width: header.width, height: header.height, limit: limits.maxPixelCount)
        }
        guard !header.isAnimated else { throw .animated(format) }

        let exif: ArraySlice<UInt8>?
        var file = bytes
        switch format {
        case .jpeg:
            let segments = JPEGSegments(bytes)
            exif = segments.exif
            if segments.lacksOnlyEndMarker { file += JPEGSegments.endMarker }
        case .png: exif = PNGChunks.exif(bytes)
        case .webp: exif = WebPChunks.exif(bytes)
        }
        let stored = try CodecCalls.decode(file, format: format, header: header)
        let orientation = exif.flatMap(ExifOrientation.parse) ?? 1
        return DecodedImage(
            image: try stored.applyingOrientation(orientation),
            orientation: orientation,
            format: format
        )
    }
}
