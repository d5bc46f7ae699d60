// SPDX-License-Identifier: Apache-2.0

public import PoseEstimation
internal import PoseSystem

/// From where a picture shows a person.
public struct ViewEstimate: Hashable, Sendable {
    /// The four that angles are judged by.
    public enum Direction: String, Sendable, CaseIterable {
        case front, back, side, oblique
    }

    /// The direction.
    public var direction: Direction
    /// How far the person is turned out of the picture's plane: 0° seen from the front or the back, 90° from the side.
    public var turnDegrees: Double

    /// Up to here a person counts as seen from the front or the back, in degrees.
    ///
    /// A segment that lies 30° out of the picture's plane is shown at 87% of its length.
    public static let frontalLimit = 30.0
    /// From here a person counts as seen from the side, in degrees.
    public static let sideLimit = 60.0
    /// Breadth of the shoulders in lengths of the trunk of somebody seen from the front.
    ///
    /// Source: Winter 2009, "Biomechanics and Motor Control of Human Movement", figure 4.1: shoulder to shoulder 0.259
    /// heights, shoulder to hip 0.288; the network's landmarks lie inside of the shoulders' outline.
    static let shoulderRatio = 0.75
}

extension ViewEstimate {
    /// Judges by the breadth of shoulders and hips, in the picture and in space; `nil` when they are not to be seen.
    ///
    /// - Parameters:
    ///   - pose: whose view it is.
    ///   - imageWidth: columns of the picture.
    ///   - imageHeight: rows of the picture.
    public init?(of pose: Pose, imageWidth: Int, imageHeight: Int) {
        let corners: [PoseLandmark] = [.leftShoulder, .rightShoulder, .leftHip, .rightHip]
        let picture = BodyPlaces(pose, in: .picture, imageWidth, imageHeight)
        let places = corners.compactMap { picture.place($0) }
        guard places.count == corners.count else { return nil }
        let trunk = (places[0] + places[1] - places[2] - places[3]).length / 2
        let across = places[0] - places[1]
        guard trunk > 0 else { return nil }
        var turn = Self.turn(shown: across.length / trunk / Self.shoulderRatio)
        let space = BodyPlaces(pose, in: .space, imageWidth, imageHeight)
        let points = corners.compactMap { space.place($0) }
        if points.count == corners.count {
            let breadth = points[0] - points[1] + points[2] - points[3]
            let shown = (breadth.x * breadth.x + breadth.y * breadth.y).squareRoot()
            // The picture alone is misled by a trunk that leans towards the camera, space alone by its uncertain depth.
            if breadth.length > 0 { turn = (turn + Self.turn(shown: shown / breadth.length)) / 2 }
        }
        // The trunk points upwards for whoever stands; of somebody lying, left and right are judged along the trunk.
        let upwards = places[0] + places[1] - places[2] - places[3]
        let isFront = across.x * upwards.y - across.y * upwards.x < 0
        turnDegrees = turn
        direction =
            switch turn {
            case ..<Self.frontalLimit: isFront ? .front : .back
            case Self.sideLimit...: .side
            default: .oblique
            }
    }

    /// The turn that shows a part of a breadth.
    private static func turn(shown: Double) -> Double { acos(min(max(shown, 0), 1)) * 180 / .pi }
}
