// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import PoseEstimation
import PoseTestSupport
import Testing

/// A stream of views of one picture, as a moving camera would have them, and black frames where nobody is.
private struct Clip {
    private let picture: ImageBuffer
    private let black = ImageBuffer(width: 470, height: 490)

    init() throws { picture = try Media.picture("camera.png") }

    /// Lends frame `index`, a part of the picture that moves from frame to frame and is not copied.
    func withFrame<R>(_ index: Int, _ body: (PictureView) throws -> R) throws -> R {
        try picture.withUnsafeBytes { bytes in
            let start = ((index * 2) % 14 * picture.width + 3 * index) * 4
            let part = UnsafeRawBufferPointer(rebasing: bytes[start...])
            return try body(
                PictureView(part, width: 470, height: 490, format: .bgrx, stride: picture.rowStride)
            )
        }
    }

    func withBlack<R>(_ body: (PictureView) throws -> R) throws -> R {
        try black.withView { try body($0) }
    }

    static func time(_ index: Int) -> Duration { .microseconds(33_333 * index) }
}

@Suite struct PoseTrackerTests {
    private let clip: Clip

    init() throws { clip = try Clip() }

    private func poses(_ tracker: inout PoseTracker, frame: Int, at time: Int? = nil) throws -> [Pose] {
        try clip.withFrame(frame) { try tracker.track($0, at: Clip.time(time ?? frame)).poses }
    }

    @Test func needsTheDetectorOnlyOnce() throws {
        var tracker = PoseTracker(model: try Media.model())
        #expect(!tracker.state.isTracking)
        var scores: Set<Float> = []
        for frame in 0..<8 {
            let result = try clip.withFrame(frame) { try tracker.track($0, at: Clip.time(frame)) }
            #expect(result.poses.count == 1, "frame \(frame)")
            #expect((result.timing.detect == .zero) == (frame > 0))
            #expect(result.timing.landmark > .zero && tracker.state.isTracking)
            scores.formUnion(result.poses.map(\.detectionScore))
        }
        // That of the detection with which the track began.
        #expect(scores.count == 1)
    }

    @Test func beginsLikeAStill() throws {
        var tracker = PoseTracker(model: try Media.model())
        var landmarker = PoseLandmarker(model: try Media.model())
        let still = try clip.withFrame(0) { try landmarker.detect(in: $0).poses }
        let tracked = try poses(&tracker, frame: 0)
        // The detector of streams keeps the order of sums, which moves the region by a tenth of a pixel or so.
        for (one, other) in zip(tracked, still) {
            for (a, b) in zip(one.landmarks, other.landmarks) {
                #expect(abs(a.x - b.x) < 1e-3 && abs(a.y - b.y) < 1e-3 && abs(a.z - b.z) < 1e-2)
            }
        }
        #expect(tracked.count == 1 && still.count == 1)
        let track = try #require(tracked.first?.track)
        #expect(track == PoseTrack(id: 0, state: .detected) && still.first?.track == nil)
    }

    @Test func theNextRegionComesFromTheLastFrame() throws {
        var tracker = PoseTracker(model: try Media.model(), settings: PoseTrackSettings(smoothing: .none))
        let first = try #require(try poses(&tracker, frame: 0).first)
        let second = try #require(try poses(&tracker, frame: 1).first)
        #expect(first.regionOfInterest != second.regionOfInterest)
        let (one, other) = (first.regionOfInterest, second.regionOfInterest)
        #expect(abs(one.centerX - other.centerX) < one.width / 4 && abs(one.width / other.width - 1) < 0.25)
    }

    @Test func aLostFrameGivesNobodyAndTheNextOneIsLookedOverAnew() throws {
        var tracker = PoseTracker(model: try Media.model())
        #expect(try poses(&tracker, frame: 0).count == 1)
        let lost = try clip.withBlack { try tracker.track($0, at: Clip.time(1)) }
        #expect(lost.poses.isEmpty && lost.timing.detect == .zero && !tracker.state.isTracking)
        let empty = try clip.withBlack { try tracker.track($0, at: Clip.time(2)) }
        #expect(empty.poses.isEmpty && empty.timing.detect > .zero)
        let found = try clip.withFrame(3) { try tracker.track($0, at: Clip.time(3)) }
        #expect(found.poses.count == 1 && found.timing.detect > .zero)
        // Coordinates begin anew, visibilities go on.
        var fresh = PoseTracker(model: try Media.model())
        let first = try #require(try poses(&fresh, frame: 3).first)
        #expect(found.poses[0].landmarks.map(\.x) == first.landmarks.map(\.x))
        #expect(found.poses[0].landmarks.map(\.visibility) != first.landmarks.map(\.visibility))
        // Somebody who is back a moment later is the same person.
        #expect(found.poses[0].track?.id == 0)
    }

    /// Two streams on two workers that take whichever frame is next, against each stream on its own.
    @Test func anyEngineTakesAnyStreamsNextFrame() throws {
        let model = try Media.model()
        let starts = [0, 7]
        let expected = try starts.map { start in
            var tracker = PoseTracker(model: model)
            return try (0..<6).map { try poses(&tracker, frame: start + $0) }
        }
        var first = PoseEngine(model: model, threadCount: 1)
        var second = PoseEngine(model: model, threadCount: 2)
        var states = starts.map { _ in PoseTrackState() }
        for step in 0..<6 {
            for (stream, start) in starts.enumerated() {
                let poses = try clip.withFrame(start + step) { view in
                    let time = Clip.time(start + step)
                    return (step + stream).isMultiple(of: 2)
                        ? try first.track(view, at: time, state: &states[stream]).poses
                        : try second.track(view, at: time, state: &states[stream]).poses
                }
                #expect(poses == expected[stream][step], "stream \(stream), step \(step)")
            }
        }
    }

    @Test func aRepeatedTimeIsNotSmoothedAndAnEarlierOneBeginsAnew() throws {
        var tracker = PoseTracker(model: try Media.model())
        for frame in 0..<3 { _ = try poses(&tracker, frame: frame) }
        let state = tracker.state
        let repeated = try #require(try poses(&tracker, frame: 3, at: 2).first)
        // The network's own answer for the same region.
        var plain = PoseTracker(model: try Media.model(), settings: PoseTrackSettings(smoothing: .none))
        for frame in 0..<3 { _ = try poses(&plain, frame: frame) }
        #expect(plain.state.people.map(\.region) == state.people.map(\.region))
        let unsmoothed = try #require(try poses(&plain, frame: 3).first)
        // The filters work in pixels, which costs a rounding.
        let differences = zip(repeated.landmarks, unsmoothed.landmarks).map { abs($0.x - $1.x) }
        #expect((differences.max() ?? 1) < 1e-6)
        #expect(repeated.worldLandmarks.map(\.z) == unsmoothed.worldLandmarks.map(\.z))

        let earlier = try clip.withFrame(4) { try tracker.track($0, at: .milliseconds(-5)) }
        #expect(earlier.timing.detect > .zero)
        var fresh = PoseTracker(model: try Media.model())
        let expected = try clip.withFrame(4) { try fresh.track($0, at: .milliseconds(-5)).poses }
        #expect(earlier.poses == expected && tracker.state == fresh.state)
    }

    @Test func anErrorLeavesTheStateAsItWas() throws {
        var tracker = PoseTracker(model: try Media.model())
        _ = try poses(&tracker, frame: 0)
        let state = tracker.state
        let token = CancellationToken()
        token.cancel()
        let error = #expect(throws: PoseError.self) {
            try clip.withFrame(1) { try tracker.track($0, at: Clip.time(1), cancellation: token) }
        }
        #expect(error?.code == .cancelled && tracker.state == state)
        var wrong = PoseOptions()
        wrong.maxPeople = -1
        let refusal = #expect(throws: PoseError.self) {
            try clip.withFrame(1) { try tracker.track($0, at: Clip.time(1), options: wrong) }
        }
        #expect(refusal?.code == .invalidOption && tracker.state == state)
        #expect(try poses(&tracker, frame: 1).count == 1)
    }

    @Test func aResetTrackerIsANewOne() throws {
        var tracker = PoseTracker(model: try Media.model())
        let first = try poses(&tracker, frame: 0)
        _ = try poses(&tracker, frame: 1)
        tracker.reset()
        #expect(tracker.state == PoseTrackState())
        #expect(try poses(&tracker, frame: 0) == first)
    }

    /// The same frame with the noise of a sensor, over and over: smoothed landmarks move less than bare ones.
    @Test func smoothingSteadiesAStillPerson() throws {
        func unrest(_ smoothing: PoseSmoothing) throws -> Float {
            var generator = SeededGenerator(seed: 0x5EED)
            var tracker = PoseTracker(
                model: try Media.model(),
                settings: PoseTrackSettings(smoothing: smoothing)
            )
            let still = try Media.picture("astronaut.png")
            var (last, sum): ([Landmark], Float) = ([], 0)
            for frame in 0..<12 {
                var noisy = still
                noisy.withUnsafeMutableBytes { bytes in
                    for index in bytes.indices {
                        bytes[index] = UInt8(
                            clamping: Int(bytes[index]) + .random(in: -6...6, using: &generator)
                        )
                    }
                }
                let pose = try #require(try tracker.track(noisy, at: Clip.time(frame)).poses.first)
                for (now, before) in zip(pose.landmarks.prefix(13), last) {
                    sum += abs(now.x - before.x) + abs(now.y - before.y)
                }
                last = pose.landmarks
            }
            return sum
        }
        let mediapipe = try unrest(.mediapipe)
        #expect(mediapipe < (try unrest(.none)) / 2)
        #expect(try unrest(.live) < 0.9 * mediapipe)
    }
}
