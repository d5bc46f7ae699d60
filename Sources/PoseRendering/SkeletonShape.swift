// SPDX-License-Identifier: Apache-2.0

import PoseEstimation

/// One person's skeleton as lines and discs in pixels.
struct SkeletonShape {
    /// A landmark that shows.
    typealias Joint = (center: PixelPoint, radius: Double)

    /// The width of bones, at least ``minLineWidth``.
    let lineWidth: Double
    private var bones: [(side: BodySide, line: (PixelPoint, PixelPoint))] = []
    private var joints: [(side: BodySide, disc: Joint)] = []

    static let minLineWidth = 1.5
    // 2.7 pixels on 640 × 480, MediaPipe's 2 on the smaller pictures it was made for.
    private static let diagonalPerLineWidth = 300.0
    // Below this a small person in a large picture would be a blot.
    private static let extentPerLineWidth = 75.0
    private static let jointRadiusPerLineWidth = 1.4
    // Eleven points share the face.
    private static let faceJointScale = 0.65

    /// Whose it is: the number in a stream, or else the place among the people of the picture.
    let person: Int
    /// The number to write beside it, and where; `nil` for somebody of no stream, or of whom nothing shows.
    let label: PersonLabel?

    /// Lays out the landmarks that are visible (0.5 or more) and inside the picture, and the bones between those.
    ///
    /// - Parameters:
    ///   - pose: the person.
    ///   - index: the place among the people of the picture.
    ///   - width: columns of the picture.
    ///   - height: its rows.
    ///   - isMirrored: whether the picture shows the person as a mirror does.
    init(_ pose: Pose, index: Int, width: Int, height: Int, isMirrored: Bool = false) {
        person = pose.track?.id ?? index
        var points: [PixelPoint?] = pose.landmarks.map { landmark in
            // A comparison with NaN is false.
            guard landmark.visibility >= 0.5, landmark.x >= 0, landmark.x <= 1, landmark.y >= 0,
                landmark.y <= 1
            else { return nil }
            let x = Double(landmark.x) * Double(width)
            return PixelPoint(
                x: isMirrored ? Double(width - 1) - x : x,
                y: Double(landmark.y) * Double(height)
            )
        }
        // Landmark lists come from outside this module and may be short.
        while points.count < PoseLandmark.allCases.count { points.append(nil) }

        let shown = points.compactMap { $0 }
        lineWidth = Self.lineWidth(of: shown, width: width, height: height)
        if let id = pose.track?.id {
            label = PersonLabel(id, above: shown, lineWidth: lineWidth)
        } else {
            label = nil
        }
        for (from, to) in PoseTopology.connections {
            guard let start = points[from.rawValue], let end = points[to.rawValue] else { continue }
            bones.append((BodySide(from, to), (start, end)))
        }
        for landmark in PoseLandmark.allCases {
            guard let center = points[landmark.rawValue] else { continue }
            let scale = landmark.rawValue <= PoseLandmark.mouthRight.rawValue ? Self.faceJointScale : 1
            let radius = max(Self.minLineWidth, lineWidth * Self.jointRadiusPerLineWidth * scale)
            joints.append((BodySide(landmark), (center, radius)))
        }
    }

    /// The width of the dark edge around lines in styles that have one.
    var haloWidth: Double { max(1, lineWidth * 0.3) }

    /// The columns and rows within which something is drawn.
    ///
    /// - Parameter hasLabel: whether the label is drawn, too.
    /// - Returns: pixels of the picture; `nil` when nothing is drawn.
    func bounds(hasLabel: Bool) -> (columns: ClosedRange<Double>, rows: ClosedRange<Double>)? {
        let edge = haloWidth + 1
        var discs = joints.map { (center: $0.disc.center, radius: $0.disc.radius + edge) }
        if hasLabel, let label {
            let reach = label.lineWidth / 2 + edge
            discs += label.lines.flatMap { [($0.0, reach), ($0.1, reach)] }
        }
        guard let first = discs.first else { return nil }
        var (columns, rows) = (first.center.x...first.center.x, first.center.y...first.center.y)
        for (center, radius) in discs {
            columns = min(columns.lowerBound, center.x - radius)...max(columns.upperBound, center.x + radius)
            rows = min(rows.lowerBound, center.y - radius)...max(rows.upperBound, center.y + radius)
        }
        return (columns, rows)
    }

    func bones(of side: BodySide) -> [(PixelPoint, PixelPoint)] {
        bones.filter { $0.side == side }.map(\.line)
    }

    func joints(of side: BodySide) -> [Joint] {
        joints.filter { $0.side == side }.map(\.disc)
    }

    private static func lineWidth(of points: [PixelPoint], width: Int, height: Int) -> Double {
        guard let first = points.first else { return minLineWidth }
        var (low, high) = (first, first)
        for point in points {
            low = PixelPoint(x: min(low.x, point.x), y: min(low.y, point.y))
            high = PixelPoint(x: max(high.x, point.x), y: max(high.y, point.y))
        }
        let diagonal = length(Double(width), Double(height))
        let extent = length(high.x - low.x, high.y - low.y)
        return max(minLineWidth, min(diagonal / diagonalPerLineWidth, extent / extentPerLineWidth))
    }

    private static func length(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
}
