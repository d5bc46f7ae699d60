// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseSystem

/// What a camera shows, in a line a second.
struct CameraStatus {
    private var frameCount = 0
    private var since = Duration.zero

    /// Counts a frame.
    ///
    /// - Parameters:
    ///   - record: what was found in it.
    ///   - time: since the run began.
    /// - Returns: `12 s: 1 person (id 0), 24.8 frames a second`, once a second.
    mutating func add(_ record: PoseDocument, at time: Duration) -> String? {
        frameCount += 1
        let elapsed = (time - since) / .seconds(1)
        guard elapsed >= 1 else { return nil }
        defer { (frameCount, since) = (0, time) }
        let ids = record.poses.compactMap { $0.track.map { String($0.id) } }
        let list = ids.isEmpty ? "" : " (\(ids.count == 1 ? "id" : "ids") \(ids.joined(separator: ", ")))"
        let people = record.poses.isEmpty ? "nobody" : counted(record.poses.count, "person", "people") + list
        return "\(fixed(time / .seconds(1), decimals: 0)) s: \(people), "
            + "\(fixed(Double(frameCount) / elapsed, decimals: 1)) frames a second"
    }
}
