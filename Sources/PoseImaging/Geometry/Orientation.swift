// SPDX-License-Identifier: Apache-2.0

/// How the pixels of a stored picture move when an EXIF orientation makes it upright.
package struct Orientation: Sendable {
    /// Columns of the upright picture.
    package let width: Int
    /// Rows of the upright picture.
    package let height: Int
    /// The stored index of the upright pixel (x, y) is origin + x · columnStep + y · rowStep.
    private let origin: Int
    private let columnStep: Int
    private let rowStep: Int

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
        (self.width, self.height) = (5...8).contains(value) ? (height, width) : (width, height)
    }

    /// Moves every 4-byte pixel to its place.
    ///
    /// - Parameters:
    ///   - stored: all pixels of the stored picture, rows without gaps.
    ///   - upright: room for as many.
    ///   - check: called before every 16 rows; what it throws ends the work.
    /// - Throws: what `check` throws.
    package func movePixels(
        from stored: UnsafeRawBufferPointer,
        to upright: UnsafeMutableRawBufferPointer,
        check: () throws(ImageError) -> Void = {}
    ) throws(ImageError) {
        try unsafe move(stored.bindMemory(to: UInt32.self), upright.bindMemory(to: UInt32.self), check)
    }

    /// Moves every pixel of one byte to its place, as ``movePixels(from:to:check:)`` does.
    package func moveBytes(
        from stored: UnsafeRawBufferPointer,
        to upright: UnsafeMutableRawBufferPointer,
        check: () throws(ImageError) -> Void = {}
    ) throws(ImageError) {
        try unsafe move(stored.bindMemory(to: UInt8.self), upright.bindMemory(to: UInt8.self), check)
    }

    // Within this module it is compiled for each pixel; callers elsewhere would get it for any.
    private func move<Pixel: BitwiseCopyable>(
        _ source: UnsafeBufferPointer<Pixel>,
        _ target: UnsafeMutableBufferPointer<Pixel>,
        _ check: () throws(ImageError) -> Void
    ) throws(ImageError) {
        // Sixteen 4-byte pixels are a cache line: each one read or written is used whole.
        let block = 16
        for blockRow in stride(from: 0, to: height, by: block) {
            try check()
            for blockColumn in stride(from: 0, to: width, by: block) {
                for y in blockRow..<min(blockRow + block, height) {
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
