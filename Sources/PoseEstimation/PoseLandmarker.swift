// SPDX-License-Identifier: Apache-2.0

public import PoseImaging
internal import PoseInference

/// How long the stages of one picture took.
public struct PoseTiming: Sendable, Equatable {
    /// Letterbox, detector network, decoding and suppression.
    public var detect: Duration = .zero
    /// Crop, landmark network, decoding and masks, of everybody.
    public var landmark: Duration = .zero

    /// Makes zero timings.
    public init() {}
}

/// What was found in one picture.
public struct PoseResult: Sendable {
    /// People in descending detection score; empty when nobody is found.
    public var poses: [Pose]
    /// How long it took.
    public var timing: PoseTiming

    /// Makes a result of its parts.
    public init(poses: [Pose], timing: PoseTiming) {
        self.poses = poses
        self.timing = timing
    }
}

/// Finds people in one still image and places 33 landmarks on each.
///
/// Stateless from picture to picture: the same picture gives the same bits, at any thread count.
/// Owns working memory, so each worker has its own; the ``PoseModel`` is shared.
public struct PoseLandmarker: ~Copyable {
    /// The networks.
    public let model: PoseModel

    private let threads: ThreadPool
    private var detector: PersonDetector
    private var estimator: LandmarkEstimator
    /// Made when a mask is first asked for.
    private var estimatorWithMask: LandmarkEstimator?

    /// Takes working memory for a model.
    ///
    /// - Parameters:
    ///   - model: the networks.
    ///   - threadCount: threads inside one pass, 1…64.
    public init(model: PoseModel, threadCount: Int = 1) {
        precondition((1...64).contains(threadCount), "threadCount must be 1…64, got \(threadCount)")
        self.model = model
        threads = ThreadPool(threadCount: threadCount)
        detector = PersonDetector(network: model.detector, threads: threads)
        estimator = LandmarkEstimator(network: model.landmarks, threads: threads)
    }

    /// Estimates the poses in a picture.
    ///
    /// As many detections as `options.maxPeople` get a landmark pass, best first; those that turn out not to show a
    /// person are left out.
    ///
    /// - Parameters:
    ///   - image: an upright picture of any size from 1 × 1.
    ///   - options: what to look for.
    /// - Returns: the people found, none of which is not an error.
    /// - Throws: ``PoseError`` `.invalidOption` when an option is out of its range; `.modelMissing` or
    ///   `.modelInvalid` when a mask is asked for the first time and the model file is gone.
    public mutating func detect(
        in image: ImageBuffer,
        options: PoseOptions = PoseOptions()
    ) throws(PoseError) -> PoseResult {
        try options.validate()
        if options.segmentationMask, estimatorWithMask == nil {
            estimatorWithMask = LandmarkEstimator(network: try model.networkWithMask(), threads: threads)
        }
        var timing = PoseTiming()
        let clock = ContinuousClock()

        let start = clock.now
        let detections = detector.detect(
            in: image,
            minScore: options.minDetectionConfidence,
            limit: options.maxPeople
        )
        let detected = clock.now
        timing.detect = start.duration(to: detected)

        var poses: [Pose] = []
        for detection in detections {
            let region = RegionOfInterest(
                center: detection.bodyCenter,
                circle: detection.bodyCircle,
                imageWidth: image.width,
                imageHeight: image.height
            )
            guard let region else { continue }
            let estimate = estimate(region, in: image, options: options)
            guard let estimate else { continue }
            poses.append(Pose(estimate, region: region, detectionScore: detection.score))
        }
        timing.landmark = detected.duration(to: clock.now)
        return PoseResult(poses: poses, timing: timing)
    }

    private mutating func estimate(
        _ region: RegionOfInterest,
        in image: ImageBuffer,
        options: PoseOptions
    ) -> LandmarkEstimate? {
        let minScore = options.minPresenceConfidence
        guard options.segmentationMask else {
            return estimator.estimate(region: region, in: image, minScore: minScore)
        }
        return estimatorWithMask?.estimate(region: region, in: image, minScore: minScore) ?? nil
    }
}
