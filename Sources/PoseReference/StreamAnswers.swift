// SPDX-License-Identifier: Apache-2.0

package import Foundation
package import PoseEstimation

/// What MediaPipe answered for the frames of a clip, as `Tests/Goldens/record_tracking.py` writes it.
package struct StreamAnswers: Decodable, Sendable {
    /// One frame with a person in it.
    package struct Frame: Decodable, Sendable {
        /// 33 × (x, y, z, visibility), in fractions of the image.
        package var landmarks: [[Float]]
        /// 33 × (x, y, z, visibility), in metres.
        package var world: [[Float]]
        /// Where MediaPipe looked in the next frame: centre x and y, width, height, turn in radians.
        package var nextRegion: [Float]?

        /// A pose of our own with these landmarks in the place of its own.
        package func pose(like own: Pose) -> Pose {
            var pose = own
            for (index, point) in landmarks.enumerated() {
                pose.landmarks[index].x = point[0]
                pose.landmarks[index].y = point[1]
                pose.landmarks[index].z = point[2]
                pose.landmarks[index].visibility = point[3]
            }
            for (index, point) in world.enumerated() {
                pose.worldLandmarks[index].x = point[0]
                pose.worldLandmarks[index].y = point[1]
                pose.worldLandmarks[index].z = point[2]
                pose.worldLandmarks[index].visibility = point[3]
            }
            return pose
        }

        /// Where it looked as a region.
        package var nextRegionOfInterest: RegionOfInterest? {
            guard let region = nextRegion, region.count == 5 else { return nil }
            return RegionOfInterest(
                centerX: region[0],
                centerY: region[1],
                width: region[2],
                height: region[3],
                rotationRadians: region[4]
            )
        }
    }

    /// Which landmark network answered.
    package var modelComplexity: Int
    /// Columns of a frame.
    package var width: Int
    /// Rows of a frame.
    package var height: Int
    /// By kind, `smooth` or `raw`: one entry a frame, `nil` without a person.
    package var streams: [String: [Frame?]]

    /// Time of a frame: MediaPipe's Python API makes it up.
    package static func time(ofFrame index: Int) -> Duration { .microseconds(33_333 * index) }

    /// Reads a file of answers.
    package init(contentsOf file: URL) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(Self.self, from: Data(contentsOf: file))
    }
}
