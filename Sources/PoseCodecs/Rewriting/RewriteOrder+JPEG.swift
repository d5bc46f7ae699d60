// SPDX-License-Identifier: Apache-2.0

import CPoseCodecs
import PoseImaging

/// Replaces blocks of a JPEG file.
extension RewriteOrder {
    /// Rewrites the file, or encodes it anew where its blocks cannot be kept.
    func rewriteJPEG() throws(ImageError) -> RewrittenPhoto {
        if let quality { return try encodeAnew(because: "Quality \(quality) was asked for.") }
        if decoded?.isDamaged == true {
            return try encodeAnew(because: "The file is damaged; it was decoded as far as it goes.")
        }
        let layout = try CodecCalls.jpegLayout(file.span)
        let turn = Orientation(info.orientation, width: info.storedWidth, height: info.storedHeight)
        let blocks = BlockCoverage(
            of: areas.map { turn.stored($0.clipped(toWidth: info.width, height: info.height)) },
            width: info.storedWidth,
            height: info.storedHeight,
            blockWidth: Int(layout.mcu_width),
            blockHeight: Int(layout.mcu_height)
        ).rectangles
        let rewrite = try CodecCalls.rewriteJPEG(
            file.span,
            rectangles: blocks,
            image: image,
            turn: turn,
            metadata: storedMetadata(),
            cancellation: cancellation,
            memory: memory
        )
        switch rewrite {
        case .unwritable(let reason):
            return try encodeAnew(because: "The library cannot write such a file again: \(reason).")
        case .file(let bytes):
            return RewrittenPhoto(
                bytes: bytes,
                format: .jpeg,
                keptCoefficients: true,
                changed: blocks.map { changed($0, layout, turn) }
            )
        }
    }

    /// What stays beside the pixels as they are stored, the orientation's tag included.
    private func storedMetadata() -> ImageMetadata {
        let found = JPEGSegments.metadata(file.span)
        let exif = found.exifBlock(of: file.span, keeping: policy)
        return ImageMetadata(
            // The pixels stay in the file's colour space, be it gray or CMYK.
            iccProfile: ICCProfile.loadAny(found, from: file.span),
            exif: exif.encoded(orientation: info.orientation),
            resolution: found.resolution ?? exif.resolution
        )
    }

    /// The upright pixels that differ when stored blocks are replaced.
    private func changed(
        _ blocks: PixelRectangle,
        _ layout: pic_jpeg_layout,
        _ turn: Orientation
    ) -> PixelRectangle {
        let reached = blocks.insetBy(dx: -Int(layout.bleed_x), dy: -Int(layout.bleed_y))
        return turn.inverse.stored(reached.clipped(toWidth: info.storedWidth, height: info.storedHeight))
    }
}
