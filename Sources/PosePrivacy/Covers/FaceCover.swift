// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

/// Draws covers over faces, in place.
///
/// What lies under a cover cannot be had back from it: of a face no more than the averages of ``CoverStyle`` remain. Faces are
/// covered one after the other, each from the pixels that the ones before it left, so that where two overlap nothing
/// of the first goes into the second but what its cover shows anyway.
public enum FaceCover {
    /// Covers faces.
    ///
    /// - Parameters:
    ///   - faces: what is to be hidden; parts outside of the picture do not matter.
    ///   - image: an upright picture.
    ///   - options: how.
    /// - Returns: for each face that lies in the picture, the smallest rectangle around the pixels that were replaced; no
    ///   other pixel has changed.
    /// - Throws: ``CoverError`` when a region or an option is not usable or there is no memory; then nothing has changed.
    @discardableResult
    public static func cover(
        _ faces: [FaceRegion],
        in image: inout ImageBuffer,
        options: CoverOptions = CoverOptions()
    ) throws(CoverError) -> [PixelRectangle] {
        try prepare(faces, &image, options)
        return faces.compactMap { face in
            let outline = CoverOutline(face, options)
            guard let bounds = outline.bounds(imageWidth: image.width, imageHeight: image.height) else {
                return nil
            }
            switch options.style {
            case .blur:
                let averages = averages(under: outline, bounds, in: &image)
                fill(outline, bounds, in: &image) { averages.blur(at: $2) }
            case .mosaic:
                let averages = averages(under: outline, bounds, in: &image)
                fill(outline, bounds, in: &image) { averages.mosaic(at: $2) }
            case .solid(let color):
                let value = components(color)
                fill(outline, bounds, in: &image) { _, _, _ in value }
            case .picture(let picture):
                let picture = CoverPicture(picture, filling: outline.half)
                fill(outline, bounds, in: &image) { picture.color(at: $2) }
            }
            return bounds
        }
    }

    /// Checks everything before anything is drawn.
    static func prepare(
        _ faces: [FaceRegion],
        _ image: inout ImageBuffer,
        _ options: CoverOptions
    ) throws(CoverError) {
        try options.validate()
        for face in faces { try face.validate() }
        do {
            try image.makeUniquelyOwned()
        } catch {
            throw CoverError(.outOfMemory, error.message, cause: error)
        }
    }

    /// Blue, green and red of `0xRRGGBB`.
    static func components(_ color: UInt32) -> SIMD4<Float> {
        SIMD4(Float(color & 0xFF), Float(color >> 8 & 0xFF), Float(color >> 16 & 0xFF), 1)
    }

    /// The means of the pixels under an outline.
    private static func averages(
        under outline: CoverOutline,
        _ bounds: PixelRectangle,
        in image: inout ImageBuffer
    ) -> CellAverages {
        var averages = CellAverages(outline)
        let stride = image.rowStride
        unsafe image.withUnsafeBytes { bytes in
            for y in bounds.y..<bounds.y + bounds.height {
                for x in bounds.x..<bounds.x + bounds.width {
                    guard let position = outline.position(x, y) else { continue }
                    let start = y * stride + x * ImageBuffer.bytesPerPixel
                    unsafe averages.add(
                        blue: bytes[start],
                        green: bytes[start + 1],
                        red: bytes[start + 2],
                        at: position
                    )
                }
            }
        }
        averages.finish()
        return averages
    }

    /// Replaces the pixels within an outline.
    ///
    /// - Parameters:
    ///   - outline: the outline.
    ///   - bounds: its pixels in the picture, and others.
    ///   - image: the picture.
    ///   - color: blue, green and red 0…255 of a pixel, by its column, its row and its place on the face's own axes; `nil`
    ///     leaves it as it is.
    static func fill(
        _ outline: CoverOutline,
        _ bounds: PixelRectangle,
        in image: inout ImageBuffer,
        color: (Int, Int, SIMD2<Double>) -> SIMD4<Float>?
    ) {
        let stride = image.rowStride
        unsafe image.withUnsafeMutableBytes { bytes in
            for y in bounds.y..<bounds.y + bounds.height {
                for x in bounds.x..<bounds.x + bounds.width {
                    guard let position = outline.position(x, y), let color = color(x, y, position) else {
                        continue
                    }
                    let start = y * stride + x * ImageBuffer.bytesPerPixel
                    let value = color.clamped(
                        lowerBound: SIMD4(),
                        upperBound: SIMD4(repeating: 255)
                    ).rounded(.toNearestOrAwayFromZero)
                    unsafe bytes[start] = UInt8(value.x)
                    unsafe bytes[start + 1] = UInt8(value.y)
                    unsafe bytes[start + 2] = UInt8(value.z)
                    // Whatever the unused byte held, it is of the face, too.
                    unsafe bytes[start + 3] = 255
                }
            }
        }
    }
}
