// SPDX-License-Identifier: Apache-2.0

package import PoseEstimation

/// One person as marks in painting order: what Cairo draws, what SVG holds, and what the pages' own script must equal.
package struct SkeletonDrawing: Equatable, Sendable {
    /// Whose it is: the number in a stream, or else the place among the people of the picture.
    package let person: Int
    /// What is guessed, the undermost first: below ``marks``, lines dashed, all of it ``SkeletonTable/guessedOpacity`` strong.
    package private(set) var guessed: [SkeletonMark] = []
    /// What is drawn, the undermost first.
    package private(set) var marks: [SkeletonMark] = []
    /// The length of a dash of what is guessed, and of the gap behind it.
    package let dash: Double
    /// Whether it is what is written beside the person.
    package private(set) var isText = false

    /// Takes the marks of a text.
    init(person: Int, text marks: [SkeletonMark]) {
        self.person = person
        self.marks = marks
        dash = 0
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
    ///   - showsGuessed: whether landmarks that are hardly visible are drawn, too.
    package init(
        _ pose: Pose,
        index: Int,
        style: SkeletonStyle,
        width: Int,
        height: Int,
        isMirrored: Bool = false,
        showsGuessed: Bool = false
    ) {
        let shape = SkeletonShape(
            pose,
            index: index,
            width: width,
            height: height,
            isMirrored: isMirrored,
            showsGuessed: showsGuessed
        )
        person = shape.person
        dash = shape.lineWidth * SkeletonTable.dash
        let colours = StyleColours(style, person: person)
        guessed = Self.marks(shape, colours, isGuessed: true)
        marks = Self.marks(shape, colours, isGuessed: false)
        guard style == .people, let label = shape.label else { return }
        let edge = 2 * Self.edge(ofWidth: shape.lineWidth)
        marks.append(.lines(label.lines, width: label.lineWidth + edge, SkeletonTable.edge))
        marks.append(.lines(label.lines, width: label.lineWidth, colours.bone(.middle)))
    }

    /// The marks of what is guessed, or of everything else.
    private static func marks(
        _ shape: SkeletonShape,
        _ colours: StyleColours,
        isGuessed: Bool
    ) -> [SkeletonMark] {
        let bones = shape.bones.filter { $0.isGuessed == isGuessed }
        let joints = shape.joints.filter { $0.isGuessed == isGuessed }
        let widths = [(false, shape.lineWidth), (true, shape.lineWidth * SkeletonTable.fineScale)]
        var marks: [SkeletonMark] = []
        func add(lines: [SkeletonLine], width: Double, _ colour: Colour) {
            if !lines.isEmpty { marks.append(.lines(lines, width: width, colour)) }
        }
        func add(discs: [SkeletonDisc], _ colour: Colour) {
            if !discs.isEmpty { marks.append(.discs(discs, colour)) }
        }
        for (isFine, width) in widths {
            let lines = bones.filter { $0.isFine == isFine }.map(\.line)
            add(lines: lines, width: width + 2 * edge(ofWidth: width), SkeletonTable.edge)
        }
        for sides in colours.groups {
            for (isFine, width) in widths {
                let lines = bones.filter { $0.isFine == isFine && sides.contains($0.side) }.map(\.line)
                add(lines: lines, width: width, colours.bone(sides[0]))
            }
        }
        // A joint that is all ring's room has none.
        let ringed = joints.filter { innerRadius(of: $0) < $0.radius }
        add(discs: ringed.map { disc($0, $0.radius) }, colours.ring)
        for sides in colours.groups {
            let joints = joints.filter { sides.contains(BodySide($0.landmark)) }
            add(discs: joints.map { disc($0, innerRadius(of: $0)) }, colours.joint(sides[0]))
        }
        return marks
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
        for mark in guessed + marks {
            switch mark {
            case .lines(let lines, let width, _):
                for line in lines {
                    take(line.from, width / 2)
                    take(line.to, width / 2)
                }
            case .discs(let discs, _):
                for disc in discs { take(disc.center, disc.radius) }
            case .outlines(let outlines, _):
                for point in outlines.joined() { take(point, 0) }
            }
        }
        return low.x <= high.x ? (low.x...high.x, low.y...high.y) : nil
    }
}
