// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging
internal import PoseSystem

/// The outline of a cover, and the face's own axes in it.
struct CoverOutline {
    private let center: SIMD2<Double>
    /// Half of the width and half of the height, along the face's own axes.
    let half: SIMD2<Double>
    /// The face's own axis across.
    private let axis: SIMD2<Double>
    /// Half of the width and half of the height of the smallest upright rectangle around the ellipse.
    private let reach: SIMD2<Double>
    private let shape: CoverShape

    /// Half of the shortest diagonal of a pixel: every disc of this radius holds the middle of a pixel.
    private static let leastHalf = 0.7072

    /// The outline of a face's cover.
    ///
    /// - Parameters:
    ///   - face: a valid region.
    ///   - options: valid options.
    ///   - border: how much farther it reaches on each side, in pixels.
    init(_ face: FaceRegion, _ options: CoverOptions, border: Double = 0) {
        center = SIMD2(face.centerX, face.centerY)
        let half = SIMD2(face.width, face.height) * (0.5 + options.margin) + border
        self.half = pointwiseMax(half, SIMD2(repeating: Self.leastHalf))
        axis = SIMD2(cos(face.rotation), sin(face.rotation))
        let (across, along) = (axis * self.half.x, SIMD2(-axis.y, axis.x) * self.half.y)
        reach = (across * across + along * along).squareRoot()
        shape = options.shape
    }

    /// The pixels that may lie in the outline; `nil` when the picture has none.
    func bounds(imageWidth: Int, imageHeight: Int) -> PixelRectangle? {
        PixelRectangle(
            x: center.x - reach.x...center.x + reach.x,
            y: center.y - reach.y...center.y + reach.y,
            imageWidth: imageWidth,
            imageHeight: imageHeight
        )
    }

    /// Where the middle of a pixel lies on the face's own axes, in halves of the cover's width and height from its middle:
    /// -1…1 within an ellipse, and in a box up to what its corners need.
    ///
    /// - Returns: `nil` when the pixel is outside of the outline.
    @inline(__always)
    func position(_ x: Int, _ y: Int) -> SIMD2<Double>? {
        let offset = SIMD2(Double(x) + 0.5, Double(y) + 0.5) - center
        let turned =
            SIMD2(offset.x * axis.x + offset.y * axis.y, offset.y * axis.x - offset.x * axis.y) / half
        switch shape {
        case .ellipse: return turned.x * turned.x + turned.y * turned.y <= 1 ? turned : nil
        // The bounds are rounded outwards, so that whatever lies in them belongs to the box.
        case .box: return turned
        }
    }
}
