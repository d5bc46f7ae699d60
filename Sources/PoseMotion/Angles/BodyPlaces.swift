// SPDX-License-Identifier: Apache-2.0

package import PoseEstimation

/// Where the parts of one body are, with one unit in all directions.
package struct BodyPlaces {
    /// What places are measured in.
    package enum Space: Sendable, Hashable {
        /// Pixels of the picture, so that its shape does not bend angles.
        case picture
        /// Metres, by the world landmarks.
        case space
    }

    private let pose: Pose
    private let space: Space
    private let width: Double
    private let height: Double
    private let minVisibility: Float

    /// Takes a pose in one of both spaces.
    ///
    /// - Parameters:
    ///   - pose: whose places.
    ///   - space: what they are measured in.
    ///   - imageWidth: columns of the picture.
    ///   - imageHeight: rows of the picture.
    ///   - minVisibility: landmarks with less visibility or presence have no place.
    package init(
        _ pose: Pose,
        in space: Space,
        _ imageWidth: Int,
        _ imageHeight: Int,
        minVisibility: Float = AngleSettings.visibilityLimit
    ) {
        self.pose = pose
        self.space = space
        width = Double(imageWidth)
        height = Double(imageHeight)
        self.minVisibility = minVisibility
    }

    /// How sure it is that a landmark is there and to be seen, 0…1.
    package func certainty(of landmark: PoseLandmark) -> Float {
        guard pose.landmarks.indices.contains(landmark.rawValue) else { return 0 }
        let point = pose.landmarks[landmark.rawValue]
        let certainty = min(point.visibility, point.presence)
        return certainty.isFinite ? certainty : 0
    }

    /// Where a landmark is; `nil` when it is not to be seen.
    package func place(_ landmark: PoseLandmark) -> Vector3? {
        guard certainty(of: landmark) >= minVisibility else { return nil }
        let place: Vector3
        switch space {
        case .picture:
            let point = pose.landmarks[landmark.rawValue]
            place = Vector3(Double(point.x) * width, Double(point.y) * height, 0)
        case .space:
            guard pose.worldLandmarks.indices.contains(landmark.rawValue) else { return nil }
            let point = pose.worldLandmarks[landmark.rawValue]
            place = Vector3(Double(point.x), Double(point.y), Double(point.z))
        }
        return place.x.isFinite && place.y.isFinite && place.z.isFinite ? place : nil
    }

    /// Where a landmark or the middle of two is; `nil` unless all are to be seen.
    package func place(_ point: BodyPoint) -> Vector3? {
        var sum = Vector3.zero
        for landmark in point.landmarks {
            guard let place = place(landmark) else { return nil }
            sum += place
        }
        return sum / Double(point.landmarks.count)
    }

    /// From where to where a segment goes; `nil` when an end is not to be seen, or both are the same.
    package func vector(_ segment: BodySegment) -> Vector3? {
        guard let start = place(segment.start), let end = place(segment.end) else { return nil }
        let vector = end - start
        return vector.length >= shortest ? vector : nil
    }

    /// A segment shorter than this has no direction: a pixel, a millimetre.
    private var shortest: Double { space == .picture ? 1 : 0.001 }
}

extension BodyPlaces {
    /// The interior angle in degrees; `nil` when it cannot be measured.
    func degrees(of joint: JointAngle) -> Double? {
        // Rows of pictures and world landmarks both count downwards.
        switch joint.geometry {
        case .between(let one, let other):
            guard let first = vector(one), let second = vector(other) else { return nil }
            return first.degrees(to: second)
        case .toUpward(let segment): return vector(segment)?.degrees(to: Vector3(0, -1, 0))
        case .toDownward(let segment): return vector(segment)?.degrees(to: Vector3(0, 1, 0))
        }
    }
}
