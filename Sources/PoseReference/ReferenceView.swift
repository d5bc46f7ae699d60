// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
package import Foundation
package import PoseImaging

/// Which part of which picture a reference saw.
package struct ReferenceView: Decodable, Sendable {
    /// Columns of the view.
    package var width: Int
    /// Rows of the view.
    package var height: Int
    /// The file, when it is not the entry's name.
    package var picture: String?
    /// The part of the file's picture: x, y, width, height; all of it when `nil`.
    package var crop: [Int]?
    /// Quarter turns clockwise after the crop.
    package var quarterTurns: Int?

    /// Names the whole of a picture of a size.
    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// The picture as the reference saw it.
    ///
    /// - Parameters:
    ///   - name: the entry's name.
    ///   - pictures: the folder with the pictures.
    /// - Returns: the picture.
    /// - Throws: when the picture is missing or unreadable, or is not of the recorded size.
    package func image(named name: String, in pictures: URL) throws -> ImageBuffer {
        let file = pictures.appending(path: picture ?? name)
        var image = try ImageDecoder.decode([UInt8](Data(contentsOf: file))).image
        if let crop {
            image = image.cropped(x: crop[0], y: crop[1], width: crop[2], height: crop[3])
        }
        image = image.turned(quarters: quarterTurns ?? 0)
        guard image.width == width, image.height == height else {
            throw SizeMismatch(
                description: "\(name) is \(image.width) × \(image.height); "
                    + "the reference saw \(width) × \(height)."
            )
        }
        return image
    }

    private struct SizeMismatch: Error, CustomStringConvertible {
        var description: String
    }
}
