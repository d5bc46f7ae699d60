// SPDX-License-Identifier: Apache-2.0

import CPoseCodecs
import PoseImaging

/// The steps of decoding: format, header, limits, pixels, orientation.
extension ImageDecoder {
    static func inspect(_ file: Span<UInt8>) throws(ImageError) -> ImageInfo {
        let codec = try codec(for: file)
        let header = try CodecCalls.header(of: file, codec)
        return ImageInfo(codec.format, header, codec.metadata(file), byteCount: file.count)
    }

    static func decode(
        _ file: Span<UInt8>,
        _ limits: ImageLimits,
        _ allowsDamaged: Bool,
        _ policy: MetadataPolicy,
        _ cancellation: CancellationToken?
    ) throws(ImageError) -> DecodedImage {
        try cancellation?.checkImage()
        let codec = try codec(for: file)
        let header = try CodecCalls.header(of: file, codec)
        let metadata = codec.metadata(file)
        let info = ImageInfo(codec.format, header, metadata, byteCount: file.count)
        guard info.pixelCount <= limits.maxPixelCount else {
            throw .tooLarge(info, limit: limits.maxPixelCount)
        }
        guard !info.isAnimated else { throw .animated(codec.format) }

        let stored = try CodecCalls.decode(
            file,
            codec,
            header,
            allowsDamaged: allowsDamaged,
            cancellation: cancellation
        )
        let exif = metadata.exifBlock(of: file, keeping: policy)
        let resolution = metadata.resolution ?? exif.resolution
        let turn = Orientation(info.orientation, width: info.storedWidth, height: info.storedHeight)
        let isUpright = info.orientation == 1
        // Many files have an alpha channel that says nothing.
        let alpha = stored.alpha.flatMap { $0.isOpaque ? nil : $0 }
        return DecodedImage(
            image: isUpright ? stored.image : try stored.image.turned(by: turn, cancellation),
            orientation: info.orientation,
            format: codec.format,
            metadata: ImageMetadata(
                iccProfile: ICCProfile.load(metadata, from: file),
                alpha: isUpright ? alpha : try alpha?.turned(by: turn, cancellation),
                exif: exif.encoded(),
                resolution: info.orientation >= 5 ? resolution?.exchanged : resolution
            ),
            warnings: stored.remark.map { [warning($0, isDamaged: stored.isDamaged, codec.format)] } ?? [],
            isDamaged: stored.isDamaged
        )
    }

    private static func codec(for file: Span<UInt8>) throws(ImageError) -> Codec {
        guard let format = ImageFormat.detect(file) else { throw .notAPicture(file) }
        return Codec(format)
    }

    private static func warning(_ remark: String, isDamaged: Bool, _ format: ImageFormat) -> String {
        isDamaged
            ? "The \(format.name) file is damaged (\(remark)); it was decoded as far as it goes."
            : "The \(format.name) file is odd, at no cost to its pixels (\(remark))."
    }
}

extension ImageInfo {
    init(_ format: ImageFormat, _ header: pic_header, _ metadata: EmbeddedMetadata, byteCount: Int) {
        self.format = format
        self.byteCount = byteCount
        storedWidth = Int(header.width)
        storedHeight = Int(header.height)
        orientation = metadata.orientation ?? 1
        isAnimated = header.animated != 0
        hasAlpha = header.has_alpha != 0
        hasICCProfile = !metadata.profile.isEmpty
        decodedByteCount = 0
        // The codec's own memory is free again before the pixels are turned.
        let pixels = pixelCount.multipliedSaturating(by: ImageBuffer.bytesPerPixel + (hasAlpha ? 1 : 0))
        let decoding = pixels.addingSaturating(Int(clamping: header.working_bytes))
        let turning = orientation == 1 ? pixels : pixels.multipliedSaturating(by: 2)
        let profile = metadata.profile.reduce(0) { $0.addingSaturating($1.count) }
        decodedByteCount = max(decoding, turning).addingSaturating(profile)
    }
}

extension ImageBuffer {
    fileprivate func turned(
        by turn: Orientation,
        _ cancellation: CancellationToken?
    ) throws(ImageError) -> ImageBuffer {
        try unsafe ImageBuffer(width: turn.width, height: turn.height) { upright throws(ImageError) in
            try unsafe withUnsafeBytes { stored throws(ImageError) in
                try unsafe turn.movePixels(from: stored, to: upright) { () throws(ImageError) in
                    try cancellation?.checkImage()
                }
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
