// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseTestSupport
import Testing

/// The networks that set-up obtains.
enum RealModels {
    static let detector = "pose_detection"
    static let landmarks = ["pose_landmark_lite", "pose_landmark_full", "pose_landmark_heavy"]
    static let pose = [detector] + landmarks
    static let faces = ["face_detection_full_range_sparse", "face_detection_short_range"]
    static let all = pose + faces

    /// A network's file; when set-up has not fetched it, the test or the case that asks is skipped.
    static func bytes(_ name: String) throws -> [UInt8] {
        let file = Media.modelsDirectory.appending(path: "\(name).tflite")
        guard FileManager.default.fileExists(atPath: file.path) else {
            let reason = "\(file.lastPathComponent) is missing; set-up obtains it."
            #if compiler(>=6.3)
            try Test.cancel(Comment(rawValue: reason))
            #else
            throw MissingMedium(path: file.path)
            #endif
        }
        return [UInt8](try Data(contentsOf: file))
    }
}
