// SPDX-License-Identifier: Apache-2.0

package import PoseImaging

/// Areas, lines and texts painted as a picture; texts are strokes where these have the letters, since a system may have no font.
package struct VectorPicture: Sendable {
    /// What is painted.
    package enum Shape: Sendable {
        /// A filled area, with an opacity of 0…1.
        case area([PixelPoint], Colour, opacity: Double)
        /// A line through points; `dash` are lengths of strokes and gaps, none for a whole line.
        case path([PixelPoint], Colour, width: Double, dash: [Double])
        /// A text whose base line begins (0), has its middle (0.5) or ends (1) at a place; `height` is that of capital letters.
        case text(String, Colour, at: PixelPoint, height: Double, anchor: Double, isBold: Bool)
    }

    /// What is painted, the undermost first.
    package var shapes: [Shape] = []

    /// Starts without a shape.
    package init() {}

    /// Paints all shapes on a white picture.
    ///
    /// - Parameters:
    ///   - width: columns of the shapes' own coordinates.
    ///   - height: rows of them.
    ///   - scale: pixels that one of them becomes.
    /// - Returns: the picture.
    /// - Throws: ``RenderingError`` when a side is too long or memory runs out.
    package func painted(width: Double, height: Double, scale: Double) throws(RenderingError) -> ImageBuffer {
        let (columns, rows) = (Int((width * scale).rounded(.up)), Int((height * scale).rounded(.up)))
        guard (1...Canvas.maxSide).contains(columns), (1...Canvas.maxSide).contains(rows) else {
            throw RenderingError(
                "A picture of \(columns) × \(rows) pixels cannot be painted: a side may have 1…\(Canvas.maxSide)."
            )
        }
        var image: ImageBuffer
        do throws(ImageError) {
            image = try ImageBuffer.black(width: columns, height: rows)
        } catch {
            throw RenderingError(error.message)
        }
        let rowStride = image.rowStride
        try unsafe image.withUnsafeMutableBytes { bytes throws(RenderingError) in
            _ = unsafe bytes.initializeMemory(as: UInt8.self, repeating: 255)
            let canvas = try unsafe Canvas(
                pixels: bytes,
                rowStride: rowStride,
                area: (columns: 0..<columns, rows: 0..<rows)
            )
            for shape in shapes { canvas.paint(shape, scale: scale) }
            try canvas.finish()
        }
        return image
    }
}

extension Canvas {
    /// Paints a shape whose coordinates are multiplied.
    fileprivate func paint(_ shape: VectorPicture.Shape, scale: Double) {
        func scaled(_ points: [PixelPoint]) -> [PixelPoint] {
            points.map { PixelPoint(x: $0.x * scale - 0.5, y: $0.y * scale - 0.5) }
        }
        switch shape {
        case .area(let points, let colour, let opacity):
            fill(scaled(points), colour: colour, opacity: opacity)
        case .path(let points, let colour, let width, let dash):
            stroke(scaled(points), width: width * scale, colour: colour, dash: dash.map { $0 * scale })
        case .text(let text, let colour, let place, let height, let anchor, let isBold):
            let size = height * scale
            let length = FigureLine.length(of: text, height: size)
            let origin = PixelPoint(
                x: place.x * scale - anchor * length,
                y: place.y * scale - size
            )
            let marks = FigureLine.marks(
                text,
                at: origin,
                height: size,
                colour,
                boldness: isBold ? 1.4 : 1
            )
            for mark in marks { draw(mark) }
        }
    }
}

extension Colour {
    /// A colour of the number `0xRRGGBB`.
    ///
    /// - Parameter value: the number.
    package init(_ value: UInt32) {
        self.init(
            red: UInt8(value >> 16 & 255),
            green: UInt8(value >> 8 & 255),
            blue: UInt8(value & 255)
        )
    }
}
