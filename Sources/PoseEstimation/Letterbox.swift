// SPDX-License-Identifier: Apache-2.0

package import PoseImaging

/// A region grown to a square, and the share of the square on each side that is not region.
///
/// Source: MediaPipe `PadRoi` in `image_to_tensor_utils.cc`, for a square tensor.
package struct Letterbox: Sendable, Equatable {
    /// The square.
    package let square: RotatedRectangle
    /// Left and right padding, each as a fraction of the square.
    package let horizontalPadding: Float
    /// Top and bottom padding, each as a fraction of the square.
    package let verticalPadding: Float

    /// Grows a region, in pixels, to a square around the same centre.
    package init(_ region: RotatedRectangle) {
        var square = region
        let aspect = region.height / region.width
        if aspect < 1 {
            square.height = region.width
            verticalPadding = (1 - aspect) / 2
            horizontalPadding = 0
        } else {
            square.width = region.height
            horizontalPadding = (1 - 1 / aspect) / 2
            verticalPadding = 0
        }
        self.square = square
    }

    /// The whole of an image, letterboxed.
    package init(imageWidth: Int, imageHeight: Int) {
        let width = Float(imageWidth)
        let height = Float(imageHeight)
        self.init(
            RotatedRectangle(
                centerX: 0.5 * width,
                centerY: 0.5 * height,
                width: width,
                height: height,
                rotationRadians: 0
            )
        )
    }

    /// A horizontal position, from fractions of the square to fractions of the region.
    package func removePadding(x: Float) -> Float {
        (x - horizontalPadding) / horizontalScale
    }

    /// A vertical position, from fractions of the square to fractions of the region.
    package func removePadding(y: Float) -> Float {
        (y - verticalPadding) / verticalScale
    }

    /// The region's width as a fraction of the square's.
    package var horizontalScale: Float { 1 - (horizontalPadding + horizontalPadding) }
    /// The region's height as a fraction of the square's.
    package var verticalScale: Float { 1 - (verticalPadding + verticalPadding) }

    /// A detection, from fractions of the square to fractions of the region.
    package func removePadding(_ detection: SSDDetection) -> SSDDetection {
        var result = detection
        result.box.x = removePadding(x: detection.box.x)
        result.box.y = removePadding(y: detection.box.y)
        result.box.width = detection.box.width / horizontalScale
        result.box.height = detection.box.height / verticalScale
        result.keyPoints = detection.keyPoints.map {
            NormalizedPoint(x: removePadding(x: $0.x), y: removePadding(y: $0.y))
        }
        return result
    }
}
