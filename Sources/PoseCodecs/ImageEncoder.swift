// SPDX-License-Identifier: Apache-2.0

public import PoseImaging
package import PoseSystem

/// Writes JPEG, PNG and WebP.
public enum ImageEncoder {
    /// Encodes a picture.
    ///
    /// JPEG keeps colour at full resolution (4:4:4) from quality 90 on and at half (4:2:0) below, and drops
    /// transparency; WebP is lossy, its transparency is not; PNG is 8-bit RGB or RGBA. No metadata is written but
    /// what is given; WebP has no place for a resolution outside of EXIF.
    ///
    /// - Parameters:
    ///   - image: what to write; JPEG takes sides up to 65,500 pixels, WebP up to 16,383.
    ///   - format: the file format.
    ///   - quality: 1…100 for JPEG and WebP; PNG is lossless.
    ///   - metadata: the colour profile, EXIF, resolution and transparency to keep, the latter of the picture's size.
    ///   - cancellation: looked at every few rows.
    /// - Returns: a whole file.
    /// - Throws: `ImageError` `.encodingFailed`, `.tooLarge` for a side that the format cannot have, `.outOfMemory`,
    ///   `.cancelled` or `.timedOut`.
    public static func encode(
        _ image: ImageBuffer,
        as format: ImageFormat,
        quality: Int = 90,
        metadata: ImageMetadata? = nil,
        cancellation: CancellationToken? = nil
    ) throws(ImageError) -> [UInt8] {
        try encode(
            image,
            as: format,
            quality: quality,
            metadata: metadata,
            cancellation: cancellation,
            memory: nil
        )
    }

    /// Encodes a picture into memory that is drawn from a budget before it is taken.
    ///
    /// - Parameters:
    ///   - image: what to write.
    ///   - format: the file format.
    ///   - quality: 1…100 for JPEG and WebP.
    ///   - metadata: the colour profile and the transparency to keep.
    ///   - cancellation: looked at every few rows.
    ///   - memory: a reservation for the file alone, which has the file's size in the end.
    /// - Returns: a whole file.
    /// - Throws: as without a reservation; `.outOfMemory` when the budget has not enough left.
    package static func encode(
        _ image: ImageBuffer,
        as format: ImageFormat,
        quality: Int = 90,
        metadata: ImageMetadata?,
        cancellation: CancellationToken?,
        memory: MemoryReservation?
    ) throws(ImageError) -> [UInt8] {
        guard (1...100).contains(quality) else {
            throw .encodingFailed(format, reason: "the quality must be 1…100, got \(quality)")
        }
        guard format.isWritable else { throw .notWritten(format) }
        return try encode(image, Codec(format), quality, metadata ?? ImageMetadata(), cancellation, memory)
    }

    /// Encodes a picture by a codec, as ``encode(_:as:quality:metadata:cancellation:)`` does.
    static func encode(
        _ image: ImageBuffer,
        _ codec: Codec,
        _ quality: Int,
        _ metadata: ImageMetadata,
        _ cancellation: CancellationToken?,
        _ memory: MemoryReservation?
    ) throws(ImageError) -> [UInt8] {
        let format = codec.format
        try check(image, codec, metadata)
        try cancellation?.checkImage()
        let file = try CodecCalls.encode(
            image,
            codec,
            quality: quality,
            metadata: metadata,
            cancellation: cancellation,
            memory: memory
        )
        // libwebp writes pixels and transparency only.
        let (profile, exif) = (metadata.iccProfile ?? [], metadata.exif ?? [])
        let additionalByteCount = profile.count + exif.count
        guard format == .webp, additionalByteCount > 0 else { return file }
        guard memory?.resize(to: 2 * file.count + additionalByteCount) ?? true else {
            throw .noMemory(for: "the file", byteCount: file.count)
        }
        let whole = WebPChunks.embed(
            profile: profile,
            exif: exif,
            in: file,
            width: image.width,
            height: image.height
        )
        _ = memory?.resize(to: whole.count)
        return whole
    }

    /// Refuses what a format cannot hold.
    static func check(_ image: ImageBuffer, _ codec: Codec, _ metadata: ImageMetadata) throws(ImageError) {
        let format = codec.format
        guard max(image.width, image.height) <= codec.longestSide else {
            throw .tooLong(image.width, image.height, for: format, longest: codec.longestSide)
        }
        let profile = metadata.iccProfile ?? []
        guard profile.count <= ICCProfile.longest else {
            throw .encodingFailed(format, reason: "its colour profile has \(profile.count) bytes, too many")
        }
        let exif = metadata.exif ?? []
        guard exif.count <= ExifBlock.longest else {
            throw .encodingFailed(format, reason: "its EXIF metadata have \(exif.count) bytes, too many")
        }
        if let alpha = metadata.alpha, alpha.width != image.width || alpha.height != image.height {
            let sizes = "\(alpha.width) × \(alpha.height) and \(image.width) × \(image.height)"
            throw .encodingFailed(format, reason: "its transparency and its pixels differ in size, \(sizes)")
        }
    }

    /// About the most bytes that a format's library holds while it encodes, beside the picture and the file.
    ///
    /// libjpeg and zlib hold some rows; libwebp the picture once more as YUV 4:2:0, and with transparency what its
    /// lossless encoder needs for one plane.
    ///
    /// - Parameters:
    ///   - pixelCount: pixels of the picture.
    ///   - format: the file format.
    ///   - hasAlpha: whether a pixel may be transparent.
    /// - Returns: bytes.
    package static func workingByteCount(
        pixelCount: Int,
        as format: ImageFormat,
        hasAlpha: Bool
    ) -> Int {
        guard format == .webp else { return 1 << 20 }
        return (1 << 20) + pixelCount / 2 * 3 + (hasAlpha ? 24 * pixelCount : 0)
    }

    /// Encodes an 8-bit gray picture as PNG, for masks.
    ///
    /// - Parameters:
    ///   - pixels: `width × height` values, rows top to bottom.
    ///   - width: columns.
    ///   - height: rows.
    ///   - cancellation: looked at every row.
    /// - Returns: a whole PNG file.
    /// - Throws: `ImageError` `.encodingFailed`, also when `pixels` has another size, `.tooLarge` for a side that PNG
    ///   cannot have, `.outOfMemory`, `.cancelled` or `.timedOut`.
    public static func encodeGrayPNG(
        _ pixels: [UInt8],
        width: Int,
        height: Int,
        cancellation: CancellationToken? = nil
    ) throws(ImageError) -> [UInt8] {
        try encodeGrayPNG(pixels, width: width, height: height, cancellation: cancellation, memory: nil)
    }

    /// Encodes an 8-bit gray picture as PNG into memory that is drawn from a budget before it is taken.
    ///
    /// - Parameters:
    ///   - pixels: `width × height` values, rows top to bottom.
    ///   - width: columns.
    ///   - height: rows.
    ///   - cancellation: looked at every row.
    ///   - memory: a reservation for the file alone, which has the file's size in the end.
    /// - Returns: a whole PNG file.
    /// - Throws: as without a reservation; `.outOfMemory` when the budget has not enough left.
    package static func encodeGrayPNG(
        _ pixels: [UInt8],
        width: Int,
        height: Int,
        cancellation: CancellationToken?,
        memory: MemoryReservation?
    ) throws(ImageError) -> [UInt8] {
        let longest = Codec(.png).longestSide
        guard (1...longest).contains(width), (1...longest).contains(height) else {
            throw .tooLong(width, height, for: .png, longest: longest)
        }
        guard pixels.count == width.multipliedSaturating(by: height) else {
            let reason = "\(width) × \(height) pixels were promised, \(pixels.count) given"
            throw .encodingFailed(.png, reason: reason)
        }
        return try CodecCalls.encodeGrayPNG(
            pixels,
            width: width,
            height: height,
            cancellation: cancellation,
            memory: memory
        )
    }
}
