// SPDX-License-Identifier: Apache-2.0

/// How large a picture is meant to be printed.
public struct PictureResolution: Hashable, Sendable {
    /// Pixels an inch from left to right.
    public var horizontal: Double
    /// Pixels an inch from top to bottom.
    public var vertical: Double

    /// Makes a resolution.
    public init(horizontal: Double, vertical: Double) {
        self.horizontal = horizontal
        self.vertical = vertical
    }

    /// The resolution of the picture with rows and columns exchanged.
    var exchanged: PictureResolution { PictureResolution(horizontal: vertical, vertical: horizontal) }

    /// Whether both numbers can be written: a whole number of 16 bits in JPEG.
    var isUsable: Bool {
        let usable = 1.0...65_535.0
        return usable.contains(horizontal) && usable.contains(vertical)
    }
}
