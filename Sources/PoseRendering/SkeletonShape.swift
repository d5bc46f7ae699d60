// SPDX-License-Identifier: Apache-2.0

import PoseEstimation

/// One person's landmarks and bones in pixels, before any style.
struct SkeletonShape {
    /// A landmark that shows.
    struct Joint {
        var landmark: PoseLandmark
        var center: PixelPoint
        /// With the ring around it.
        var radius: Double
        /// Whether the network only guesses where it is.
        var isGuessed: Bool
    }

    /// A connection of two joints.
    struct Bone {
        var side: BodySide
        /// Whether it is one of the face or of a hand.
        var isFine: Bool
        /// Whether one of its ends is guessed.
        var isGuessed: Bool
        var line: SkeletonLine
    }

    /// The width of the body's bones.
    let lineWidth: Double
    private(set) var bones: [Bone] = []
    private(set) var joints: [Joint] = []
    /// Whose it is: the number in a stream, or else the place among the people of the picture.
    let person: Int
    /// The number to write beside it, and where; `nil` for somebody of no stream, or of whom nothing shows.
    let label: PersonLabel?

    /// Lays out the landmarks that are visible (0.5 or more) and inside the picture, and the bones between those; on request
    /// those that are less visible too, which change the width of no line.
    ///
    /// - Parameters:
    ///   - pose: the person.
    ///   - index: the place among the people of the picture.
    ///   - width: columns of the picture.
    ///   - height: its rows.
    ///   - isMirrored: whether the picture shows the person as a mirror does.
    ///   - showsGuessed: whether less visible landmarks are laid out, too.
    init(
        _ pose: Pose,
        index: Int,
        width: Int,
        height: Int,
        isMirrored: Bool = false,
        showsGuessed: Bool = false
    ) {
        typealias Table = SkeletonTable
        person = pose.track?.id ?? index
        var points = [PixelPoint?](repeating: nil, count: PoseLandmark.allCases.count)
        var isGuessed = [Bool](repeating: false, count: points.count)
        // Landmark lists come from outside this module and may have any length.
        for (place, landmark) in pose.landmarks.prefix(points.count).enumerated() {
            // A comparison with NaN is false.
            guard landmark.x >= 0, landmark.x <= 1, landmark.y >= 0, landmark.y <= 1 else { continue }
            isGuessed[place] = !(Double(landmark.visibility) >= Table.minVisibility)
            if isGuessed[place], !showsGuessed { continue }
            let x = Double(landmark.x) * Double(width)
            points[place] = PixelPoint(
                x: isMirrored ? Double(width - 1) - x : x,
                y: Double(landmark.y) * Double(height)
            )
        }
        let shown = points.compactMap { $0 }
        let seen = zip(points, isGuessed).compactMap { $1 ? nil : $0 }
        let measured = seen.isEmpty ? shown : seen
        lineWidth = max(Table.minLineWidth, Self.extent(of: measured) / Table.extentPerLineWidth)
        label = pose.track.flatMap { [lineWidth] in
            PersonLabel($0.id, above: measured, lineWidth: lineWidth)
        }
        for (from, to) in PoseTopology.connections {
            guard let start = points[from.rawValue], let end = points[to.rawValue] else { continue }
            let line = SkeletonLine(from: start, to: end)
            let isFine = BodyPart(from) != .body || BodyPart(to) != .body
            let isGuess = isGuessed[from.rawValue] || isGuessed[to.rawValue]
            bones.append(Bone(side: BodySide(from, to), isFine: isFine, isGuessed: isGuess, line: line))
        }
        for landmark in PoseLandmark.allCases {
            guard let center = points[landmark.rawValue] else { continue }
            let scale = BodyPart(landmark) == .face ? Table.faceJointScale : 1
            let room = Self.distance(toNearest: center, of: shown) * Table.shareOfDistance
            let radius = min(lineWidth * Table.jointRadius * scale, room)
            let isGuess = isGuessed[landmark.rawValue]
            joints.append(Joint(landmark: landmark, center: center, radius: radius, isGuessed: isGuess))
        }
    }

    /// The distance to the nearest other place; infinite when there is none.
    private static func distance(toNearest center: PixelPoint, of points: [PixelPoint]) -> Double {
        var nearest = Double.infinity
        for point in points {
            let distance = center.distance(to: point)
            if distance >= SkeletonTable.samePlace { nearest = min(nearest, distance) }
        }
        return nearest
    }

    /// The diagonal of the smallest box around points.
    private static func extent(of points: [PixelPoint]) -> Double {
        guard var low = points.first else { return 0 }
        var high = low
        for point in points {
            low = PixelPoint(x: min(low.x, point.x), y: min(low.y, point.y))
            high = PixelPoint(x: max(high.x, point.x), y: max(high.y, point.y))
        }
        return low.distance(to: high)
    }
}
