// SPDX-License-Identifier: Apache-2.0

public import PoseImaging
package import PoseSystem

/// Replaces parts of a photo's file and leaves the rest of the picture as it was stored.
///
/// **JPEG**: what is replaced are whole blocks, of 8 × 8 to 32 × 32 pixels as the file's colour sampling has it. All other
/// blocks keep their very coefficients, and the file its size, sampling and quantization tables, its being progressive
/// or not, its restart intervals and its stored orientation with the one tag that tells it; entropy coding is
/// optimized anew, which loses nothing. Blocks touched only in part are made of the pixels given for all of them. New blocks of a CMYK
/// file have no black ink. Where decoders smooth colours of half resolution, the pixel beside a replaced block
/// may change, too.
///
/// **PNG** is written upright, in 8 bits a channel as it was decoded: 16-bit channels lose their lower half, palettes and gray
/// become colours. **WebP** is written upright; a lossless file stays lossless. **HEIC** and **AVIF** become JPEG files,
/// **TIFF**, **GIF** and **BMP** PNG files, with their first picture alone.
public enum PhotoRewriter {
    /// Makes a file of the same format, or of its ``ImageFormat/outputFormat``, with some pixels replaced and only the metadata that a policy keeps.
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
    /// - Complexity: a JPEG file's coefficients take 3 bytes a pixel at 4:2:0, 6 at 4:4:4, beside the files.
    public static func rewrite(
        _ bytes: [UInt8],
        replacing areas: [PixelRectangle],
        with image: ImageBuffer,
        decoded: DecodedImage? = nil,
        metadata: MetadataPolicy = .nothing,
        quality: Int? = nil,
        cancellation: CancellationToken? = nil
    ) throws(ImageError) -> RewrittenPhoto {
        try rewrite(
            PictureFile(bytes),
            replacing: areas,
            with: image,
            decoded: decoded,
            metadata: metadata,
            quality: quality,
            cancellation: cancellation
        )
    }

    /// The same of a file whose header was read, as ``rewrite(_:replacing:with:decoded:metadata:quality:cancellation:)`` does.
    ///
    /// - Parameters:
    ///   - file: the whole file.
    ///   - areas: the rectangles whose pixels are replaced.
    ///   - image: the upright picture with the new pixels.
    ///   - decoded: what was decoded of the file, if it is there.
    ///   - metadata: what stays beside the pixels.
    ///   - quality: 1…100 to encode all of a lossy picture anew.
    ///   - cancellation: looked at between rows.
    ///   - memory: a reservation for the new file alone, which grows with it.
    /// - Returns: the new file, and what of it differs.
    /// - Throws: the same.
    package static func rewrite(
        _ file: PictureFile,
        replacing areas: [PixelRectangle],
        with image: ImageBuffer,
        decoded: DecodedImage? = nil,
        metadata: MetadataPolicy = .nothing,
        quality: Int? = nil,
        cancellation: CancellationToken? = nil,
        memory: MemoryReservation? = nil
    ) throws(ImageError) -> RewrittenPhoto {
        let info = file.info
        if let quality, !(1...100).contains(quality) {
            throw .encodingFailed(info.format, reason: "the quality must be 1…100, got \(quality)")
        }
        guard info.width == image.width, info.height == image.height else {
            throw ImageError(
                .invalidBuffer,
                "The picture with the new pixels is \(image.width) × \(image.height), the file's is "
                    + "\(info.width) × \(info.height) upright; they must be of the same size."
            )
        }
        let order = RewriteOrder(
            file: file.bytes,
            info: info,
            areas: areas,
            image: image,
            decoded: decoded,
            policy: metadata,
            quality: quality,
            cancellation: cancellation,
            memory: memory
        )
        return info.format == .jpeg ? try order.rewriteJPEG() : try order.encodeAnew()
    }
}

/// A file to rewrite, and what of it.
struct RewriteOrder {
    var file: [UInt8]
    var info: ImageInfo
    var areas: [PixelRectangle]
    var image: ImageBuffer
    var decoded: DecodedImage?
    var policy: MetadataPolicy
    var quality: Int?
    var cancellation: CancellationToken?
    var memory: MemoryReservation?
}
