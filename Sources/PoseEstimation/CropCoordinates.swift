// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging
internal import PoseSystem

/// From a picture's pixels to those of a sample of a turned square.
struct CropCoordinates {
    private let center: SIMD2<Float>
    private let axis: SIMD2<Float>
    private let size: Float
    /// Pixels of the sample for one of the picture.
    let scale: Float

    init(_ square: RotatedRectangle, size: Int) {
        center = SIMD2(square.centerX, square.centerY)
        axis = SIMD2(cosf(square.rotationRadians), sinf(square.rotationRadians))
        self.size = Float(size)
        scale = Float(size) / square.width
    }

    /// Where a point of the picture lies in the sample, in its pixels; may leave it.
    func position(of point: SIMD2<Float>) -> SIMD2<Float> {
        let offset = point - center
        let turned = SIMD2(offset.x * axis.x + offset.y * axis.y, offset.y * axis.x - offset.x * axis.y)
        return turned * scale + size / 2
    }
}
