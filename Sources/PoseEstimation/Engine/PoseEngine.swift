// SPDX-License-Identifier: Apache-2.0

public import PoseImaging
internal import PoseInference

/// What finds people and places their landmarks: the working memory of one worker.
///
/// Remembers nothing from picture to picture; a stream's ``PoseTrackState`` is a value of its own. The same picture, and
/// the same state before it, give the same bits at any thread count. Each worker has its own engine; the
/// ``PoseModel`` is shared. ``PoseLandmarker`` and ``PoseTracker`` are this for a single kind of work.
public struct PoseEngine: ~Copyable {
    /// The networks.
    public let model: PoseModel

    let threads: ThreadPool
    /// The networks' own, one at a time.
    private let memory: SessionMemory
    private var detector: SSDDetector
    /// Made when a stream first needs it.
    private var detectorOfStreams: SSDDetector?
    private var estimator: LandmarkEstimator
    /// Made when a mask is first asked for.
    private var estimatorWithMask: LandmarkEstimator?
    /// Made when a thorough search is first asked for.
    private var searchLanes: SearchLanes?

    /// Landmark passes beyond the number of people asked for, when passes led to bodies that were there already: few
    /// enough that a low threshold, which gives hundreds of detections of nobody, costs no more time.
    private static let sparePlaces = 8

    /// Takes working memory for a model.
    ///
    /// - Parameters:
    ///   - model: the networks.
    ///   - threadCount: threads inside one pass, 1…64.
    /// - Precondition: `threadCount` is in its range.
    public init(model: PoseModel, threadCount: Int = 1) {
        precondition((1...64).contains(threadCount), "threadCount must be 1…64, got \(threadCount)")
        self.model = model
        threads = ThreadPool(threadCount: threadCount)
        memory = SessionMemory(
            for: [model.detector.model, model.landmarks.model],
            threadCount: threadCount
        )
        detector = SSDDetector(network: model.detector, threads: threads, memory: memory)
        estimator = LandmarkEstimator(network: model.landmarks, threads: threads, memory: memory)
    }

    /// Estimates the poses in a still picture.
    ///
    /// As many detections as `options.maxPeople` get a landmark pass, best first; those that turn out not to show a
    /// person are left out. One that leads to a body which is there already is left out, too, and the next one gets its
    /// turn instead, up to eight times.
    ///
    /// - Parameters:
    ///   - picture: an upright picture, borrowed.
    ///   - options: what to look for.
    ///   - cancellation: looked at between people and between the networks' steps.
    /// - Returns: the people found, none of which is not an error.
    /// - Throws: ``PoseError`` `.invalidOption` when an option is out of its range; `.modelMissing` or
    ///   `.modelInvalid` when a mask is asked for the first time and the model file is gone; `.cancelled` or
    ///   `.timedOut`.
    public mutating func detect(
        in picture: PictureView,
        options: PoseOptions = PoseOptions(),
        cancellation: CancellationToken? = nil
    ) throws(PoseError) -> PoseResult {
        try prepare(for: options)
        var timing = PoseTiming()
        let clock = ContinuousClock()

        let start = clock.now
        // With room for one person the first detection is the last that is used.
        let detections = try detector.detect(
            in: picture,
            minScore: options.minDetectionConfidence,
            limit: options.maxPeople == 1 ? 1 : .max,
            cancellation: cancellation
        )
        let detected = clock.now
        timing.detect = start.duration(to: detected)

        var people = DistinctPeople(imageWidth: picture.width, imageHeight: picture.height)
        var firsts: [LandmarkEstimate] = []
        var (places, sparePlaces) = (options.peopleLimit, Self.sparePlaces)
        for detection in detections where places > 0 {
            places -= 1
            guard let region = RegionOfInterest(detection, in: picture) else { continue }
            guard people.isNew(region) else {
                places += 1
                continue
            }
            guard let estimate = try estimate(region, in: picture, options, cancellation) else { continue }
            let isNew = people.add(Pose(estimate, region: region, detectionScore: detection.score))
            if isNew {
                firsts.append(estimate)
            } else if sparePlaces > 0 {
                places += 1
                sparePlaces -= 1
            }
        }
        timing.landmark = detected.duration(to: clock.now)
        var poses = people.poses
        if options.search == .thorough || !options.places.isEmpty {
            let landmarks = clock.now
            poses = try searchThoroughly(beside: poses, firsts, in: picture, options, cancellation)
            timing.detect += landmarks.duration(to: clock.now)
        }
        options.order.sort(&poses)
        var result = PoseResult(poses: poses, timing: timing)
        try addShiftedLooks(to: &result, in: picture, options, cancellation)
        return result
    }

    /// The networks of a thorough search, which are made when they are first needed.
    mutating func lanes() throws(PoseError) -> SearchLanes {
        if let searchLanes { return searchLanes }
        let lanes = try SearchLanes(model: model, threads: threads)
        searchLanes = lanes
        return lanes
    }

    /// Checks the options, and takes the memory they need.
    mutating func prepare(for options: PoseOptions) throws(PoseError) {
        try options.validate()
        if options.segmentationMask, estimatorWithMask == nil {
            estimatorWithMask = LandmarkEstimator(
                network: try model.networkWithMask(),
                threads: threads,
                memory: memory
            )
        }
    }

    /// Looks for people in a frame of a stream.
    mutating func detectInStream(
        _ picture: PictureView,
        minScore: Float,
        limit: Int,
        _ cancellation: CancellationToken?
    ) throws(PoseError) -> [SSDDetection] {
        if detectorOfStreams == nil {
            detectorOfStreams = SSDDetector(
                network: try model.networkOfStreams(),
                threads: threads,
                memory: memory
            )
        }
        return try detectorOfStreams?.detect(
            in: picture,
            minScore: minScore,
            limit: limit,
            cancellation: cancellation
        ) ?? []
    }

    /// Runs the landmark network on a region.
    ///
    /// - Returns: `nil` when it shows no person.
    mutating func estimate(
        _ region: RegionOfInterest,
        in picture: PictureView,
        _ options: PoseOptions,
        _ cancellation: CancellationToken?
    ) throws(PoseError) -> LandmarkEstimate? {
        let minScore = options.minPresenceConfidence
        guard options.segmentationMask else {
            return try estimate(region, in: picture, minScore: minScore, cancellation)
        }
        return try estimatorWithMask?.estimate(
            region: region,
            in: picture,
            minScore: minScore,
            cancellation: cancellation
        ) ?? nil
    }

    /// Runs the landmark network without a mask on a region.
    ///
    /// - Returns: `nil` when its score is not above the least.
    mutating func estimate(
        _ region: RegionOfInterest,
        in picture: PictureView,
        minScore: Float,
        _ cancellation: CancellationToken?
    ) throws(PoseError) -> LandmarkEstimate? {
        try estimator.estimate(
            region: region,
            in: picture,
            minScore: minScore,
            cancellation: cancellation
        )
    }
}

extension RegionOfInterest {
    /// Where the landmark network says that the body is.
    init?(bodyOf estimate: LandmarkEstimate, in picture: PictureView) {
        self.init(
            body: estimate.points[LandmarkDecoder.bodyCenter],
            estimate.points[LandmarkDecoder.bodyCircle],
            imageWidth: picture.width,
            imageHeight: picture.height
        )
    }

    /// The square that the landmark network shall see for a person whom the pose detector saw.
    init?(_ detection: SSDDetection, in picture: PictureView) {
        self.init(
            center: detection.keyPoints[BodyKeyPoint.center],
            circle: detection.keyPoints[BodyKeyPoint.circle],
            imageWidth: picture.width,
            imageHeight: picture.height
        )
    }
}
