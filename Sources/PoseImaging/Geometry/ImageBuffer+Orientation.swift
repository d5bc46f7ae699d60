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
        let turn = Orientation(orientation, width: width, height: height)
        return try unsafe ImageBuffer(width: turn.width, height: turn.height) { upright throws(ImageError) in
            try unsafe withUnsafeBytes { stored throws(ImageError) in
                try unsafe turn.movePixels(from: stored, to: upright)
            }
        }
    }
}
