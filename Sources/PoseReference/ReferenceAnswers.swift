// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// What MediaPipe answered for some pictures, as `Tests/Goldens/record_mediapipe.py` writes it.
package struct ReferenceAnswers: Decodable, Sendable {
    /// One person's numbers.
    package struct Pose: Decodable, Sendable {
        /// 33 × (x, y, z, visibility), in fractions of the image.
        package var landmarks: [[Float]]
        /// 33 × (x, y, z, visibility), in metres.
        package var world: [[Float]]

        package init(landmarks: [[Float]], world: [[Float]]) {
            self.landmarks = landmarks
            self.world = world
        }
    }

    /// One picture's.
    package struct Entry: Decodable, Sendable {
        /// What part of which picture it is.
        package var view: ReferenceView
        /// `nil` when nobody was found.
        package var pose: Pose?
        /// The mask's mean.
        package var maskArea: Double?
        /// The mask's mean in 16 × 16 cells.
        package var maskGrid16: [[Double]]?

        private enum Member: String, CodingKey {
            case pose, maskArea, maskGrid16
        }

        package init(view: ReferenceView, pose: Pose?) {
            self.view = view
            self.pose = pose
        }

        package init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: Member.self)
            view = try ReferenceView(from: decoder)
            pose = try members.decodeIfPresent(Pose.self, forKey: .pose)
            maskArea = try members.decodeIfPresent(Double.self, forKey: .maskArea)
            maskGrid16 = try members.decodeIfPresent([[Double]].self, forKey: .maskGrid16)
        }

        /// Columns of the view.
        package var width: Int { view.width }
        /// Rows of the view.
        package var height: Int { view.height }
    }

    /// Which landmark network answered.
    package var modelComplexity: Int
    /// By name.
    package var images: [String: Entry]

    /// Reads a file of answers.
    package init(contentsOf file: URL) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(Self.self, from: Data(contentsOf: file))
    }
}
