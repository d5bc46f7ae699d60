// SPDX-License-Identifier: Apache-2.0

package import PoseImaging

extension ImageBuffer {
    /// A part of the picture.
    ///
    /// - Precondition: the part lies inside the picture.
    package func cropped(x: Int, y: Int, width: Int, height: Int) -> ImageBuffer {
        var part = ImageBuffer(width: width, height: height)
        for row in 0..<height {
            for column in 0..<width { part[column, row] = self[x + column, y + row] }
        }
        return part
    }

    /// The picture turned clockwise by quarters.
    package func turned(quarters: Int) -> ImageBuffer {
        guard quarters % 4 != 0 else { return self }
        var result = ImageBuffer(width: height, height: width)
        for row in 0..<height {
            for column in 0..<width { result[height - 1 - row, column] = self[column, row] }
        }
        return result.turned(quarters: quarters - 1)
    }
}
