// SPDX-License-Identifier: Apache-2.0

/// How the pixels of a stored picture move when an EXIF orientation makes it upright.
package struct Orientation: Sendable {
    /// Columns of the upright picture.
    package let width: Int
    /// Rows of the upright picture.
    package let height: Int
    /// The stored index of the upright pixel (x, y) is origin + x · columnStep + y · rowStep.
    package let origin: Int
    /// What one more column of the upright picture adds to the stored index.
    package let columnStep: Int
    /// What one more row of the upright picture adds to the stored index.
    package let rowStep: Int
    /// Columns of the stored picture.
    private let storedWidth: Int
    private let value: Int

    /// Makes the way from a stored picture's size.
    ///
    /// - Parameters:
    ///   - value: 1…8; any other is taken as 1.
    ///   - width: columns of the stored picture.
    ///   - height: rows of the stored picture.
    package init(_ value: Int, width: Int, height: Int) {
        let (right, bottom) = (width - 1, (height - 1) * width)
        (origin, columnStep, rowStep) =
            switch value {
            case 2: (right, -1, width)
            case 3: (right + bottom, -1, -width)
            case 4: (bottom, 1, -width)
            case 5: (0, width, 1)
            case 6: (bottom, -width, 1)
            case 7: (right + bottom, -width, -1)
            case 8: (right, width, -1)
            default: (0, 1, width)
            }
        (self.value, storedWidth) = (value, width)
        (self.width, self.height) = (5...8).contains(value) ? (height, width) : (width, height)
    }

    /// The way back: what makes the stored picture of the upright one.
    package var inverse: Orientation {
        // Only the quarter turns are not their own inverse.
        let back = value == 6 ? 8 : value == 8 ? 6 : value
        return Orientation(back, width: width, height: height)
    }

    /// Where the pixels of an upright rectangle are stored.
    ///
    /// - Parameter upright: a rectangle within the upright picture.
    /// - Returns: a rectangle of the same pixels; an empty one for an empty one.
    package func stored(_ upright: PixelRectangle) -> PixelRectangle {
        guard !upright.isEmpty else { return PixelRectangle(x: 0, y: 0, width: 0, height: 0) }
        let first = origin + upright.x * columnStep + upright.y * rowStep
        let last = origin + (upright.maxX - 1) * columnStep + (upright.maxY - 1) * rowStep
        let (ax, ay) = (first % storedWidth, first / storedWidth)
        let (bx, by) = (last % storedWidth, last / storedWidth)
        return PixelRectangle(x: min(ax, bx), y: min(ay, by), maxX: max(ax, bx) + 1, maxY: max(ay, by) + 1)
    }

    /// Moves every 4-byte pixel to its place.
    ///
    /// - Parameters:
    ///   - stored: all pixels of the stored picture, rows without gaps.
    ///   - upright: room for as many.
    ///   - rows: those of the upright picture that are wanted; nil for all.
    ///   - check: called before every 16 rows; what it throws ends the work.
    /// - Throws: what `check` throws.
    package func movePixels(
        from stored: UnsafeRawBufferPointer,
        to upright: UnsafeMutableRawBufferPointer,
        rows: Range<Int>? = nil,
        check: () throws(ImageError) -> Void = {}
    ) throws(ImageError) {
        try unsafe move(stored.bindMemory(to: UInt32.self), upright.bindMemory(to: UInt32.self), rows, check)
    }

    /// Moves every pixel of one byte to its place, as ``movePixels(from:to:check:)`` does.
    package func moveBytes(
        from stored: UnsafeRawBufferPointer,
        to upright: UnsafeMutableRawBufferPointer,
        check: () throws(ImageError) -> Void = {}
    ) throws(ImageError) {
        try unsafe move(stored.bindMemory(to: UInt8.self), upright.bindMemory(to: UInt8.self), nil, check)
    }

    // Within this module it is compiled for each pixel; callers elsewhere would get it for any.
    private func move<Pixel: BitwiseCopyable>(
        _ source: UnsafeBufferPointer<Pixel>,
        _ target: UnsafeMutableBufferPointer<Pixel>,
        _ rows: Range<Int>?,
        _ check: () throws(ImageError) -> Void
    ) throws(ImageError) {
        // Sixteen 4-byte pixels are a cache line: each one read or written is used whole.
        let block = 16
        let rows = rows ?? 0..<height
        for blockRow in stride(from: rows.lowerBound, to: rows.upperBound, by: block) {
            try check()
            for blockColumn in stride(from: 0, to: width, by: block) {
                for y in blockRow..<min(blockRow + block, rows.upperBound) {
                    var index = origin + blockColumn * columnStep + y * rowStep
                    for x in blockColumn..<min(blockColumn + block, width) {
                        unsafe target[y * width + x] = source[index]
                        index += columnStep
                    }
                }
            }
        }
    }
}
