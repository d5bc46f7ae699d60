// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

/// Replaces parts of a photo's file and leaves the rest of the picture as it was stored.
public enum PhotoRewriter {
    /// The quality of lossy pictures that must be encoded anew, unless one is asked for.
    private static let defaultQuality = 95

    /// Makes a file of the same format with some pixels replaced and only the metadata that a policy keeps.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - areas: the rectangles, in upright pixels, whose pixels are replaced; what lies outside of the picture does not
    ///     count.
    ///   - image: the upright picture with the new pixels in the areas and the decoded ones elsewhere, of the file's size.
    ///   - decoded: what ``ImageDecoder`` made of the file, if it is there; without it the file is decoded where that is
    ///     needed, and refused when it is damaged.
    ///   - metadata: what stays beside the pixels.
    ///   - quality: 1…100 to encode all of a lossy picture anew; nil to keep what is outside of the areas.
    ///   - cancellation: looked at between rows.
    /// - Returns: the new file, and what of it differs.
    /// - Throws: `ImageError` `.notAnImage`, `.undecodable`, `.invalidBuffer` when the sizes differ, `.encodingFailed`,
    ///   `.tooLarge`, `.outOfMemory`, `.cancelled` or `.timedOut`.
    public static func rewrite(
        _ bytes: [UInt8],
        replacing areas: [PixelRectangle],
        with image: ImageBuffer,
        decoded: DecodedImage? = nil,
        metadata: MetadataPolicy = .nothing,
        quality: Int? = nil,
        cancellation: CancellationToken? = nil
    ) throws(ImageError) -> RewrittenPhoto {
        let info = try ImageDecoder.inspect(bytes)
        guard info.width == image.width, info.height == image.height else {
            throw ImageError(
                .invalidBuffer,
                "The picture with the new pixels is \(image.width) × \(image.height), the file's is "
                    + "\(info.width) × \(info.height) upright; they must be of the same size."
            )
        }
        let limits = ImageLimits(maxPixelCount: info.pixelCount)
        let decoded =
            if let decoded { decoded } else {
                try ImageDecoder.decode(bytes, limits: limits, cancellation: cancellation)
            }
        let isLossless = info.format == .png
        let file = try ImageEncoder.encode(
            image,
            as: info.format,
            quality: quality ?? defaultQuality,
            metadata: decoded.metadata,
            cancellation: cancellation
        )
        return RewrittenPhoto(
            bytes: file,
            format: info.format,
            keptCoefficients: isLossless,
            changed: isLossless
                ? areas.map { $0.clipped(toWidth: info.width, height: info.height) }.filter { !$0.isEmpty }
                : [PixelRectangle(of: image)],
            reencodingReason: isLossless ? nil : "\(info.format.name) files are encoded anew."
        )
    }
}
