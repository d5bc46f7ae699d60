// SPDX-License-Identifier: Apache-2.0

/// Turns the landmark network's raw outputs into points.
///
/// Source: MediaPipe `TensorsToLandmarksCalculator` with the options of
/// `tensors_to_pose_landmarks_and_segmentation.pbtxt`.
package enum LandmarkDecoder {
    /// Points per person: 33 public ones, two that say where the body is, and four that nothing uses.
    package static let pointCount = 39
    /// The points that something uses, which come first.
    package static let usedPointCount = 35
    /// x, y, z in pixels of the crop, then logits of visibility and presence.
    package static let valuesPerPoint = 5
    /// The middle of the hips, for the region of the next frame.
    package static let bodyCenter = 33
    /// A point on the circle around the body, for the region of the next frame.
    package static let bodyCircle = 34

    /// Decodes all points.
    ///
    /// - Parameter values: `[195]`.
    /// - Returns: 39 points, x, y and z in fractions of the crop's width.
    package static func points(_ values: Span<Float>) -> [Landmark] {
        precondition(values.count == pointCount * valuesPerPoint)
        let size = Float(LandmarkEstimator.inputSize)
        return (0..<pointCount).map { point in
            let first = point * valuesPerPoint
            return Landmark(
                x: values[first] / size,
                y: values[first + 1] / size,
                z: values[first + 2] / size,
                visibility: sigmoid(values[first + 3]),
                presence: sigmoid(values[first + 4])
            )
        }
    }

    /// Decodes the public points in space.
    ///
    /// - Parameters:
    ///   - values: `[117]`.
    ///   - landmarks: the image landmarks, whose visibility and presence are taken over.
    /// - Returns: 33 points in metres, axes along the crop.
    package static func worldPoints(_ values: Span<Float>, landmarks: [Landmark]) -> [WorldLandmark] {
        precondition(values.count == pointCount * 3)
        return PoseLandmark.allCases.map { landmark in
            let index = landmark.rawValue
            return WorldLandmark(
                x: values[index * 3],
                y: values[index * 3 + 1],
                z: values[index * 3 + 2],
                visibility: landmarks[index].visibility,
                presence: landmarks[index].presence
            )
        }
    }
}
