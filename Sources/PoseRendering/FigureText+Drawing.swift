// SPDX-License-Identifier: Apache-2.0

import PoseEstimation

extension FigureText {
    /// The text as marks, for a picture on which the people are drawn already.
    ///
    /// - Parameters:
    ///   - poses: the people.
    ///   - width: columns of the picture.
    ///   - height: its rows.
    ///   - isMirrored: whether the picture shows the people as a mirror does.
    /// - Returns: a drawing for each person's labels, and one for each panel.
    func drawings(_ poses: [Pose], width: Int, height: Int, isMirrored: Bool) -> [SkeletonDrawing] {
        var page = TextPage(width: Double(width), height: Double(height))
        var drawings: [SkeletonDrawing] = []
        for (index, pose) in poses.enumerated() {
            let own = labels.filter { $0.person == index }
            guard !own.isEmpty else { continue }
            let shape = SkeletonShape(
                pose,
                index: index,
                width: width,
                height: height,
                isMirrored: isMirrored
            )
            drawings.append(SkeletonDrawing(person: shape.person, text: page.place(own, beside: shape)))
        }
        for panel in panels {
            drawings.append(SkeletonDrawing(person: panel.person, text: page.place(panel)))
        }
        return drawings
    }
}

/// Finds room for texts on a picture.
private struct TextPage {
    struct Box {
        var left, top, right, bottom: Double

        func overlap(_ other: Box) -> Double {
            let width = min(right, other.right) - max(left, other.left)
            let height = min(bottom, other.bottom) - max(top, other.top)
            return width > 0 && height > 0 ? width * height : 0
        }
    }

    let width: Double
    let height: Double
    private var taken: [Box] = []
    /// Where the next panel begins.
    private var panelTop = 0.0

    init(width: Double, height: Double) { (self.width, self.height) = (width, height) }

    // MARK: - Labels

    /// Letters are on a dark edge of this share of their height, legible on anything.
    private static let edgeShare = 0.12

    mutating func place(_ labels: [FigureText.Label], beside shape: SkeletonShape) -> [SkeletonMark] {
        let heights = FigureText.labelHeight
        let size = max(heights.least, min(shape.lineWidth * heights.perLineWidth, height * heights.mostShare))
        let centers = Dictionary(uniqueKeysWithValues: shape.joints.map { ($0.landmark, $0.center) })
        let labelled = labels.flatMap(\.landmarks).compactMap { centers[$0] }
        let middle = labelled.reduce(0) { $0 + $1.x } / Double(max(labelled.count, 1))
        let joints = shape.joints.map { joint in
            Box(
                left: joint.center.x - joint.radius,
                top: joint.center.y - joint.radius,
                right: joint.center.x + joint.radius,
                bottom: joint.center.y + joint.radius
            )
        }
        var marks: [SkeletonMark] = []
        for label in labels {
            let points = label.landmarks.compactMap { centers[$0] }
            guard !points.isEmpty, points.count == label.landmarks.count else { continue }
            let count = Double(points.count)
            let anchor = PixelPoint(
                x: points.reduce(0) { $0 + $1.x } / count,
                y: points.reduce(0) { $0 + $1.y } / count
            )
            let length = StrokeText.length(of: label.text, height: size)
            let isLeft = anchor.x < middle
            let places = Self.places(around: anchor, length, size, shape.lineWidth * 2.2, leftFirst: isLeft)
            let box = best(places.map(inside), joints)
            taken.append(box)
            let origin = PixelPoint(x: box.left, y: box.top)
            let color = label.isFaint ? FigureText.colours.faint : FigureText.colours.plain
            marks += Self.marks(label.text, at: origin, height: size, color)
        }
        return marks
    }

    /// Beside the joint, above and below it, then farther away.
    private static func places(
        around anchor: PixelPoint,
        _ length: Double,
        _ size: Double,
        _ gap: Double,
        leftFirst: Bool
    ) -> [Box] {
        let beside = leftFirst ? [-1.0, 1.0] : [1.0, -1.0]
        var places: [Box] = []
        func add(_ x: Double, _ y: Double) {
            places.append(Box(left: x, top: y, right: x + length, bottom: y + size))
        }
        for reach in [1.0, 2.5] {
            for row in [-0.5, -1.6, 0.6] {
                for side in beside {
                    let x = side > 0 ? anchor.x + gap * reach : anchor.x - gap * reach - length
                    add(x, anchor.y + row * size)
                }
            }
            add(anchor.x - length / 2, anchor.y - gap * reach - size)
            add(anchor.x - length / 2, anchor.y + gap * reach)
        }
        return places
    }

    /// The first place that covers nothing, else the one that covers least.
    private func best(_ places: [Box], _ joints: [Box]) -> Box {
        var best = places[0]
        var least = Double.infinity
        for place in places {
            let covered =
                taken.reduce(0) { $0 + 4 * $1.overlap(place) } + joints.reduce(0) { $0 + $1.overlap(place) }
            if covered < least { (best, least) = (place, covered) }
            if covered == 0 { break }
        }
        return best
    }

    /// Moved so that the picture holds it, where it can.
    private func inside(_ box: Box) -> Box {
        let margin = 2.0
        let x = max(margin, min(box.left, width - margin - (box.right - box.left))) - box.left
        let y = max(margin, min(box.top, height - margin - (box.bottom - box.top))) - box.top
        return Box(left: box.left + x, top: box.top + y, right: box.right + x, bottom: box.bottom + y)
    }

    private static func marks(
        _ text: String,
        at origin: PixelPoint,
        height: Double,
        _ colour: Colour
    ) -> [SkeletonMark] {
        let text = StrokeText(text, at: origin, height: height)
        guard !text.lines.isEmpty else { return [] }
        let edge = text.lineWidth + 2 * max(1, height * edgeShare)
        return [
            .lines(text.lines, width: edge, SkeletonTable.edge),
            .lines(text.lines, width: text.lineWidth, colour),
        ]
    }

    // MARK: - Panels

    // As shares of the picture's smaller side, in pixels, and in heights of letters.
    private static let (letterShare, leastLetter, titleScale, rowHeight) = (0.034, 10.0, 1.5, 1.8)
    /// How much of the picture's width a panel takes at most.
    private static let mostWidth = 0.6

    mutating func place(_ panel: FigureText.Panel) -> [SkeletonMark] {
        let letter = max(Self.leastLetter, min(width, height) * Self.letterShare)
        var marks: [SkeletonMark] = []
        var top = max(panelTop, letter * 0.6)
        func row(_ text: String, _ size: Double, _ colour: Colour) {
            let rowHeight = size * Self.rowHeight
            let length = FigureLine.length(of: text, height: size)
            let (x, y) = (letter * 0.6 + rowHeight / 2, top + rowHeight / 2)
            let line = SkeletonLine(from: PixelPoint(x: x, y: y), to: PixelPoint(x: x + length, y: y))
            marks.append(.lines([line], width: rowHeight, SkeletonTable.edge))
            let origin = PixelPoint(x: x, y: y - size / 2)
            marks += FigureLine.marks(text, at: origin, height: size, colour)
            top += rowHeight * 1.08
        }
        let colours = SkeletonTable.people
        let own = colours[Int(UInt(bitPattern: panel.person) % UInt(colours.count))]
        row(panel.title, letter * Self.titleScale, own)
        if let gauge = panel.gauge {
            let (x, length) = (letter * 1.5, max(letter * 8, min(width, height) * 0.3))
            let y = top + letter * 0.7
            let (start, end) = (PixelPoint(x: x, y: y), PixelPoint(x: x + length, y: y))
            marks.append(
                .lines([SkeletonLine(from: start, to: end)], width: letter * 1.4, SkeletonTable.edge)
            )
            let part = PixelPoint(x: x + length * min(max(gauge, 0), 1), y: y)
            marks.append(.lines([SkeletonLine(from: start, to: part)], width: letter * 0.7, own))
            top += letter * 1.4 * 1.15
        }
        for line in panel.lines {
            let rows = FigureLine.wrapped(line, length: width * Self.mostWidth, height: letter)
            for text in rows { row(text, letter, SkeletonTable.white) }
        }
        panelTop = top + letter * 0.6
        return marks
    }
}
