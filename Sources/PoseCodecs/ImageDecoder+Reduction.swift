// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

/// A part of a picture.
public struct DecodedRegion: Sendable {
    /// The upright part.
    public var image: ImageBuffer
    /// Which upright pixels of the whole picture it shows: pixel (x, y) of ``image`` stands for the `reduction` × `reduction`
    /// pixels from (`region.x + reduction · x`, `region.y + reduction · y`) on.
    ///
    /// It holds what was asked for, and may reach beyond the edge of the picture by less than `reduction` pixels.
    public var region: PixelRectangle
    /// By what the sides were divided: 1, 2, 4 or 8.
    public var reduction: Int
    /// Sentences about what is wrong with the file; empty when nothing is.
    public var warnings: [String]
}

/// Decoding less than a whole picture.
extension ImageDecoder {
    /// The largest reduction at which no side is shorter than needed.
    ///
    /// - Parameters:
    ///   - info: what ``inspect(_:limits:)`` told of the file.
    ///   - leastSide: the least length of both sides, in pixels.
    /// - Returns: 1, 2, 4 or 8; 1 for files other than JPEG.
    public static func reduction(for info: ImageInfo, leastSide: Int) -> Int {
        guard info.format == .jpeg else { return 1 }
        return [8, 4, 2].first {
            let size = info.reducedSize($0)
            return min(size.width, size.height) >= leastSide
        } ?? 1
    }

    /// Decodes a part of a picture, upright.
    ///
    /// A JPEG file is read as far as the part goes, or whole when it is progressive, and only the part becomes pixels, the
    /// same that the whole picture at that reduction has there. Damage below the part goes unnoticed. Other files are
    /// decoded whole.
    ///
    /// - Parameters:
    ///   - bytes: a whole file.
    ///   - region: upright pixels of the picture in its full size; what lies outside of it does not count.
    ///   - reduction: 1, 2, 4 or 8 for JPEG; other files come in their full size.
    ///   - limits: most pixels to accept, of the whole picture.
    ///   - cancellation: looked at between rows, scans and slices of the file.
    /// - Returns: the part.
    /// - Throws: `ImageError` `.notAnImage`, `.undecodable`, `.tooLarge`, `.invalidBuffer` when no pixel of the picture is
    ///   in the region, `.outOfMemory`, `.cancelled` or `.timedOut`.
    public static func decode(
        _ bytes: [UInt8],
        region: PixelRectangle,
        reduction: Int = 1,
        limits: ImageLimits = ImageLimits(),
        cancellation: CancellationToken? = nil
    ) throws(ImageError) -> DecodedRegion {
        precondition([1, 2, 4, 8].contains(reduction), "pictures are reduced by 1, 2, 4 or 8")
        try cancellation?.checkImage()
        let picture = try OpenedPicture(bytes.span, limits)
        try picture.checkSize(limits)
        let info = picture.info
        let inside = region.clipped(toWidth: info.width, height: info.height)
        guard !inside.isEmpty else {
            throw ImageError(
                .invalidBuffer,
                "The region of \(region.width) × \(region.height) pixels at (\(region.x), \(region.y)) has no pixel "
                    + "of the picture, which is \(info.width) × \(info.height). Give a region inside of it."
            )
        }
        guard info.format == .jpeg else {
            let whole = try decode(bytes, limits: limits, metadata: .nothing, cancellation: cancellation)
            return DecodedRegion(
                image: try whole.image.copy(of: inside),
                region: inside,
                reduction: 1,
                warnings: whole.warnings
            )
        }
        let part = ReducedPart(inside, info, reduction)
        let pixels = try picture.decode(bytes.span, part.stored, reduction, false, cancellation)
        return DecodedRegion(
            image: pixels.image,
            region: part.upright,
            reduction: reduction,
            warnings: pixels.warnings(.jpeg)
        )
    }
}

/// A part of a reduced picture.
struct ReducedPart {
    /// In pixels of the stored, reduced picture.
    let stored: PixelRectangle
    /// In pixels of the upright picture in its full size.
    let upright: PixelRectangle

    init(_ region: PixelRectangle, _ info: ImageInfo, _ reduction: Int) {
        let turn = Orientation(info.orientation, width: info.storedWidth, height: info.storedHeight)
        let blocks = turn.stored(region).coveringBlocks(width: reduction, height: reduction)
        stored = PixelRectangle(
            x: blocks.x / reduction,
            y: blocks.y / reduction,
            width: blocks.width / reduction,
            height: blocks.height / reduction
        )
        let inside = blocks.clipped(toWidth: info.storedWidth, height: info.storedHeight)
        // Blocks at the stored right and bottom edges may be cut: their missing pixels lie beyond an upright edge.
        let (right, bottom) = (blocks.width - inside.width, blocks.height - inside.height)
        let back = turn.inverse
        let isTransposed = info.orientation >= 5
        let (x, y) = isTransposed ? (bottom, right) : (right, bottom)
        let (xStep, yStep) =
            isTransposed ? (back.rowStep, back.columnStep) : (back.columnStep, back.rowStep)
        let whole = back.stored(inside)
        upright = PixelRectangle(
            x: xStep < 0 ? whole.x - x : whole.x,
            y: yStep < 0 ? whole.y - y : whole.y,
            width: whole.width + x,
            height: whole.height + y
        )
    }
}

extension ImageBuffer {
    /// A copy of a part that is inside of the picture.
    fileprivate func copy(of part: PixelRectangle) throws(ImageError) -> ImageBuffer {
        try unsafe ImageBuffer(width: part.width, height: part.height) { pixels in
            unsafe withUnsafeBytes { whole in
                let byteCount = part.width * Self.bytesPerPixel
                for y in 0..<part.height {
                    let start = (part.y + y) * rowStride + part.x * Self.bytesPerPixel
                    let row = unsafe UnsafeMutableRawBufferPointer(
                        rebasing: pixels[y * byteCount..<(y + 1) * byteCount]
                    )
                    unsafe row.copyMemory(
                        from: UnsafeRawBufferPointer(rebasing: whole[start..<start + byteCount])
                    )
                }
            }
        }
    }
}
