// SPDX-License-Identifier: Apache-2.0

import CPoseCodecs
import PoseImaging
import PoseSystem

/// The steps of decoding: format, header, limits, pixels, orientation.
extension ImageDecoder {
    static func decode(_ file: Span<UInt8>, _ order: DecodingOrder) throws(ImageError) -> DecodedImage {
        try order.cancellation?.checkImage()
        return try OpenedPicture(file, order.limits).decodeUpright(file, order)
    }

    static func codec(for file: Span<UInt8>, _ limits: ImageLimits) throws(ImageError) -> Codec {
        guard let format = ImageFormat.detect(file) else { throw .notAPicture(file, limits) }
        guard limits.formats?.contains(format) ?? true else { throw .notAllowed(format, limits) }
        return Codec(format)
    }
}

/// What the header of a file says.
struct OpenedPicture: Sendable {
    let header: pic_header
    let metadata: EmbeddedMetadata
    let info: ImageInfo

    var codec: Codec { Codec(info.format) }

    /// Reads the header; a picture may have more pixels than the limits allow.
    init(_ file: Span<UInt8>, _ limits: ImageLimits) throws(ImageError) {
        let codec = try ImageDecoder.codec(for: file, limits)
        header = try CodecCalls.header(of: file, codec)
        metadata = codec.metadata(file)
        info = ImageInfo(codec.format, header, metadata, byteCount: file.count)
    }

    /// Refuses what is too large.
    func checkSize(_ limits: ImageLimits) throws(ImageError) {
        guard info.pixelCount <= limits.maxPixelCount else {
            throw .tooLarge(info, limit: limits.maxPixelCount)
        }
    }

    /// Decodes the file whose header it is.
    func decodeUpright(_ file: Span<UInt8>, _ order: DecodingOrder) throws(ImageError) -> DecodedImage {
        precondition([1, 2, 4, 8].contains(order.reduction), "pictures are reduced by 1, 2, 4 or 8")
        try order.cancellation?.checkImage()
        try checkSize(order.limits)
        let reduction = info.format == .jpeg ? order.reduction : 1
        let size = info.reducedSize(reduction)
        let (upright, blocks) = try decode(file, order, size)
        let exif = metadata.exifBlock(of: file, keeping: order.metadata)
        let resolution = metadata.resolution ?? exif.resolution
        var decoded = DecodedImage(
            image: upright.image,
            orientation: info.orientation,
            format: info.format,
            metadata: ImageMetadata(
                iccProfile: ICCProfile.load(metadata, from: file),
                alpha: upright.alpha,
                exif: exif.encoded(),
                resolution: info.orientation >= 5 ? resolution?.exchanged : resolution
            ),
            warnings: upright.warnings(info.format) + info.warnings,
            isDamaged: upright.isDamaged,
            reduction: reduction
        )
        if reduction > 1 {
            let all = PixelRectangle(x: 0, y: 0, width: info.width, height: info.height)
            decoded.coverage = ReducedPart(all, info, reduction).upright
        }
        if info.format == .jpeg { decoded.style = JPEGStyle(of: file) }
        // Only light in three components is drawn on as it is meant.
        if decoded.style != nil { decoded.blocks = blocks }
        return decoded
    }

    /// Decodes all of the picture, whose stored size is reduced to one, upright.
    func decode(
        _ file: Span<UInt8>,
        _ order: DecodingOrder,
        _ size: (width: Int, height: Int)
    ) throws(ImageError) -> (CodecCalls.DecodedPixels, JPEGBlocks?) {
        if let decoded = try decodeInLanes(file, order) { return decoded }
        let all = PixelRectangle(x: 0, y: 0, width: size.width, height: size.height)
        if info.format == .jpeg {
            let pixels = try decode(file, all, order.reduction, order.allowsDamaged, order.cancellation)
            return (pixels, nil)
        }
        var pixels = try decode(file, all, 1, order.allowsDamaged, order.cancellation)
        // Many files have an alpha channel that says nothing.
        if let alpha = pixels.alpha, alpha.isOpaque { pixels.alpha = nil }
        if info.orientation != 1 {
            let turn = Orientation(info.orientation, width: size.width, height: size.height)
            pixels.image = try pixels.image.turned(
                by: turn,
                threadCount: order.threadCount,
                order.cancellation
            )
            pixels.alpha = try pixels.alpha?.turned(by: turn, order.cancellation)
        }
        return (pixels, nil)
    }

    /// Decodes a part of the stored picture, which only JPEG has, upright; of other formats all of it, as it is stored.
    func decode(
        _ file: Span<UInt8>,
        _ part: PixelRectangle,
        _ reduction: Int,
        _ allowsDamaged: Bool,
        _ cancellation: CancellationToken?
    ) throws(ImageError) -> CodecCalls.DecodedPixels {
        let isTurned = info.format == .jpeg && info.orientation != 1
        return try CodecCalls.decode(
            file,
            codec,
            header,
            part: part,
            turn: isTurned ? Orientation(info.orientation, width: part.width, height: part.height) : nil,
            reduction: reduction,
            allowsDamaged: allowsDamaged,
            cancellation: cancellation
        )
    }
}

extension CodecCalls.DecodedPixels {
    /// What is wrong with the file, in sentences.
    func warnings(_ format: ImageFormat) -> [String] {
        guard let remark else { return [] }
        return [
            isDamaged
                ? "The \(format.name) file is damaged (\(remark)); it was decoded as far as it goes."
                : "The \(format.name) file is odd, at no cost to its pixels (\(remark))."
        ]
    }
}

extension ImageInfo {
    init(_ format: ImageFormat, _ header: pic_header, _ metadata: EmbeddedMetadata, byteCount: Int) {
        self.format = format
        self.byteCount = byteCount
        storedWidth = Int(header.width)
        storedHeight = Int(header.height)
        orientation = metadata.orientation ?? max(Int(header.orientation), 1)
        isAnimated = header.more == PIC_FRAMES
        hasMorePages = header.more == PIC_PAGES
        hasAlpha = header.has_alpha != 0
        isNarrowed = header.is_narrowed != 0
        hasICCProfile = metadata.profileByteCount > 0
        workingByteCount = Int(clamping: header.working_bytes)
        blockByteCount = Int(clamping: header.block_bytes)
        profileByteCount = metadata.profileByteCount
        decodedByteCount = 0
        decodedByteCount = heldBytes(decoding: pixelCount)
    }

    /// What of the file is not decoded, in sentences.
    package var warnings: [String] {
        if isAnimated { return ["The \(format.name) file is animated; its first picture was read."] }
        return hasMorePages ? ["The \(format.name) file has several pages; the first was read."] : []
    }

    /// About the most bytes that decoding holds at a time when the picture is decoded smaller, as ``decodedByteCount`` tells
    /// it for all of it.
    ///
    /// - Parameter reduction: 1, 2, 4 or 8.
    /// - Returns: bytes, the file itself apart; files other than JPEG are decoded in their full size.
    public func decodedByteCount(reduction: Int) -> Int {
        guard format == .jpeg, reduction > 1 else { return decodedByteCount }
        let size = reducedSize(reduction)
        return heldBytes(decoding: size.width.multipliedSaturating(by: size.height))
    }

    /// The stored picture's size when it is decoded smaller.
    func reducedSize(_ reduction: Int) -> (width: Int, height: Int) {
        ((storedWidth + reduction - 1) / reduction, (storedHeight + reduction - 1) / reduction)
    }

    private func heldBytes(decoding pixelCount: Int) -> Int {
        // A JPEG file is turned while it is decoded; of others the codec's own memory is free again before.
        let pixels = pixelCount.multipliedSaturating(by: ImageBuffer.bytesPerPixel + (hasAlpha ? 1 : 0))
        let decoding = pixels.addingSaturating(workingByteCount)
        let turning = orientation == 1 || format == .jpeg ? pixels : pixels.multipliedSaturating(by: 2)
        return max(decoding, turning).addingSaturating(profileByteCount)
    }
}

extension ImageBuffer {
    func turned(
        by turn: Orientation,
        threadCount: Int = 1,
        _ cancellation: CancellationToken?
    ) throws(ImageError) -> ImageBuffer {
        try unsafe ImageBuffer(width: turn.width, height: turn.height) { upright throws(ImageError) in
            try unsafe withUnsafeBytes { stored throws(ImageError) in
                let move = unsafe PixelMove(turn: turn, stored: stored, upright: upright, token: cancellation)
                guard threadCount > 1, turn.height >= PixelMove.leastRowCount else {
                    return try move.rows(0..<turn.height).get()
                }
                let (upper, lower) = concurrently(
                    { move.rows(0..<turn.height / 2) },
                    { move.rows(turn.height / 2..<turn.height) }
                )
                try upper.get()
                try lower.get()
            }
        }
    }
}

/// Rows of a picture that is turned.
///
/// Unchecked: threads that share it read the same pixels, and each writes rows of its own.
@safe private struct PixelMove: @unchecked Sendable {
    /// Shorter pictures are turned before another thread is awake.
    static let leastRowCount = 600

    let turn: Orientation
    let stored: UnsafeRawBufferPointer
    let upright: UnsafeMutableRawBufferPointer
    let token: CancellationToken?

    func rows(_ rows: Range<Int>) -> Result<Void, ImageError> {
        Result { () throws(ImageError) in
            try unsafe turn.movePixels(from: stored, to: upright, rows: rows) { () throws(ImageError) in
                try token?.checkImage()
            }
        }
    }
}

extension AlphaPlane {
    fileprivate func turned(
        by turn: Orientation,
        _ cancellation: CancellationToken?
    ) throws(ImageError) -> AlphaPlane {
        try unsafe AlphaPlane(width: turn.width, height: turn.height) { upright throws(ImageError) in
            try unsafe withUnsafeBytes { stored throws(ImageError) in
                try unsafe turn.moveBytes(from: stored, to: upright) { () throws(ImageError) in
                    try cancellation?.checkImage()
                }
            }
        }
    }
}
