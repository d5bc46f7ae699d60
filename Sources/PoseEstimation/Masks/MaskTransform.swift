// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging
internal import PoseSystem

/// Where a picture's pixels lie on a mask of the landmark network's crop.
///
/// Source: MediaPipe `TensorsToSegmentationCalculator`, whose rounding steps these are.
struct MaskTransform: Hashable, Sendable {
    /// The column of the mask at a picture's pixel: a row of a matrix applied to (x, y, 1).
    var columnX: Double
    var columnY: Double
    var columnConstant: Double
    /// The row of the mask.
    var rowX: Double
    var rowY: Double
    var rowConstant: Double

    /// - Parameters:
    ///   - region: the square that the network saw, in pixels of the picture.
    ///   - imageWidth: columns of the picture.
    ///   - imageHeight: rows of the picture.
    init(region: RotatedRectangle, imageWidth: Int, imageHeight: Int) {
        let perWidth = 1 / Float(imageWidth)
        let perHeight = 1 / Float(imageHeight)
        let (width, height) = (region.width, region.height)
        let cosine = cosf(region.rotationRadians)
        let sine = sinf(region.rotationRadians)

        // From the crop to the picture, both in fractions.
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

        let scale = Float(SegmentationMask.size)
        columnX = Double(scale * i00 * perWidth)
        columnY = Double(scale * i01 * perHeight)
        columnConstant = Double(scale * i03)
        rowX = Double(scale * i10 * perWidth)
        rowY = Double(scale * i11 * perHeight)
        rowConstant = Double(scale * i13)
    }

    /// The same for the picture scaled to other sides.
    func scaled(x: Double, y: Double) -> MaskTransform {
        var result = self
        result.columnX *= x
        result.rowX *= x
        result.columnY *= y
        result.rowY *= y
        return result
    }
}
