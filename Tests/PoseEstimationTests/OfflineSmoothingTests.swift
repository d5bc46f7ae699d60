// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseSystem
import PoseTestSupport
import Testing

@Suite struct OfflineSmoothingTests {
    /// Somebody who walks to the right, seen from behind, left and right half a metre apart.
    private func walker(_ time: Double, id: Int = 0, offset: Float = 0, noise: Float = 0) -> Pose {
        let landmarks = PoseLandmark.allCases.map { landmark in
            let side: Float = landmark.rawValue == 0 ? 0 : landmark.name.hasPrefix("left") ? -1 : 1
            let row = Float(landmark.rawValue) / 40
            return Landmark(
                x: 0.2 + offset + Float(time) * 0.05 + side * 0.04 + noise,
                y: 0.1 + row,
                z: side * 0.01,
                visibility: 0.9,
                presence: 0.8
            )
        }
        let world = PoseLandmark.allCases.map { landmark in
            let side: Float = landmark.rawValue == 0 ? 0 : landmark.name.hasPrefix("left") ? -1 : 1
            return WorldLandmark(
                x: side * 0.25 + noise,
                y: Float(landmark.rawValue) / 40,
                z: 0.1 * side,
                visibility: 0.9,
                presence: 0.8
            )
        }
        return Pose(
            score: 0.9,
            detectionScore: 0.7,
            box: NormalizedBox(around: landmarks),
            regionOfInterest: RegionOfInterest(
                centerX: 0.5,
                centerY: 0.5,
                width: 0.5,
                height: 0.9,
                rotationRadians: 3
            ),
            landmarks: landmarks,
            worldLandmarks: world,
            track: PoseTrack(id: id, state: .tracked)
        )
    }

    private func film(_ count: Int, rate: Double = 30, _ poses: (Int, Double) -> [Pose]) -> [PoseDocument] {
        (0..<count).map { index in
            let time = Double(index) / rate
            return PoseDocument(
                source: "film.mp4",
                frame: PoseFrame(index: index, time: .seconds(time)),
                imageWidth: 1920,
                imageHeight: 1080,
                orientation: 1,
                complexity: .full,
                modelSHA256: "0",
                timing: nil,
                poses: poses(index, time)
            )
        }
    }

    private func smoothed(_ film: [PoseDocument]) -> [PoseDocument] {
        var film = film
        OfflineSmoothing().apply(to: &film)
        return film
    }

    private func distance(_ one: Pose, _ other: Pose) -> Float {
        zip(one.landmarks, other.landmarks).map { max(abs($0.x - $1.x), abs($0.y - $1.y)) }.max() ?? .infinity
    }

    @Test func anEvenWalkStays() {
        let film = film(40) { _, time in [walker(time)] }
        for (record, before) in zip(smoothed(film), film) {
            #expect(distance(record.poses[0], before.poses[0]) < 1e-5)
            #expect(record.poses[0].track == before.poses[0].track)
            #expect(record.poses[0].score == 0.9)
        }
    }

    @Test func noiseFallsWithoutLag() {
        var generator = SeededGenerator(seed: 3)
        let film = film(120) { _, time in
            [walker(time, noise: Float.random(in: -0.01...0.01, using: &generator))]
        }
        let result = smoothed(film)
        func error(_ film: [PoseDocument]) -> Float {
            film.enumerated().reduce(0) { sum, record in
                sum + distance(record.element.poses[0], walker(Double(record.offset) / 30))
            }
        }
        #expect(error(result) < 0.75 * error(film))
        func worldPower(_ film: [PoseDocument]) -> Float {
            film.reduce(0) { $0 + $1.poses[0].worldLandmarks[0].x * $1.poses[0].worldLandmarks[0].x }
        }
        #expect(worldPower(result) < 0.6 * worldPower(film))
    }

    @Test(arguments: [1, 3, 10, 11])
    func shortGapsAreFilledAndMarked(missing: Int) {
        let film = film(60) { index, time in
            (20..<(20 + missing)).contains(index) ? [] : [walker(time, id: 4)]
        }
        let result = smoothed(film)
        for (index, record) in result.enumerated() {
            #expect(record.poses.count == 1)
            guard let pose = record.poses.first else { continue }
            let isFilled = (20..<(20 + missing)).contains(index)
            #expect(pose.track == PoseTrack(id: 4, state: isFilled ? .filled : .tracked))
            #expect(record.frame?.state == (isFilled ? .filled : nil))
            #expect(distance(pose, walker(Double(index) / 30)) < 1e-3)
            #expect(abs(pose.landmarks[5].visibility - 0.9) < 1e-5)
            #expect(pose.box == NormalizedBox(around: pose.landmarks))
        }
    }

    @Test func longGapsStay() {
        let film = film(60) { index, time in (20..<33).contains(index) ? [] : [walker(time)] }
        for (index, record) in smoothed(film).enumerated() {
            #expect(record.poses.isEmpty == (20..<33).contains(index))
        }
    }

    /// A jump in a gap that parts a track must not be smeared over its ends.
    @Test func nothingIsMixedAcrossALongGap() {
        let film = film(60) { index, time in
            (20..<40).contains(index) ? [] : [walker(time, offset: index < 20 ? 0 : 0.4)]
        }
        for (record, before) in zip(smoothed(film), film) where !before.poses.isEmpty {
            #expect(distance(record.poses[0], before.poses[0]) < 1e-5)
        }
    }

    @Test func peopleAreNeverMixed() {
        // Two people in changing order; the second one misses some frames.
        let film = film(50) { index, time in
            let first = walker(time, id: 2)
            let second = walker(time, id: 7, offset: 0.5)
            if (10..<14).contains(index) { return [first] }
            return index.isMultiple(of: 2) ? [first, second] : [second, first]
        }
        for (index, record) in smoothed(film).enumerated() {
            #expect(Set(record.poses.compactMap { $0.track?.id }) == [2, 7])
            for pose in record.poses {
                let expected = walker(Double(index) / 30, offset: pose.track?.id == 2 ? 0 : 0.5)
                #expect(distance(pose, expected) < 1e-3)
            }
        }
    }

    @Test(arguments: 1...5) func exchangedSidesArePutRightAndMarked(count: Int) {
        let exchanged = 20..<(20 + count)
        let film = film(50) { index, time in
            var pose = walker(time)
            if exchanged.contains(index) {
                for left in [1, 2, 3, 7, 9] + Array(stride(from: 11, to: 33, by: 2)) {
                    let right = left < 7 ? left + 3 : left + 1
                    pose.landmarks.swapAt(left, right)
                    pose.worldLandmarks.swapAt(left, right)
                }
            }
            return [pose]
        }
        for (index, record) in smoothed(film).enumerated() {
            #expect(record.poses[0].track?.hadSwappedSides == exchanged.contains(index))
            #expect(distance(record.poses[0], walker(Double(index) / 30)) < 1e-4)
        }
    }

    /// Whoever turns around within a frame or two stays turned.
    @Test func sidesThatStayExchangedAreLeft() {
        let film = film(60) { index, time in
            var pose = walker(time)
            if index >= 20 {
                for left in stride(from: 11, to: 33, by: 2) {
                    pose.landmarks.swapAt(left, left + 1)
                    pose.worldLandmarks.swapAt(left, left + 1)
                }
            }
            return [pose]
        }
        let result = smoothed(film)
        #expect(result.allSatisfy { $0.poses[0].track?.hadSwappedSides == false })
        #expect(distance(result[40].poses[0], film[40].poses[0]) < 1e-4)
    }

    /// Seen from the side, only the legs exchange their places between two frames; shoulders and hips do not.
    @Test func legsThatPassEachOtherAreNoExchange() {
        let film = film(40) { index, time in
            var pose = walker(time)
            if (20..<22).contains(index) {
                for left in [25, 27, 29, 31] {
                    pose.landmarks.swapAt(left, left + 1)
                    pose.worldLandmarks.swapAt(left, left + 1)
                }
            }
            return [pose]
        }
        #expect(smoothed(film).allSatisfy { $0.poses[0].track?.hadSwappedSides == false })
    }

    @Test func whatIsNoFilmStays() {
        var photos = film(5) { index, time in [walker(time, offset: Float(index) * 0.1)] }
        for index in photos.indices { photos[index].frame = nil }
        #expect(smoothed(photos) == photos)
        var untracked = film(5) { index, time in [walker(time, offset: Float(index) * 0.1)] }
        for index in untracked.indices { untracked[index].poses[0].track = nil }
        #expect(smoothed(untracked) == untracked)
        #expect(smoothed([]).isEmpty)
    }

    /// Frames that a player shows at the same moment, or before the last one, part the film.
    @Test(arguments: [Duration.zero, .seconds(-1)])
    func timesThatDoNotGoOnPartTheFilm(step: Duration) {
        var film = film(20) { _, time in [walker(time)] }
        for index in 10..<20 {
            let time = (film[9].frame?.time ?? .zero) + step + .milliseconds(33 * (index - 10))
            film[index].frame?.time = time
        }
        for (record, before) in zip(smoothed(film), film) {
            #expect(distance(record.poses[0], before.poses[0]) < 1e-3)
        }
    }
}
