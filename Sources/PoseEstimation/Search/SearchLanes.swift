// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging
internal import PoseInference

/// The working memory of a thorough search: as many networks side by side as there are threads.
final class SearchLanes: Sendable {
    /// One core's networks, which one thread uses at a time.
    private final class Lane: @unchecked Sendable {
        var detector: SSDDetector
        var faces: SSDDetector?
        var estimator: LandmarkEstimator

        // All lanes share the threads: a look that is one of several finds them at work, and stays on its own.
        init(_ model: PoseModel, _ faceNetwork: SSDNetwork?, _ threads: ThreadPool) {
            let networks = [model.detector.model, model.landmarks.model, faceNetwork?.model]
            let memory = SessionMemory(for: networks.compactMap(\.self), threadCount: threads.threadCount)
            detector = SSDDetector(network: model.detector, threads: threads, memory: memory)
            faces = faceNetwork.map { SSDDetector(network: $0, threads: threads, memory: memory) }
            estimator = LandmarkEstimator(network: model.landmarks, threads: threads, memory: memory)
        }
    }

    private let lanes: ThreadLanes<Lane>

    /// Takes memory for a lane for each thread.
    ///
    /// - Throws: ``PoseError`` when the face network's file is missing or wrong.
    init(model: PoseModel, threads: ThreadPool) throws(PoseError) {
        let faceNetwork = try model.networkOfFaces()
        lanes = ThreadLanes(threads: threads) { Lane(model, faceNetwork, threads) }
    }

    /// Looks for people in several squares of a picture.
    ///
    /// - Parameters:
    ///   - squares: in the picture's pixels; they may reach beyond it.
    ///   - picture: the picture.
    ///   - minScore: lowest score of a detection.
    ///   - cancellation: looked at between the networks' steps.
    /// - Returns: the detections of each square, in fractions of the picture.
    /// - Throws: ``PoseError`` `.cancelled` or `.timedOut`.
    func detect(
        in squares: [RotatedRectangle],
        of picture: PictureView,
        minScore: Float,
        _ cancellation: CancellationToken?
    ) throws(PoseError) -> [[SSDDetection]] {
        try lanes.each(squares.count) { lane, index throws(PoseError) in
            try lane.detector.detect(
                in: squares[index],
                of: picture,
                minScore: minScore,
                cancellation: cancellation
            )
        }
    }

    /// Looks for faces in several squares of a picture.
    ///
    /// - Parameters:
    ///   - squares: in the picture's pixels; they may reach beyond it.
    ///   - picture: the picture.
    ///   - minScore: lowest score of a face.
    ///   - cancellation: looked at between the network's steps.
    /// - Returns: the faces of each square, in fractions of the picture; none where the model has no face network.
    /// - Throws: ``PoseError`` `.cancelled` or `.timedOut`.
    func detectFaces(
        in squares: [RotatedRectangle],
        of picture: PictureView,
        minScore: Float,
        _ cancellation: CancellationToken?
    ) throws(PoseError) -> [[SSDDetection]] {
        try lanes.each(squares.count) { lane, index throws(PoseError) in
            try lane.faces?.detect(
                in: squares[index],
                of: picture,
                minScore: minScore,
                cancellation: cancellation
            ) ?? []
        }
    }

    /// Runs the landmark network on several regions of a picture.
    ///
    /// - Parameters:
    ///   - regions: the regions, each with the heads of others that are hidden there.
    ///   - picture: the picture.
    ///   - minScore: the network's score must be above this.
    ///   - cancellation: looked at between the networks' steps.
    /// - Returns: an estimate for each region, `nil` where it shows no person.
    /// - Throws: ``PoseError`` `.cancelled` or `.timedOut`.
    func estimate(
        _ regions: [(region: RegionOfInterest, hidden: [HeadCover])],
        in picture: PictureView,
        minScore: Float,
        _ cancellation: CancellationToken?
    ) throws(PoseError) -> [LandmarkEstimate?] {
        try lanes.each(regions.count) { lane, index throws(PoseError) in
            try lane.estimator.estimate(
                region: regions[index].region,
                in: picture,
                hiding: regions[index].hidden,
                minScore: minScore,
                cancellation: cancellation
            )
        }
    }
}
