// SPDX-License-Identifier: Apache-2.0

/// A rectangle in pixels of an image, turned clockwise on the screen by an angle.
///
/// Single precision throughout, as in MediaPipe: the sampling positions depend on the last bit.
public struct RotatedRectangle: Sendable, Equatable {
    /// Column of the centre, in pixels; pixel centres are at integers.
    public var centerX: Float
    /// Row of the centre, in pixels.
    public var centerY: Float
    /// Width in pixels.
    public var width: Float
    /// Height in pixels.
    public var height: Float
    /// Clockwise turn in radians.
    public var rotationRadians: Float

    /// Makes a rectangle of its parts.
    public init(centerX: Float, centerY: Float, width: Float, height: Float, rotationRadians: Float) {
        self.centerX = centerX
        self.centerY = centerY
        self.width = width
        self.height = height
        self.rotationRadians = rotationRadians
    }
}
