// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseTestSupport

/// The networks that set-up obtains.
enum RealModels {
    static let detector = "pose_detection"
    /// Those of the landmark networks that are there; set-up goes on without two, and `OptionalNetworkTests` says so.
    static let landmarks = ["pose_landmark_lite", "pose_landmark_full", "pose_landmark_heavy"].filter {
        $0 == "pose_landmark_full" || has($0)
    }
    /// Those of the face networks that are there; set-up goes on without them, and `OptionalNetworkTests` says so.
    static let faces = [faceFullRange, faceShortRange].filter(has)
    static let faceFullRange = "face_detection_full_range_sparse"
    static let faceShortRange = "face_detection_short_range"
    static let pose = [detector] + landmarks
    static let all = pose + faces

    /// Whether set-up obtained a network.
    static func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: Media.modelsDirectory.appending(path: "\(name).tflite").path)
    }

    /// A network's file; throws when set-up has not fetched it.
    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: Media.modelsDirectory.appending(path: "\(name).tflite")))
    }
}
