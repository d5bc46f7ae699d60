// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

internal import PoseSystem

/// The map from pixel indices of a square output to pixel indices of a picture.
///
/// A perspective map through the four corners of the region, in double precision. It differs from the affine
/// map through three of them by about 1e-10, which is enough to move some samples by 1/32 pixel.
///
/// Source: MediaPipe `image_to_tensor_converter_opencv.cc`, with OpenCV's `RotatedRect::points`,
/// `getPerspectiveTransform` and `warpPerspective`, whose rounding steps these are.
package struct SamplingMap: Sendable {
    /// Row-major 3 × 3.
    package let matrix: [Double]

    /// Makes the map; nil when the region spans no area or is not finite.
    package init?(region: RotatedRectangle, outputSize: Int) {
        let corners = Self.corners(of: region)
        var matrix = [Double](repeating: 0, count: 9)
        guard unsafe pk_sampling_matrix(corners, CInt(outputSize), &matrix) != 0 else { return nil }
        self.matrix = matrix
    }

    /// Positions, in 1/32 pixel, that the columns of one output row read.
    package func positions(row: Int, columns: Range<Int>) -> [(x: Int32, y: Int32)] {
        let block = Int(PK_SAMPLING_BLOCK)
        var positions: [(x: Int32, y: Int32)] = []
        var x = [Int32](repeating: 0, count: block)
        var y = x
        var column = columns.lowerBound
        while column < columns.upperBound {
            let count = min(columns.upperBound, (column / block + 1) * block) - column
            unsafe pk_sampling_positions(matrix, CInt(column), CInt(row), CInt(count), &x, &y)
            for k in 0..<count { positions.append((x[k], y[k])) }
            column += count
        }
        return positions
    }

    /// x and y of the bottom left, top left, top right and bottom right corner.
    ///
    /// Each operation rounds to single precision, except that the angle goes through degrees (one rounding)
    /// and back in double.
    private static func corners(of region: RotatedRectangle) -> [Float] {
        let degrees = Float(Double(region.rotationRadians * 180) / Double.pi)
        let angle = Double(degrees) * Double.pi / 180
        let b = Float(cos(angle)) * 0.5
        let s = Float(sin(angle)) * 0.5
        let (w, h) = (region.width, region.height)
        let bottomLeft = (x: region.centerX - s * h - b * w, y: region.centerY + b * h - s * w)
        let topLeft = (x: region.centerX + s * h - b * w, y: region.centerY - b * h - s * w)
        return [
            bottomLeft.x, bottomLeft.y, topLeft.x, topLeft.y,
            2 * region.centerX - bottomLeft.x, 2 * region.centerY - bottomLeft.y,
            2 * region.centerX - topLeft.x, 2 * region.centerY - topLeft.y,
        ]
    }
}
