// SPDX-License-Identifier: Apache-2.0

public import PoseEstimation
public import PoseImaging

extension SkeletonRenderer {
    /// Rectangles that hold every pixel which drawing people on a picture changes, long lines in pieces.
    ///
    /// For those who write a file with only its changed parts made anew. They may overlap and reach beyond the picture. In
    /// ``SkeletonStyle/skeletonOnly`` it is the whole picture.
    ///
    /// - Parameters:
    ///   - poses: the people.
    ///   - width: columns of the picture.
    ///   - height: its rows.
    /// - Returns: rectangles in pixels.
    public func areas(of poses: [Pose], width: Int, height: Int) -> [PixelRectangle] {
        if style == .skeletonOnly { return [PixelRectangle(x: 0, y: 0, width: width, height: height)] }
        return drawings(poses, width: width, height: height).flatMap {
            ($0.guessed + $0.marks).flatMap(\.areas)
        }
    }
}

extension SkeletonMark {
    /// Long lines are cut into pieces of so many pixels, whose rectangles hold less beside the line.
    private static let pieceLength = 48.0

    /// Rectangles around what is drawn.
    fileprivate var areas: [PixelRectangle] {
        switch self {
        case .lines(let lines, let width, _): lines.flatMap { Self.areas(of: $0, reach: width / 2) }
        case .discs(let discs, _): discs.map { Self.area(from: $0.center, to: $0.center, reach: $0.radius) }
        case .outlines(let outlines, _): outlines.compactMap(Self.area(of:))
        }
    }

    private static func areas(of line: SkeletonLine, reach: Double) -> [PixelRectangle] {
        let (from, to) = (line.from, line.to)
        let count = max(1, (from.distance(to: to) / pieceLength).rounded(.up))
        func point(_ index: Double) -> PixelPoint {
            let share = index / count
            return PixelPoint(x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y))
        }
        return stride(from: 0, to: count, by: 1).map {
            area(from: point($0), to: point($0 + 1), reach: reach)
        }
    }

    /// `nil` of no point.
    private static func area(of outline: [PixelPoint]) -> PixelRectangle? {
        let (xs, ys) = (outline.map(\.x), outline.map(\.y))
        guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max() else {
            return nil
        }
        return area(from: PixelPoint(x: left, y: top), to: PixelPoint(x: right, y: bottom), reach: 0)
    }

    private static func area(from a: PixelPoint, to b: PixelPoint, reach: Double) -> PixelRectangle {
        // One pixel more for soft edges, another since points are the centres of pixels.
        let reach = reach + 2
        return PixelRectangle(
            x: Int((min(a.x, b.x) - reach).rounded(.down)),
            y: Int((min(a.y, b.y) - reach).rounded(.down)),
            maxX: Int((max(a.x, b.x) + reach).rounded(.up)) + 1,
            maxY: Int((max(a.y, b.y) + reach).rounded(.up)) + 1
        )
    }
}
