// SPDX-License-Identifier: Apache-2.0

/// A point in fractions of an image's width and height.
public struct NormalizedPoint: Hashable, Sendable {
    /// Column in image widths; may leave 0…1.
    public var x: Float
    /// Row in image heights; may leave 0…1.
    public var y: Float

    /// Makes a point.
    public init(x: Float, y: Float) {
        self.x = x
        self.y = y
    }
}

extension NormalizedPoint {
    /// Where a landmark is.
    init(_ landmark: Landmark) { self.init(x: landmark.x, y: landmark.y) }
}
