// SPDX-License-Identifier: Apache-2.0

/// A chart as shapes in painting order: what SVG holds, and what a picture is painted from.
package struct ChartDrawing: Sendable, Equatable {
    /// A place, in pixels from the upper left corner.
    package struct Point: Sendable, Equatable {
        package var x: Double
        package var y: Double
    }

    /// Which end of a text stands at its place.
    package enum Anchor: String, Sendable {
        case start, middle, end
    }

    /// A shape; colours are `0xRRGGBB`.
    package enum Shape: Sendable, Equatable {
        /// A filled area, with an opacity of 0…1.
        case area([Point], fill: UInt32, opacity: Double)
        /// A line through points, closed or not; `dash` are lengths of strokes and gaps, none for a whole line.
        case path([Point], color: UInt32, width: Double, dash: [Double])
        /// A line of text; `size` is that of its font, the place that of its base line.
        case text(String, at: Point, size: Double, anchor: Anchor, isBold: Bool, color: UInt32)
    }

    /// Its size in pixels.
    package let width, height: Double
    /// What is painted, the undermost first.
    package private(set) var shapes: [Shape] = []

    init(width: Double, height: Double) {
        (self.width, self.height) = (width, height)
        addArea(0, 0, width, height, fill: 0xFFFFFF)
    }

    mutating func add(_ shape: Shape) { shapes.append(shape) }

    mutating func addArea(_ x: Double, _ y: Double, _ width: Double, _ height: Double, fill: UInt32) {
        shapes.append(.area(Self.corners(x, y, width, height), fill: fill, opacity: 1))
    }

    mutating func addFrame(_ x: Double, _ y: Double, _ width: Double, _ height: Double, color: UInt32) {
        var corners = Self.corners(x, y, width, height)
        corners.append(corners[0])
        shapes.append(.path(corners, color: color, width: 1, dash: []))
    }

    mutating func addLine(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, color: UInt32) {
        let ends = [Point(x: x1, y: y1), Point(x: x2, y: y2)]
        shapes.append(.path(ends, color: color, width: 1, dash: []))
    }

    mutating func addText(
        _ text: String,
        _ x: Double,
        _ y: Double,
        size: Double = 12,
        anchor: Anchor = .start,
        isBold: Bool = false,
        color: UInt32 = 0
    ) {
        let place = Point(x: x, y: y)
        shapes.append(.text(text, at: place, size: size, anchor: anchor, isBold: isBold, color: color))
    }

    private static func corners(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> [Point] {
        [
            Point(x: x, y: y), Point(x: x + width, y: y), Point(x: x + width, y: y + height),
            Point(x: x, y: y + height),
        ]
    }
}
