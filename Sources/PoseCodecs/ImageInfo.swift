// SPDX-License-Identifier: Apache-2.0

/// What a picture's file says about itself, known before memory is taken for its pixels.
public struct ImageInfo: Hashable, Sendable {
    /// The format of the file.
    public var format: ImageFormat
    /// Columns as they are stored.
    public var storedWidth: Int
    /// Rows as they are stored.
    public var storedHeight: Int
    /// The EXIF orientation 1…8 that decoding applies; 1 when the file has none.
    public var orientation: Int
    /// Whether the file holds several pictures that follow each other; the first is decoded.
    public var isAnimated: Bool
    /// Whether the file has several pages; the first is decoded.
    public var hasMorePages: Bool
    /// Whether pixels may be transparent.
    public var hasAlpha: Bool
    /// Whether an ICC colour profile is embedded, of whatever colour space.
    public var hasICCProfile: Bool
    /// Bytes of the file.
    public var byteCount: Int
    /// About the most bytes that decoding holds at a time, the file itself apart.
    ///
    /// Counts the pixels, twice where the orientation turns those of other files than JPEG, the transparency, and what
    /// the codec keeps beside them: all coefficients of a progressive JPEG, for one. Within a few percent for large
    /// pictures; `Int.max` where no memory would do.
    public var decodedByteCount: Int

    /// Whether 8 bits of red, green, blue and opacity do not hold the values of a PNG, TIFF or BMP file.
    var isNarrowed = false

    /// What the codec keeps beside the pixels, and the colour profile.
    var workingByteCount = 0
    var profileByteCount = 0

    /// What a JPEG file's coefficients take when they are kept beside the pixels; none do where a picture is turned.
    package var blockByteCount = 0

    /// Columns of the upright picture.
    public var width: Int { orientation >= 5 ? storedHeight : storedWidth }
    /// Rows of the upright picture.
    public var height: Int { orientation >= 5 ? storedWidth : storedHeight }

    /// Width times height; `Int.max` beyond its range.
    public var pixelCount: Int { storedWidth.multipliedSaturating(by: storedHeight) }
}

extension Int {
    /// The product of two counts; the greatest number beyond the range.
    func multipliedSaturating(by other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }

    /// The sum of two counts; the greatest number beyond the range.
    func addingSaturating(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
