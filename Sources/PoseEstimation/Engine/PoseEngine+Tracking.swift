// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

extension PoseEngine {
    /// Estimates the poses in a stream's next frame.
    ///
    /// With room for one person this is MediaPipe's tracker, number for number: the detector runs only when nobody is
    /// followed, and a frame in which the person is lost gives nobody; the next one begins with the detector again.
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
    /// With room for more, each person is followed like that, with filters of their
    /// own and a number that stays through crossings and short absences; see ``PoseTrackSettings``.
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
    ///   - options: what to look for.
    ///   - cancellation: looked at between the networks' steps.
    /// - Returns: the people by their numbers, or nobody, which is not an error. Each has a ``Pose/track``.
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
        var next = state
        if let last = next.timestamp, timestamp < last { next.reset() }
        next.timestamp = timestamp
        let frame = StreamFrame(
            picture: picture,
            time: timestamp,
            options: options,
            cancellation: cancellation
        )
        var result =
            options.maxPeople == 1 ? try followOne(in: frame, &next) : try followSeveral(in: frame, &next)
        result.state = result.timing.detect > .zero ? .detected : .tracked
        result.poses = next.subject(of: result.poses, in: frame)
        try addShiftedLooks(to: &result, in: picture, options, cancellation)
        state = next
        return result
    }

    /// Follows one person, as MediaPipe does it.
    private mutating func followOne(
        in frame: StreamFrame,
        _ state: inout PoseTrackState
    ) throws(PoseError) -> PoseResult {
        var person = state.people.first ?? TrackedPerson(smoothing: state.settings.smoothing)
        var timing = PoseTiming()
        let clock = ContinuousClock()

        let start = clock.now
        let isDetected = person.region == nil
        // The landmark network has looked at somebody whom the search found, with the heads of others covered.
        var foundSight: Sight?
        if isDetected {
            let detections = try detectInStream(
                frame.picture,
                minScore: frame.options.minDetectionConfidence,
                // Without a rule the first detection is the last that is used.
                limit: state.settings.subject.map { _ in Int.max } ?? 1,
                frame.cancellation
            )
            let detection = state.settings.subject.ranked(detections, in: frame.picture).first
            person.region = detection.flatMap { RegionOfInterest($0, in: frame.picture) }
            person.detectionScore = detection?.score ?? 0
            if person.region == nil, let found = try searchInStream(beside: [], frame, &state).first {
                foundSight = found.sight
                person.detectionScore = found.score
            }
            timing.detect = start.duration(to: clock.now)
        }

        let detected = clock.now
        var poses: [Pose] = []
        let seen = try person.region.flatMap { region throws(PoseError) in try look(at: region, frame) }
        if var sight = foundSight ?? seen {
            if isDetected {
                if foundSight == nil, state.settings.smoothing.refinesDetections { try refine(&sight, frame) }
                person.id = person.id(of: sight, in: frame, state.settings.memory) ?? state.takeID()
            }
            person.isConfirmed = true
            person.follow(&sight.estimate, at: frame.time, imageWidth: frame.width, imageHeight: frame.height)
            poses = [person.pose(sight, isDetected: isDetected)]
        } else {
            person.lose()
        }
        timing.landmark = detected.duration(to: clock.now)
        state.people = [person]
        return PoseResult(poses: poses, timing: timing)
    }
}

/// A stream's frame and what is asked of it.
@safe struct StreamFrame {
    let picture: PictureView
    let time: Duration
    let options: PoseOptions
    let cancellation: CancellationToken?

    var width: Int { picture.width }
    var height: Int { picture.height }

    /// How alike two people's landmarks lie in the frame; see ``PoseSimilarity``.
    func similarity(_ one: [Landmark], _ other: [Landmark]) -> Double {
        PoseSimilarity.between(one, other, imageWidth: width, imageHeight: height)
    }
}

extension TrackedPerson {
    /// The pose that results tell of.
    func pose(_ sight: Sight, isDetected: Bool) -> Pose {
        var pose = Pose(sight.estimate, region: sight.region, detectionScore: detectionScore)
        pose.track = id.map { PoseTrack(id: $0, state: isDetected ? .detected : .tracked) }
        return pose
    }

    /// The person's number, if a sight is of somebody who is where the person was lost.
    fileprivate func id(of sight: Sight, in frame: StreamFrame, _ memory: Duration) -> Int? {
        guard let motion, frame.time - motion.time <= memory else { return nil }
        return reappearance(as: sight, in: frame) > 0 ? id : nil
    }
}
