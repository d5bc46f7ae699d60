// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

/// A picture read from a file, turned upright.
public struct DecodedImage: Sendable {
    /// The upright picture.
    public var image: ImageBuffer
    /// The EXIF orientation 1…8 that was applied; 1 when the file has none.
    public var orientation: Int
    /// The format of the file.
    public var format: ImageFormat
    /// The colour profile and the transparency of the file.
    public var metadata: ImageMetadata
    /// Sentences about what is wrong with the file; empty when nothing is.
    ///
    /// Where ``isDamaged`` is false they tell of oddities that cost no pixel.
    public var warnings: [String]
    /// Whether pixels are lost; never unless damage was allowed.
    public var isDamaged: Bool
    /// By what the sides were divided, rounded up: 1, 2, 4 or 8.
    public var reduction: Int
    /// Which upright pixels of the picture in its full size it shows: pixel (x, y) of ``image`` stands for the ``reduction`` ×
    /// ``reduction`` pixels from (`coverage.x + reduction · x`, `coverage.y + reduction · y`) on.
    ///
    /// It holds all of them, and may reach beyond the edge of the picture by less than ``reduction`` pixels.
    public var coverage: PixelRectangle
    /// How the file makes blocks, for JPEG files of common kinds.
    public var style: JPEGStyle?
    /// The file's coefficients, where they were to be kept and the picture can be written from them.
    package var blocks: JPEGBlocks?

    /// Makes a value of its parts; what is left out is neutral.
    public init(
        image: ImageBuffer,
        orientation: Int,
        format: ImageFormat,
        metadata: ImageMetadata = ImageMetadata(),
        warnings: [String] = [],
        isDamaged: Bool = false,
        reduction: Int = 1
    ) {
        self.image = image
        self.orientation = orientation
        self.format = format
        self.metadata = metadata
        self.warnings = warnings
        self.isDamaged = isDamaged
        self.reduction = reduction
        coverage = PixelRectangle(of: image)
    }
}
