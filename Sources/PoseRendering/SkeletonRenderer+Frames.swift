// SPDX-License-Identifier: Apache-2.0

public import PoseEstimation
public import PoseImaging

extension SkeletonRenderer {
    /// Draws people onto a frame of a film, in place, in its own format.
    ///
    /// Pixels that nothing is drawn on stay as they are, bit by bit, since the frame is never converted: skeletons are drawn on
    /// a transparent tile around each person, which is then mixed into luma and chroma.
    ///
    /// - Parameters:
    ///   - poses: the people, drawn in this order.
    ///   - frame: the frame that the poses were found in, in I420 or BGRX.
    ///   - isMirrored: whether the frame is turned left to right before, as a mirror shows it; the people are drawn where
    ///     they are then.
    /// - Throws: ``RenderingError`` when the frame is in another format or too long, or memory runs out.
    public func draw(
        _ poses: [Pose],
        on frame: PictureBuffer,
        isMirrored: Bool = false
    ) throws(RenderingError) {
        let (width, height) = (frame.width, frame.height)
        try Self.checkSize(width: width, height: height)
        guard [.i420, .bgrx].contains(frame.format) else {
            throw RenderingError("A frame in \(frame.format) cannot be drawn on, only one in i420 or bgrx.")
        }
        if style == .skeletonOnly { frame.blacken() } else if isMirrored { frame.mirror() }
        for (index, pose) in poses.enumerated() {
            let drawing = SkeletonDrawing(
                pose,
                index: index,
                style: style,
                width: width,
                height: height,
                isMirrored: isMirrored,
                showsGuessed: showsGuessed
            )
            guard let bounds = drawing.bounds else { continue }
            let columns = Self.pixels(bounds.columns, count: width)
            let rows = Self.pixels(bounds.rows, count: height)
            for top in stride(from: rows.lowerBound, to: rows.upperBound, by: TilePool.side) {
                for left in stride(from: columns.lowerBound, to: columns.upperBound, by: TilePool.side) {
                    let area = (
                        columns: left..<min(left + TilePool.side, columns.upperBound),
                        rows: top..<min(top + TilePool.side, rows.upperBound)
                    )
                    try draw(drawing, on: frame, area)
                }
            }
        }
    }

    private func draw(
        _ drawing: SkeletonDrawing,
        on frame: PictureBuffer,
        _ area: (columns: Range<Int>, rows: Range<Int>)
    ) throws(RenderingError) {
        if frame.format == .bgrx {
            try unsafe frame.withMutableBytes { bytes throws(RenderingError) in
                let canvas = try unsafe Canvas(pixels: bytes, rowStride: frame.width * 4, area: area)
                canvas.draw(drawing)
                try canvas.finish()
            }
            return
        }
        try tiles.withTile { tile throws(RenderingError) in
            let canvas = try unsafe Canvas(transparent: tile.bytes, area: area)
            canvas.draw(drawing)
            try canvas.finish()
            unsafe LumaChromaBlend(frame.color).blend(UnsafeRawBufferPointer(tile.bytes), area, into: frame)
        }
    }

    /// Whole pixels that hold a stretch, in pairs, so that the four that share a chroma value are in one tile.
    private static func pixels(_ stretch: ClosedRange<Double>, count: Int) -> Range<Int> {
        let low = min(max(0, Int(stretch.lowerBound.rounded(.down))), count) & ~1
        let high = min(max(low, Int(stretch.upperBound.rounded(.up)) + 1), count)
        return low..<min(count, (high + 1) & ~1)
    }
}
