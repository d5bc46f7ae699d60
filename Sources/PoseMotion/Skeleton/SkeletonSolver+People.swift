// SPDX-License-Identifier: Apache-2.0

public import PoseEstimation

extension SkeletonSolver {
    /// Whoever is in most frames of a film.
    ///
    /// - Parameter film: all documents.
    /// - Returns: the person's number; `nil` where people have none.
    public static func mostSeen(_ film: [PoseDocument]) -> Int? {
        var counts: [Int: Int] = [:]
        for document in film {
            for pose in document.poses {
                if let id = pose.track?.id { counts[id, default: 0] += 1 }
            }
        }
        return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
    }
}
