// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem
package import PoseImaging
package import PoseInference

/// Takes a person's mask from the crop back to the image.
///
/// Positions in 1/32 pixel by way of 10-bit fixed point, then bilinear; outside the crop all is 0.
///
/// Source: MediaPipe `TensorsToSegmentationCalculator` and `WarpAffineCalculator` on a CPU.
package struct MaskProjection: Sendable {
    static let size = LandmarkEstimator.inputSize
    /// The mask with one row and column of zeros on each side.
    static let paddedSize = size + 2

    /// Position in the mask of an image's pixel: rows of a matrix applied to (x, y, 1).
    let columnOf: (x: Double, y: Double, constant: Double)
    let rowOf: (x: Double, y: Double, constant: Double)
    let imageWidth: Int
    let imageHeight: Int

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
    /// - Parameters:
    ///   - logits: `[256, 256]`.
    ///   - threads: share the image's rows.
    /// - Returns: the mask of the whole image.
    package func mask(logits: Span<Float>, threads: ThreadPool) -> SegmentationMask {
        let count = imageWidth * imageHeight
        let padded = Self.probabilities(logits)
        let columnOffsets = (0..<imageWidth).map { MaskPosition.rounded(columnOf.x * Double($0)) }
        let rowOffsets = (0..<imageWidth).map { MaskPosition.rounded(rowOf.x * Double($0)) }
        let values = unsafe [Float](unsafeUninitializedCapacity: count) { values, initialized in
            var job = unsafe MaskProjectionJob(
                projection: self,
                padded: padded,
                columnOffsets: columnOffsets,
                rowOffsets: rowOffsets,
                values: values
            )
            job.run(on: threads)
            initialized = count
        }
        return SegmentationMask(width: imageWidth, height: imageHeight, values: values)
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
