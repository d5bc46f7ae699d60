// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseTestSupport

/// Landmarks of people in `demo.mp4`: see `Tests/Goldens/README.md`.
struct RecordedLandmarks: Decodable {
    struct Frame: Decodable {
        var time: Double
        var points: [[Double]]
    }

    var width: Int
    var height: Int
    var frames: [Frame]

    /// Somebody who walks from the right to the left.
    static func walking() throws -> [PoseDocument] { try recorded("motion-demo.json").film }

    static func recorded(_ name: String) throws -> RecordedLandmarks {
        let file = Media.goldens.appending(path: name)
        return try JSONDecoder().decode(RecordedLandmarks.self, from: Data(contentsOf: file))
    }

    var film: [PoseDocument] {
        frames.enumerated().map { index, frame in
            PoseDocument.ofFilm(
                "demo.mp4",
                PoseFrame(index: index, time: .seconds(frame.time)),
                [Self.pose(frame.points.map { $0.map(Float.init) })],
                size: (width, height)
            )
        }
    }

    static func pose(_ points: [[Float]]) -> Pose {
        Pose(
            score: 1,
            detectionScore: 1,
            box: NormalizedBox(x: 0, y: 0, width: 1, height: 1),
            regionOfInterest: RegionOfInterest(
                centerX: 0.5,
                centerY: 0.5,
                width: 1,
                height: 1,
                rotationRadians: 0
            ),
            landmarks: points.map {
                Landmark(x: $0[0], y: $0[1], z: $0[2], visibility: $0[3], presence: $0[4])
            },
            worldLandmarks: points.map {
                WorldLandmark(x: $0[5], y: $0[6], z: $0[7], visibility: $0[3], presence: $0[4])
            },
            track: PoseTrack(id: 0, state: .tracked)
        )
    }
}
