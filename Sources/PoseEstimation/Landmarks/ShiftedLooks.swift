// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging
internal import PoseSystem

/// What the landmark network says of one person when the square that it sees is moved by a pixel or two.
///
/// Landmarks that move with it are not to be trusted: `PoseAngles` widens its bands by how far an angle moves.
public struct ShiftedLooks: Hashable, Sendable {
    /// One pass of the network.
    public struct Look: Hashable, Sendable {
        /// 33 landmarks in the image, as ``Pose/landmarks``, not smoothed.
        public var landmarks: [Landmark]
        /// 33 landmarks in metres, as ``Pose/worldLandmarks``, not smoothed.
        public var worldLandmarks: [WorldLandmark]

        /// Makes a look of its landmarks.
        public init(landmarks: [Landmark], worldLandmarks: [WorldLandmark]) {
            self.landmarks = landmarks
            self.worldLandmarks = worldLandmarks
        }
    }

    /// By how many pixels of the network's input the square is moved, across and down in its own axes: one and two, in each
    /// direction once.
    static let shifts: [(across: Float, down: Float)] = [(1, 0), (0, 1), (-2, 0), (0, -2)]

    /// The square as it is.
    public var center: Look
    /// The moved ones.
    public var shifted: [Look]

    /// Makes looks of their parts.
    public init(center: Look, shifted: [Look]) {
        self.center = center
        self.shifted = shifted
    }

    /// The same with every look changed.
    func map(_ transform: (Look) -> Look) -> ShiftedLooks {
        ShiftedLooks(center: transform(center), shifted: shifted.map(transform))
    }
}

extension ShiftedLooks.Look {
    init(_ estimate: LandmarkEstimate) {
        landmarks = Array(estimate.points.prefix(PoseLandmark.allCases.count))
        worldLandmarks = estimate.worldPoints
    }
}

extension RegionOfInterest {
    /// The region moved along its own axes, in pixels of the landmark network's input.
    package func shifted(across: Float, down: Float, imageWidth: Int, imageHeight: Int) -> RegionOfInterest {
        let pixels = pixels(imageWidth: imageWidth, imageHeight: imageHeight)
        let pixel = max(pixels.width, pixels.height) / Float(LandmarkEstimator.inputSize)
        let (cosine, sine) = (cosf(rotationRadians), sinf(rotationRadians))
        var region = self
        region.centerX += (across * cosine - down * sine) * pixel / Float(imageWidth)
        region.centerY += (across * sine + down * cosine) * pixel / Float(imageHeight)
        return region
    }
}
