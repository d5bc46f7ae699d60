// SPDX-License-Identifier: Apache-2.0

internal import PoseCodecs
internal import PoseImaging
package import PoseMotion
internal import PoseRendering

extension AngleChart {
    /// Pixels for each of the chart's own, so that it is sharp on paper and on dense screens.
    private static let pixelScale = 2.0
    /// Capital letters have about this part of their font's size.
    private static let capitals = 0.68

    /// The chart of one person as a PNG file: the shapes of ``svg(_:joints:)``.
    ///
    /// - Parameter series: the angles.
    /// - Returns: a whole file.
    /// - Throws: ``AnalysisError`` when it cannot be painted or memory runs out.
    package func png(_ series: AngleSeries) throws(AnalysisError) -> [UInt8] {
        let drawing = drawing(series)
        var picture = VectorPicture()
        picture.shapes = drawing.shapes.map(Self.painted)
        let image: ImageBuffer
        do throws(RenderingError) {
            image = try picture.painted(
                width: drawing.width,
                height: drawing.height,
                scale: Self.pixelScale
            )
        } catch {
            throw AnalysisError(error)
        }
        do throws(ImageError) {
            return try ImageEncoder.encode(image, as: .png)
        } catch {
            throw AnalysisError(error)
        }
    }

    private static func painted(_ shape: ChartDrawing.Shape) -> VectorPicture.Shape {
        func points(_ list: [ChartDrawing.Point]) -> [PixelPoint] {
            list.map { PixelPoint(x: $0.x, y: $0.y) }
        }
        switch shape {
        case .area(let corners, let fill, let opacity):
            return .area(points(corners), Colour(fill), opacity: opacity)
        case .path(let line, let color, let width, let dash):
            return .path(points(line), Colour(color), width: width, dash: dash)
        case .text(let text, let place, let size, let anchor, let isBold, let color):
            let share: Double =
                switch anchor {
                case .start: 0
                case .middle: 0.5
                case .end: 1
                }
            return .text(
                FigureText.drawable(text),
                Colour(color),
                at: PixelPoint(x: place.x, y: place.y),
                height: size * capitals,
                anchor: share,
                isBold: isBold
            )
        }
    }
}
