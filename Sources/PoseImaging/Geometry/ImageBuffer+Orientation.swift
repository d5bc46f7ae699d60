// SPDX-License-Identifier: Apache-2.0

extension ImageBuffer {
    /// The picture that an EXIF orientation makes upright.
    ///
    /// | value | the stored picture becomes upright by |
    /// |---|---|
    /// | 1 | nothing |
    /// | 2 | mirroring left and right |
    /// | 3 | half a turn |
    /// | 4 | mirroring top and bottom |
    /// | 5 | exchanging rows and columns |
    /// | 6 | a quarter turn clockwise |
    /// | 7 | exchanging rows and columns, then half a turn |
    /// | 8 | a quarter turn counterclockwise |
    ///
    /// - Parameter orientation: 1…8; any other value is taken as 1.
    /// - Returns: the upright picture, whose width and height are exchanged for 5…8.
    /// - Throws: ``ImageError`` `.outOfMemory`; not for 1, which shares the pixels.
    public func applyingOrientation(_ orientation: Int) throws(ImageError) -> ImageBuffer {
        guard (2...8).contains(orientation) else { return self }
        let turnsSides = orientation >= 5
        // The source index of the upright pixel (x, y) is origin + x · columnStep + y · rowStep.
        let (right, bottom) = (width - 1, (height - 1) * width)
        let (origin, columnStep, rowStep) =
            switch orientation {
            case 2: (right, -1, width)
            case 3: (right + bottom, -1, -width)
            case 4: (bottom, 1, -width)
            case 5: (0, width, 1)
            case 6: (bottom, -width, 1)
            case 7: (right + bottom, -width, -1)
            default: (right, width, -1)
            }
        return try unsafe ImageBuffer(
            width: turnsSides ? height : width,
            height: turnsSides ? width : height
        ) { upright in
            unsafe withUnsafeBytes { stored in
                let source = unsafe stored.bindMemory(to: UInt32.self)
                let target = unsafe upright.bindMemory(to: UInt32.self)
                let (columns, rows) = turnsSides ? (height, width) : (width, height)
                // Sixteen pixels are a cache line: each one read or written is used whole.
                let block = 16
                for blockRow in stride(from: 0, to: rows, by: block) {
                    for blockColumn in stride(from: 0, to: columns, by: block) {
                        for y in blockRow..<min(blockRow + block, rows) {
                            var index = origin + blockColumn * columnStep + y * rowStep
                            for x in blockColumn..<min(blockColumn + block, columns) {
                                unsafe target[y * columns + x] = source[index]
                                index += columnStep
                            }
                        }
                    }
                }
            }
        }
    }
}
