// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

/// A file with some pixels replaced.
public struct RewrittenPhoto: Sendable {
    /// The whole file.
    public var bytes: [UInt8]
    /// Its format, which is that of the file it was made from.
    public var format: ImageFormat
    /// Whether everything outside of ``changed`` has the very values that were stored: the coefficients of a JPEG file,
    /// the pixels of a lossless one of at most 8 bits a channel.
    public var keptCoefficients: Bool
    /// Where pixels may differ from those of the file it was made from, in upright coordinates: the areas, grown to whole
    /// blocks where the format has some, or all of the picture when it was encoded anew.
    public var changed: [PixelRectangle]
    /// Why values outside of ``changed`` are not those that were stored, as a sentence; nil when they are.
    public var reencodingReason: String?

    init(
        bytes: [UInt8],
        format: ImageFormat,
        keptCoefficients: Bool,
        changed: [PixelRectangle],
        reencodingReason: String? = nil
    ) {
        self.bytes = bytes
        self.format = format
        self.keptCoefficients = keptCoefficients
        self.changed = changed
        self.reencodingReason = reencodingReason
    }
}
