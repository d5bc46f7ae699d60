// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseTestSupport

/// The networks that set-up obtains.
enum RealModels {
    static let detector = "pose_detection"
    static let landmarks = ["pose_landmark_lite", "pose_landmark_full", "pose_landmark_heavy"]
    static let all = [detector] + landmarks

    /// A network's file; throws when set-up has not fetched it.
    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: Media.modelsDirectory.appending(path: "\(name).tflite")))
    }
}
