// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

/// Reads JPEG, PNG and WebP, and where their libraries are there HEIC, AVIF, TIFF, GIF and BMP.
///
/// Of files with several pictures the first is read, or the primary one, with a warning.
/// The format is told by the bytes, never by a name. The pixels are those of OpenCV's `imread` in colour:
/// transparency is dropped rather than blended, gray becomes equal channels, 16-bit channels keep their upper
/// 8 bits, CMYK becomes RGB, colour profiles are ignored. Transparency and an RGB profile come beside the pixels, in
/// ``DecodedImage/metadata``.
///
/// A picture is whole when every pixel is as it was stored: bytes that are missing behind the pixels, or stray
/// between segments, do not matter. A file whose damage shows throws `.undecodable`, or is decoded as far as it goes
/// when that is allowed. PNG has checksums, so all damage shows; in JPEG and WebP a changed bit may only change
/// colours.
public enum ImageDecoder {
    /// Reads what a file says about itself, without decoding its pixels.
    ///
    /// - Parameters:
    ///   - bytes: a whole file.
    ///   - limits: which formats are read; a picture may have more pixels than they allow.
    /// - Returns: size, orientation, and what decoding will hold.
    /// - Throws: `ImageError` `.notAnImage`, `.undecodable` or `.outOfMemory`.
    /// - Complexity: linear in the number of segments, chunks or boxes; some kilobytes of memory.
    public static func inspect(
        _ bytes: [UInt8],
        limits: ImageLimits = ImageLimits()
    ) throws(ImageError) -> ImageInfo {
        try OpenedPicture(bytes.span, limits).info
    }

    /// Reads what a file that is in memory says about itself, without decoding its pixels.
    ///
    /// - Parameter bytes: a whole file, which must not change meanwhile.
    /// - Returns: size, orientation, and what decoding will hold.
    /// - Throws: `ImageError` `.notAnImage`, `.undecodable` or `.outOfMemory`.
    public static func inspect(from bytes: UnsafeRawBufferPointer) throws(ImageError) -> ImageInfo {
        try OpenedPicture(unsafe bytes.bindMemory(to: UInt8.self).span, ImageLimits()).info
    }

    /// Decodes one picture and applies its EXIF orientation.
    ///
    /// - Parameters:
    ///   - bytes: a whole file.
    ///   - limits: most pixels to accept.
    ///   - allowsDamaged: whether to decode a damaged file as far as it goes, with a warning, instead of throwing.
    ///     What is lost is black, or what the codec fills it with.
    ///   - metadata: which EXIF metadata come beside the pixels.
    ///   - reduction: 1, 2, 4 or 8, by which JPEG files' sides are divided, rounded up, while they are decoded; other
    ///     files come in their full size. The limits count the pixels of the file.
    ///   - threadCount: threads to use, of which a large JPEG file of one scan takes two; the pixels do not depend on it.
    ///   - cancellation: looked at between rows, scans and slices of the file, a few milliseconds apart; in WebP
    ///     up to an eighth of a picture apart, or all of it where it has hardly any detail; in HEIC and AVIF before and
    ///     behind the work alone.
    /// - Returns: the upright picture.
    /// - Throws: `ImageError` `.notAnImage`, `.undecodable`, `.tooLarge`, `.outOfMemory`, `.cancelled` or
    ///   `.timedOut`.
    public static func decode(
        _ bytes: [UInt8],
        limits: ImageLimits = ImageLimits(),
        allowsDamaged: Bool = false,
        metadata: MetadataPolicy = .everythingButLocation,
        reduction: Int = 1,
        threadCount: Int = 1,
        cancellation: CancellationToken? = nil
    ) throws(ImageError) -> DecodedImage {
        var order = DecodingOrder()
        order.limits = limits
        order.allowsDamaged = allowsDamaged
        order.metadata = metadata
        order.reduction = reduction
        order.threadCount = threadCount
        order.cancellation = cancellation
        return try decode(bytes.span, order)
    }

    /// Decodes one picture, as ``decode(_:limits:allowsDamaged:metadata:reduction:threadCount:cancellation:)`` does.
    ///
    /// - Parameters:
    ///   - bytes: a whole file.
    ///   - order: how to decode it.
    /// - Returns: the upright picture.
    /// - Throws: the same.
    package static func decode(_ bytes: [UInt8], _ order: DecodingOrder) throws(ImageError) -> DecodedImage {
        try decode(bytes.span, order)
    }

    /// Decodes one picture that is in memory, without copying the file, and applies its EXIF orientation.
    ///
    /// - Parameters:
    ///   - bytes: a whole file, which must not change meanwhile.
    ///   - limits: most pixels to accept.
    ///   - allowsDamaged: whether to decode a damaged file as far as it goes, with a warning, instead of throwing.
    ///   - metadata: which EXIF metadata come beside the pixels.
    ///   - reduction: 1, 2, 4 or 8, by which JPEG files' sides are divided, rounded up, while they are decoded; other
    ///     files come in their full size. The limits count the pixels of the file.
    ///   - threadCount: threads to use, of which a large JPEG file of one scan takes two; the pixels do not depend on it.
    ///   - cancellation: as for bytes in an array.
    /// - Returns: the upright picture.
    /// - Throws: `ImageError` `.notAnImage`, `.undecodable`, `.tooLarge`, `.outOfMemory`, `.cancelled` or
    ///   `.timedOut`.
    public static func decode(
        from bytes: UnsafeRawBufferPointer,
        limits: ImageLimits = ImageLimits(),
        allowsDamaged: Bool = false,
        metadata: MetadataPolicy = .everythingButLocation,
        reduction: Int = 1,
        threadCount: Int = 1,
        cancellation: CancellationToken? = nil
    ) throws(ImageError) -> DecodedImage {
        var order = DecodingOrder()
        order.limits = limits
        order.allowsDamaged = allowsDamaged
        order.metadata = metadata
        order.reduction = reduction
        order.threadCount = threadCount
        order.cancellation = cancellation
        return try decode(unsafe bytes.bindMemory(to: UInt8.self).span, order)
    }
}
