// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseImaging
import PoseTestSupport
import Testing

/// People who are looked at again through squares that are moved by a pixel or two.
@Suite struct ShiftedLooksTests {
    @Test("a square moves along its own axes, by pixels of the network's input")
    func square() {
        let region = RegionOfInterest(
            centerX: 0.5,
            centerY: 0.5,
            width: 0.5,
            height: 1,
            rotationRadians: .pi / 2
        )
        // 512 pixels are 256 of the network; turned by a right angle, across is down.
        let moved = region.shifted(across: 2, down: 0, imageWidth: 1024, imageHeight: 512)
        #expect(abs(moved.centerX - 0.5) < 1e-6 && abs(moved.centerY - (0.5 + 4 / 512)) < 1e-6)
        let other = region.shifted(across: 0, down: 1, imageWidth: 1024, imageHeight: 512)
        #expect(abs(other.centerX - (0.5 - 2 / 1024)) < 1e-6 && abs(other.centerY - 0.5) < 1e-6)
        #expect(moved.width == region.width && moved.rotationRadians == region.rotationRadians)
    }

    @Test("looks are of the same person, and the poses as they were")
    func samePerson() throws {
        let image = try Media.picture("bus.jpg")
        var landmarker = PoseLandmarker(model: try Media.model(Media.quickest))
        let plain = try landmarker.detect(in: image).poses
        var options = PoseOptions()
        options.shiftedLooks = true
        let poses = try landmarker.detect(in: image, options: options).poses
        let pose = try #require(poses.first)
        let looks = try #require(pose.shiftedLooks)
        #expect(
            looks.center.landmarks == pose.landmarks && looks.center.worldLandmarks == pose.worldLandmarks
        )
        #expect(looks.shifted.count == 4 && Set(looks.shifted).count == 4, "each square gives its own answer")
        for look in looks.shifted {
            let distances = zip(look.landmarks, pose.landmarks).map { hypot($0.x - $1.x, $0.y - $1.y) }
            #expect(try #require(distances.max()) < 0.05, "places are the picture's, not the square's")
        }
        let bare = poses.map { pose in
            var pose = pose
            pose.shiftedLooks = nil
            return pose
        }
        #expect(bare == plain)
    }
}
