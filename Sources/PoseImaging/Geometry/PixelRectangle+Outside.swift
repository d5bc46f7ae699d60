// SPDX-License-Identifier: Apache-2.0

extension PixelRectangle {
    /// What is said of the first of some places of which nothing is in a picture.
    ///
    /// A number that was mistyped must not be told as a covered face, or passed over.
    ///
    /// - Parameters:
    ///   - places: in pixels of the upright picture.
    ///   - width: columns of the picture.
    ///   - height: rows of the picture.
    /// - Returns: a sentence; `nil` when something of each place is in the picture.
    package static func objection(to places: [PixelRectangle], inPictureOf width: Int, _ height: Int)
        -> String?
    {
        let picture = PixelRectangle(x: 0, y: 0, width: width, height: height)
        guard let place = places.first(where: { !picture.intersects($0) }) else { return nil }
        return
            "The place \(place.x),\(place.y),\(place.width),\(place.height) is outside of the picture, which has "
            + "\(width) × \(height) pixels."
    }
}
