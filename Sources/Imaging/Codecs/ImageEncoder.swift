// SPDX-License-Identifier: Apache-2.0

/// Writes JPEG, PNG and WebP.
public enum ImageEncoder {
    /// Encodes a picture.
    ///
    /// - Parameters:
    ///   - image: what to write.
    ///   - format: the file format.
    ///   - quality: 1…100 for JPEG and WebP; PNG is lossless.
    /// - Returns: a whole file.
    /// - Throws: ``ImageError`` `.encodingFailed`.
    public static func encode(
        _ image: ImageBuffer,
        as format: ImageFormat,
        quality: Int = 90
    ) throws(ImageError) -> [UInt8] {
        throw ImageError(.encodingFailed, "no encoder yet")
    }

    /// Encodes an 8-bit gray picture as PNG, for masks.
    ///
    /// - Parameters:
    ///   - pixels: `width × height` values, rows top to bottom.
    ///   - width: columns.
    ///   - height: rows.
    /// - Returns: a whole PNG file.
    /// - Throws: ``ImageError`` `.encodingFailed`.
    public static func encodeGrayPNG(
        _ pixels: [UInt8],
        width: Int,
        height: Int
    ) throws(ImageError) -> [UInt8] {
        throw ImageError(.encodingFailed, "no encoder yet")
    }
}
