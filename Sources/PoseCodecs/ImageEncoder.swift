// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

/// Writes JPEG, PNG and WebP.
public enum ImageEncoder {
    /// From this quality on, JPEG keeps colour at full resolution: thin coloured lines stay sharp.
    private static let fullChromaQuality = 90

    /// Encodes a picture.
    ///
    /// JPEG keeps colour at full resolution (4:4:4) from quality 90 on and at half (4:2:0) below; WebP is
    /// lossy; PNG is 8-bit RGB. No metadata is written.
    ///
    /// - Parameters:
    ///   - image: what to write; JPEG takes sides up to 65,535 pixels, WebP up to 16,383.
    ///   - format: the file format.
    ///   - quality: 1…100 for JPEG and WebP; PNG is lossless.
    /// - Returns: a whole file.
    /// - Throws: ``ImageError`` `.encodingFailed`.
    public static func encode(
        _ image: ImageBuffer,
        as format: ImageFormat,
        quality: Int = 90
    ) throws(ImageError) -> [UInt8] {
        guard (1...100).contains(quality) else {
            throw .encodingFailed(format, reason: "the quality must be 1…100, got \(quality)")
        }
        try check(width: image.width, height: image.height, format: format)
        return try CodecCalls.encode(
            image,
            as: format,
            quality: CInt(quality),
            fullChroma: quality >= fullChromaQuality
        )
    }

    /// Encodes an 8-bit gray picture as PNG, for masks.
    ///
    /// - Parameters:
    ///   - pixels: `width × height` values, rows top to bottom.
    ///   - width: columns.
    ///   - height: rows.
    /// - Returns: a whole PNG file.
    /// - Throws: ``ImageError`` `.encodingFailed`, also when `pixels` has another size.
    public static func encodeGrayPNG(
        _ pixels: [UInt8],
        width: Int,
        height: Int
    ) throws(ImageError) -> [UInt8] {
        try check(width: width, height: height, format: .png)
        guard pixels.count == width.multipliedReportingOverflow(by: height).partialValue else {
            let reason = "\(width) × \(height) pixels were promised, \(pixels.count) given"
            throw .encodingFailed(.png, reason: reason)
        }
        return try CodecCalls.encodeGrayPNG(pixels, header: .init(width: width, height: height))
    }

    /// Keeps sizes within what each format's header can say.
    private static func check(width: Int, height: Int, format: ImageFormat) throws(ImageError) {
        let longest =
            switch format {
            case .jpeg: 65_535
            case .webp: 16_383
            case .png: Int(Int32.max)
            }
        guard (1...longest).contains(width), (1...longest).contains(height) else {
            throw .encodingFailed(
                format,
                reason: "its sides must be 1…\(longest) pixels, they are \(width) × \(height)"
            )
        }
    }
}
