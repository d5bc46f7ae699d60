// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif
package import Imaging

/// Takes a person's mask from the crop back to the image.
///
/// Positions in 1/32 pixel by way of 10-bit fixed point, then bilinear; outside the crop all is 0.
///
/// Source: MediaPipe `TensorsToSegmentationCalculator` and `WarpAffineCalculator` on a CPU.
package struct MaskProjection: Sendable {
    private static let size = LandmarkEstimator.inputSize
    /// The mask with one row and column of zeros on each side.
    private static let paddedSize = size + 2

    /// Position in the mask of an image's pixel: rows of a matrix applied to (x, y, 1).
    private let columnOf: (x: Double, y: Double, constant: Double)
    private let rowOf: (x: Double, y: Double, constant: Double)
    private let imageWidth: Int
    private let imageHeight: Int

    /// - Parameters:
    ///   - region: the square that the network saw, in pixels of the image.
    ///   - imageWidth: columns of the image.
    ///   - imageHeight: rows of the image.
    package init(region: RotatedRectangle, imageWidth: Int, imageHeight: Int) {
        self.imageWidth = imageWidth
        self.imageHeight = imageHeight
        let perWidth = 1 / Float(imageWidth)
        let perHeight = 1 / Float(imageHeight)
        let (width, height) = (region.width, region.height)
        let cosine = cosf(region.rotationRadians)
        let sine = sinf(region.rotationRadians)

        // From the crop to the image, both in fractions.
        let m00 = width * cosine * perWidth
        let m01 = -height * sine * perWidth
        let m03 = (-0.5 * width * cosine + 0.5 * height * sine + region.centerX) * perWidth
        let m10 = width * sine * perHeight
        let m11 = height * cosine * perHeight
        let m13 = (-0.5 * height * cosine - 0.5 * width * sine + region.centerY) * perHeight
        let m22 = width * perWidth

        // Its inverse, as a 4 × 4 matrix is inverted by blocks.
        let determinant = m00 * m11 - m01 * m10
        let reciprocal = 1 / (determinant * m22)
        let i00 = (m22 * m11) * reciprocal
        let i01 = -(m22 * m01) * reciprocal
        let i10 = -(m22 * m10) * reciprocal
        let i11 = (m22 * m00) * reciprocal
        let i03 = -(m22 * (m11 * m03 - m01 * m13)) * reciprocal
        let i13 = -(m22 * (m00 * m13 - m10 * m03)) * reciprocal

        let scale = Float(Self.size)
        columnOf = (Double(scale * i00 * perWidth), Double(scale * i01 * perHeight), Double(scale * i03))
        rowOf = (Double(scale * i10 * perWidth), Double(scale * i11 * perHeight), Double(scale * i13))
    }

    /// Takes a mask to the image.
    ///
    /// - Parameter logits: `[256, 256]`.
    /// - Returns: the mask of the whole image.
    package func mask(logits: Span<Float>) -> SegmentationMask {
        let padded = Self.probabilities(logits)
        let columnSteps = (0..<imageWidth).map { Self.fixedPoint(columnOf.x * Double($0)) }
        let rowSteps = (0..<imageWidth).map { Self.fixedPoint(rowOf.x * Double($0)) }
        var values = [Float](repeating: 0, count: imageWidth * imageHeight)
        for y in 0..<imageHeight {
            let column = Self.fixedPoint(columnOf.y * Double(y) + columnOf.constant) + Self.half
            let row = Self.fixedPoint(rowOf.y * Double(y) + rowOf.constant) + Self.half
            for x in 0..<imageWidth {
                let u = (column + columnSteps[x]) >> Self.shift
                let v = (row + rowSteps[x]) >> Self.shift
                let (left, top) = (u >> Self.positionBits, v >> Self.positionBits)
                guard left >= -1, left < Self.size, top >= -1, top < Self.size else { continue }
                values[y * imageWidth + x] = Self.bilinear(padded, u: u, v: v)
            }
        }
        return SegmentationMask(width: imageWidth, height: imageHeight, values: values)
    }

    // OpenCV's warpAffine: AB_BITS and INTER_BITS.
    private static let fixedPointScale = 1024.0
    private static let positionBits = 5
    private static let shift = 5
    private static let half = 16

    /// A position rounded to 1/1024 pixel; far ones saturate.
    private static func fixedPoint(_ position: Double) -> Int {
        let limit = Double(Int32.max)
        return Int(max(-limit, min(limit, (position * fixedPointScale).rounded(.toNearestOrEven))))
    }

    /// The value at a position in 1/32 pixel, at most one pixel outside the mask.
    @inline(__always)
    private static func bilinear(_ padded: [Float], u: Int, v: Int) -> Float {
        let fraction = (1 << positionBits) - 1
        let x = Float(u & fraction) / Float(1 << positionBits)
        let y = Float(v & fraction) / Float(1 << positionBits)
        let first = ((v >> positionBits) + 1) * paddedSize + (u >> positionBits) + 1
        let top = (1 - y) * (1 - x) * padded[first] + (1 - y) * x * padded[first + 1]
        let left = top + y * (1 - x) * padded[first + paddedSize]
        return left + y * x * padded[first + paddedSize + 1]
    }

    /// The padded mask: exponential in single, division in double precision.
    private static func probabilities(_ logits: Span<Float>) -> [Float] {
        precondition(logits.count == size * size)
        var padded = [Float](repeating: 0, count: paddedSize * paddedSize)
        for row in 0..<size {
            for column in 0..<size {
                let value = 1 / (Double(expf(-logits[row * size + column])) + 1)
                padded[(row + 1) * paddedSize + column + 1] = Float(value)
            }
        }
        return padded
    }
}
