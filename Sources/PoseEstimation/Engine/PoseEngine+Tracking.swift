// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

extension PoseEngine {
    /// Estimates the poses in a stream's next frame.
    ///
    /// The detector runs only when nobody is followed. A frame in which the person is lost gives nobody, and the next
    /// one begins with the detector again.
    ///
    /// ```
    ///            region of the last frame?
    ///             no │            │ yes
    ///          detector            │
    ///        nobody │ │ region ────┤
    ///               │              ▼
    ///               │      landmark network ── score too low ──┐
    ///               │              │                            │
    ///               │   filters; region for the next frame      │
    ///               ▼              ▼                            ▼
    ///            nobody           pose           nobody; filters of this person start anew
    /// ```
    ///
    /// A timestamp equal to the last one leaves the frame's landmarks unsmoothed. One before the last begins the stream
    /// anew, as ``PoseTrackState/reset()`` does: somebody went back in it.
    ///
    /// Source: MediaPipe `pose_landmark_cpu.pbtxt` and `pose_landmark_filtering.pbtxt`.
    ///
    /// - Parameters:
    ///   - picture: an upright frame, borrowed; its size may change from frame to frame.
    ///   - timestamp: when it was taken, from any moment on, at any rate.
    ///   - state: what the stream remembers; unchanged when an error is thrown.
    ///   - options: what to look for; one person is followed, so `maxPeople` must be 1.
    ///   - cancellation: looked at between the networks' steps.
    /// - Returns: the person, or nobody, which is not an error.
    /// - Throws: ``PoseError`` `.invalidOption`, `.modelMissing`, `.modelInvalid`, `.cancelled` or `.timedOut`, as
    ///   ``detect(in:options:cancellation:)``.
    public mutating func track(
        _ picture: PictureView,
        at timestamp: Duration,
        state: inout PoseTrackState,
        options: PoseOptions = PoseOptions(),
        cancellation: CancellationToken? = nil
    ) throws(PoseError) -> PoseResult {
        try prepare(for: options)
        guard options.maxPeople == 1 else {
            throw PoseError(
                .invalidOption,
                "A stream follows one person: maxPeople must be 1, got \(options.maxPeople)."
            )
        }
        var next = state
        if let last = next.timestamp, timestamp < last { next.reset() }
        next.timestamp = timestamp
        var person = next.people.first ?? TrackedPerson(smoothing: next.settings.smoothing)
        var timing = PoseTiming()
        let clock = ContinuousClock()

        let start = clock.now
        if person.region == nil {
            let detection = try detector.detect(
                in: picture,
                minScore: options.minDetectionConfidence,
                limit: 1,
                cancellation: cancellation
            ).first
            person.region = detection.flatMap { RegionOfInterest($0, in: picture) }
            person.detectionScore = detection?.score ?? 0
            timing.detect = start.duration(to: clock.now)
        }

        let detected = clock.now
        var poses: [Pose] = []
        if let region = person.region,
            var estimate = try estimate(region, in: picture, options, cancellation)
        {
            person.follow(
                &estimate,
                at: timestamp,
                imageWidth: picture.width,
                imageHeight: picture.height
            )
            poses = [Pose(estimate, region: region, detectionScore: person.detectionScore)]
        } else {
            person.lose()
        }
        timing.landmark = detected.duration(to: clock.now)
        next.people = [person]
        state = next
        return PoseResult(poses: poses, timing: timing)
    }
}
