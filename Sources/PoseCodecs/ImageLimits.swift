// SPDX-License-Identifier: Apache-2.0

/// What reading pictures may cost.
public struct ImageLimits: Hashable, Sendable {
    /// Most pixels a picture may have; checked before memory is taken.
    public var maxPixelCount: Int
    /// The formats that are read, of those that are readable at all; nil for all of them.
    public var formats: Set<ImageFormat>?

    /// Makes limits.
    ///
    /// - Parameters:
    ///   - maxPixelCount: 64 million unless told: the "50 megapixels" of phones are up to 8192 × 6144.
    ///   - formats: the formats that are read; all of them unless told.
    public init(maxPixelCount: Int = 64_000_000, formats: Set<ImageFormat>? = nil) {
        self.maxPixelCount = maxPixelCount
        self.formats = formats
    }
}
