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

    /// Lays out the landmarks that are visible (0.5 or more) and inside the picture, and the bones between those.
    init(_ pose: Pose, width: Int, height: Int) {
        var points: [PixelPoint?] = pose.landmarks.map { landmark in
            // A comparison with NaN is false.
            guard landmark.visibility >= 0.5, landmark.x >= 0, landmark.x <= 1, landmark.y >= 0,
                landmark.y <= 1
            else { return nil }
            return PixelPoint(x: Double(landmark.x) * Double(width), y: Double(landmark.y) * Double(height))
        }
        // Landmark lists come from outside this module and may be short.
        while points.count < PoseLandmark.allCases.count { points.append(nil) }

        lineWidth = Self.lineWidth(of: points.compactMap { $0 }, width: width, height: height)
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
