// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

extension FaceCover {
    /// Draws frames around covers, for somebody who reviews them.
    ///
    /// A frame lies outside of its cover and is a fiftieth of the face wide, at least 2 pixels.
    ///
    /// - Parameters:
    ///   - faces: what was covered.
    ///   - image: the picture.
    ///   - options: how it was covered.
    ///   - color: `0xRRGGBB`; green unless told.
    /// - Throws: ``CoverError`` when a region or an option is not usable or there is no memory; then nothing has changed.
    public static func frames(
        around faces: [FaceRegion],
        in image: inout ImageBuffer,
        options: CoverOptions = CoverOptions(),
        color: UInt32 = 0x00C853
    ) throws(CoverError) {
        try prepare(faces, &image, options)
        let value = components(color)
        for face in faces {
            let line = max(2, max(face.width, face.height) / 50)
            let (inner, outer) = (CoverOutline(face, options), CoverOutline(face, options, border: line))
            guard let bounds = outer.bounds(imageWidth: image.width, imageHeight: image.height) else {
                continue
            }
            let hole = inner.bounds(imageWidth: image.width, imageHeight: image.height)
            fill(outer, bounds, in: &image) { x, y, _ in
                let isCovered = hole?.contains(x, y) == true && inner.position(x, y) != nil
                return isCovered ? nil : value
            }
        }
    }
}

extension PixelRectangle {
    /// Whether a pixel lies in it.
    func contains(_ x: Int, _ y: Int) -> Bool {
        (self.x..<self.x + width).contains(x) && (self.y..<self.y + height).contains(y)
    }
}
