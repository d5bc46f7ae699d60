// SPDX-License-Identifier: Apache-2.0

package import PoseEstimation

/// One person as marks in painting order: what Cairo draws, what SVG holds, and what the pages' own script must equal.
package struct SkeletonDrawing: Equatable, Sendable {
    /// Whose it is: the number in a stream, or else the place among the people of the picture.
    package let person: Int
    /// What is drawn, the undermost first.
    package private(set) var marks: [SkeletonMark] = []
    /// Whether it is what is written beside the person.
    package private(set) var isText = false

    /// Takes the marks of a text.
    init(person: Int, text marks: [SkeletonMark]) {
        self.person = person
        self.marks = marks
        isText = true
    }

    /// Draws a person.
    ///
    /// - Parameters:
    ///   - pose: the person.
    ///   - index: the place among the people of the picture.
    ///   - style: how it looks.
    ///   - width: columns of the picture.
    ///   - height: its rows.
    ///   - isMirrored: whether the picture shows the person as a mirror does.
    package init(
        _ pose: Pose,
        index: Int,
        style: SkeletonStyle,
        width: Int,
        height: Int,
        isMirrored: Bool = false
    ) {
        let shape = SkeletonShape(pose, index: index, width: width, height: height, isMirrored: isMirrored)
        person = shape.person
        let colours = StyleColours(style, person: person)
        add(shape, colours)
        guard style == .people, let label = shape.label else { return }
        let edge = 2 * Self.edge(ofWidth: shape.lineWidth)
        marks.append(.lines(label.lines, width: label.lineWidth + edge, SkeletonTable.edge))
        marks.append(.lines(label.lines, width: label.lineWidth, colours.bone(.middle)))
    }

    private mutating func add(_ shape: SkeletonShape, _ colours: StyleColours) {
        let widths = [(false, shape.lineWidth), (true, shape.lineWidth * SkeletonTable.fineScale)]
        for (isFine, width) in widths {
            let lines = shape.bones.filter { $0.isFine == isFine }.map(\.line)
            add(lines: lines, width: width + 2 * Self.edge(ofWidth: width), SkeletonTable.edge)
        }
        for sides in colours.groups {
            for (isFine, width) in widths {
                let lines = shape.bones.filter { $0.isFine == isFine && sides.contains($0.side) }.map(\.line)
                add(lines: lines, width: width, colours.bone(sides[0]))
            }
        }
        // A joint that is all ring's room has none.
        let ringed = shape.joints.filter { Self.innerRadius(of: $0) < $0.radius }
        add(discs: ringed.map { Self.disc($0, $0.radius) }, colours.ring)
        for sides in colours.groups {
            let joints = shape.joints.filter { sides.contains(BodySide($0.landmark)) }
            add(discs: joints.map { Self.disc($0, Self.innerRadius(of: $0)) }, colours.joint(sides[0]))
        }
    }

    private mutating func add(lines: [SkeletonLine], width: Double, _ colour: Colour) {
        if !lines.isEmpty { marks.append(.lines(lines, width: width, colour)) }
    }

    private mutating func add(discs: [SkeletonDisc], _ colour: Colour) {
        if !discs.isEmpty { marks.append(.discs(discs, colour)) }
    }

    private static func disc(_ joint: SkeletonShape.Joint, _ radius: Double) -> SkeletonDisc {
        SkeletonDisc(center: joint.center, radius: radius, landmark: joint.landmark.rawValue)
    }

    private static func innerRadius(of joint: SkeletonShape.Joint) -> Double {
        min(joint.radius, max(SkeletonTable.minInnerRadius, joint.radius * SkeletonTable.innerShare))
    }

    private static func edge(ofWidth width: Double) -> Double {
        max(SkeletonTable.minEdgeWidth, width * SkeletonTable.edgeWidth)
    }

    /// The columns and rows within which something is drawn, pixels of the picture; `nil` when nothing is.
    var bounds: (columns: ClosedRange<Double>, rows: ClosedRange<Double>)? {
        var (low, high) = (
            PixelPoint(x: .infinity, y: .infinity), PixelPoint(x: -.infinity, y: -.infinity)
        )
        func take(_ point: PixelPoint, _ reach: Double) {
            // One pixel more for soft edges.
            low = PixelPoint(x: min(low.x, point.x - reach - 1), y: min(low.y, point.y - reach - 1))
            high = PixelPoint(x: max(high.x, point.x + reach + 1), y: max(high.y, point.y + reach + 1))
        }
        for mark in marks {
            switch mark {
            case .lines(let lines, let width, _):
                for line in lines {
                    take(line.from, width / 2)
                    take(line.to, width / 2)
                }
            case .discs(let discs, _):
                for disc in discs { take(disc.center, disc.radius) }
            }
        }
        return low.x <= high.x ? (low.x...high.x, low.y...high.y) : nil
    }
}
