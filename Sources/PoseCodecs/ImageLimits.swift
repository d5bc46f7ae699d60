// SPDX-License-Identifier: Apache-2.0

/// What reading pictures may cost.
public struct ImageLimits: Hashable, Sendable {
    /// Most pixels a picture may have; checked before memory is taken.
    public var maxPixelCount: Int

    /// Makes limits.
    ///
    /// - Parameter maxPixelCount: 64 million unless told: the "50 megapixels" of phones are up to 8192 × 6144.
    public init(maxPixelCount: Int = 64_000_000) {
        self.maxPixelCount = maxPixelCount
    }
}
