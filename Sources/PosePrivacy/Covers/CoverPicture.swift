// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging

/// A picture that is laid over faces, scaled to fill them and turned with them.
struct CoverPicture {
    private let picture: ImageBuffer
    /// Pixels of the picture for one half of the cover, along each axis.
    private let scale: SIMD2<Double>

    /// Fits a picture to a cover: as large as needed to fill it, its middle on that of the face.
    ///
    /// - Parameters:
    ///   - picture: the picture.
    ///   - half: half of the cover's width and height.
    init(_ picture: ImageBuffer, filling half: SIMD2<Double>) {
        let size = SIMD2(Double(picture.width), Double(picture.height))
        let ratio = min(size.x / half.x, size.y / half.y) / 2
        self.picture = picture
        scale = half * ratio
    }

    /// The pixel at a place on the cover's own axes, -1…1: blue, green and red.
    func color(at position: SIMD2<Double>) -> SIMD4<Float> {
        let size = SIMD2(Double(picture.width), Double(picture.height))
        let place = position * scale + size / 2
        let inside = pointwiseMax(SIMD2(), pointwiseMin(size - 1, place.rounded(.down)))
        let (red, green, blue) = picture[Int(inside.x), Int(inside.y)]
        return SIMD4(Float(blue), Float(green), Float(red), 1)
    }
}
