// SPDX-License-Identifier: Apache-2.0

/// A rectangle of whole pixels: columns `x..<maxX` and rows `y..<maxY`, which may lie outside of a picture.
///
/// Any integers make a rectangle; sums beyond the range of `Int` end at its bounds, so that numbers from outside never trap.
public struct PixelRectangle: Hashable, Sendable {
    /// The first column.
    public var x: Int
    /// The first row.
    public var y: Int
    /// Columns; none below 1.
    public var width: Int
    /// Rows; none below 1.
    public var height: Int

    /// Makes a rectangle of its first pixel and its size.
    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// Makes the rectangle between two columns and two rows.
    ///
    /// - Parameters:
    ///   - x: the first column.
    ///   - y: the first row.
    ///   - maxX: the column behind the last.
    ///   - maxY: the row behind the last.
    public init(x: Int, y: Int, maxX: Int, maxY: Int) {
        self.init(
            x: x,
            y: y,
            width: max(0, Self.difference(maxX, x)),
            height: max(0, Self.difference(maxY, y))
        )
    }

    /// All pixels of a picture.
    public init(of image: ImageBuffer) {
        self.init(x: 0, y: 0, width: image.width, height: image.height)
    }

    /// The column behind the last.
    public var maxX: Int { Self.sum(x, max(0, width)) }
    /// The row behind the last.
    public var maxY: Int { Self.sum(y, max(0, height)) }
    /// Whether it holds no pixel.
    public var isEmpty: Bool { width < 1 || height < 1 }

    /// How many pixels it holds; `Int.max` beyond the range.
    public var pixelCount: Int {
        guard !isEmpty else { return 0 }
        let (product, overflow) = width.multipliedReportingOverflow(by: height)
        return overflow ? .max : product
    }

    /// Whether a pixel is in it.
    public func contains(x column: Int, y row: Int) -> Bool {
        column >= x && column < maxX && row >= y && row < maxY
    }

    /// Whether every pixel of another one is in it; true of empty ones.
    public func contains(_ other: PixelRectangle) -> Bool {
        other.isEmpty || other.x >= x && other.maxX <= maxX && other.y >= y && other.maxY <= maxY
    }

    /// The pixels that are in both, empty where there are none.
    public func intersection(_ other: PixelRectangle) -> PixelRectangle {
        PixelRectangle(
            x: max(x, other.x),
            y: max(y, other.y),
            maxX: min(maxX, other.maxX),
            maxY: min(maxY, other.maxY)
        )
    }

    /// Whether a pixel is in both.
    public func intersects(_ other: PixelRectangle) -> Bool { !intersection(other).isEmpty }

    /// The smallest rectangle around both; an empty one adds nothing.
    public func union(_ other: PixelRectangle) -> PixelRectangle {
        if isEmpty { return other }
        if other.isEmpty { return self }
        return PixelRectangle(
            x: min(x, other.x),
            y: min(y, other.y),
            maxX: max(maxX, other.maxX),
            maxY: max(maxY, other.maxY)
        )
    }

    /// The pixels that are in a picture.
    public func clipped(toWidth width: Int, height: Int) -> PixelRectangle {
        intersection(PixelRectangle(x: 0, y: 0, width: width, height: height))
    }

    /// The rectangle with so many columns less on the left and the right, and rows at the top and the bottom; negative
    /// numbers add some.
    public func insetBy(dx: Int, dy: Int) -> PixelRectangle {
        PixelRectangle(
            x: Self.sum(x, dx),
            y: Self.sum(y, dy),
            maxX: Self.difference(maxX, dx),
            maxY: Self.difference(maxY, dy)
        )
    }

    /// The smallest rectangle of whole blocks around it, blocks being counted from pixel (0, 0).
    ///
    /// - Parameters:
    ///   - blockWidth: columns of a block, at least 1.
    ///   - blockHeight: rows of a block, at least 1.
    /// - Returns: the rectangle in pixels, which may end outside of the picture; an empty one stays as it is.
    public func coveringBlocks(width blockWidth: Int, height blockHeight: Int) -> PixelRectangle {
        guard !isEmpty else { return self }
        return PixelRectangle(
            x: Self.roundedDown(x, blockWidth),
            y: Self.roundedDown(y, blockHeight),
            maxX: Self.roundedUp(maxX, blockWidth),
            maxY: Self.roundedUp(maxY, blockHeight)
        )
    }

    private static func sum(_ a: Int, _ b: Int) -> Int {
        let (sum, overflow) = a.addingReportingOverflow(b)
        return overflow ? (b > 0 ? .max : .min) : sum
    }

    private static func difference(_ a: Int, _ b: Int) -> Int {
        let (difference, overflow) = a.subtractingReportingOverflow(b)
        return overflow ? (b < 0 ? .max : .min) : difference
    }

    private static func roundedDown(_ value: Int, _ step: Int) -> Int {
        let rest = value % step
        return difference(value, rest < 0 ? rest + step : rest)
    }

    private static func roundedUp(_ value: Int, _ step: Int) -> Int {
        let down = roundedDown(value, step)
        return down == value ? value : sum(down, step)
    }
}
