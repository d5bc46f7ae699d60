// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging
internal import PoseInference
internal import Synchronization

/// The working memory of a thorough search: as many networks side by side as there are threads.
///
/// Many looks are fastest when each has a core to itself; a single one, when all cores share it. The order of the results is that of what was asked, so that they
/// do not depend on the number of threads.
final class SearchLanes: Sendable {
    /// One core's networks, which one thread uses at a time.
    private final class Lane: @unchecked Sendable {
        var detector: SSDDetector
        var faces: SSDDetector?
        var estimator: LandmarkEstimator

        // All lanes share the threads: a look that is one of several finds them at work, and stays on its own.
        init(_ model: PoseModel, _ faceNetwork: SSDNetwork?, _ threads: ThreadPool) {
            detector = SSDDetector(network: model.detector, threads: threads)
            faces = faceNetwork.map { SSDDetector(network: $0, threads: threads) }
            estimator = LandmarkEstimator(network: model.landmarks, threads: threads)
        }
    }

    private let threads: ThreadPool
    private let free: Mutex<[Lane]>

    /// Takes memory for a lane for each thread.
    ///
    /// - Throws: ``PoseError`` when the face network's file is missing or wrong.
    init(model: PoseModel, threads: ThreadPool) throws(PoseError) {
        let faceNetwork = try model.networkOfFaces()
        self.threads = threads
        free = Mutex((0..<threads.threadCount).map { _ in Lane(model, faceNetwork, threads) })
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
        try each(squares.count) { lane, index throws(PoseError) in
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
        try each(squares.count) { lane, index throws(PoseError) in
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
        try each(regions.count) { lane, index throws(PoseError) in
            try lane.estimator.estimate(
                region: regions[index].region,
                in: picture,
                hiding: regions[index].hidden,
                minScore: minScore,
                cancellation: cancellation
            )
        }
    }

    /// Does several pieces of work, each with a lane: side by side as long as there is one for every thread; the rest of
    /// them one after the other on all threads, where it is few.
    private func each<R: Sendable>(
        _ count: Int,
        _ body: (Lane, Int) throws(PoseError) -> R
    ) throws(PoseError) -> [R] {
        let rest = count % threads.threadCount
        let together = rest * 2 <= threads.threadCount ? count - rest : count
        let results = Mutex([Int: Result<R, PoseError>]())
        withoutActuallyEscaping(body) { body in
            var work = LaneWork { [self] index in
                guard let lane = free.withLock({ $0.popLast() }) else { return }
                let result = Result { () throws(PoseError) in try body(lane, index) }
                free.withLock { $0.append(lane) }
                results.withLock { $0[index] = result }
            }
            if together > 0 { work.run(together, on: threads) }
            for index in together..<count { work.body(index) }
        }
        return try results.withLock { results throws(PoseError) in
            var list: [R] = []
            for index in 0..<count {
                // There are as many lanes as threads.
                guard let result = results[index] else {
                    preconditionFailure("a lane is free for every thread")
                }
                list.append(try result.get())
            }
            return list
        }
    }
}

/// A closure that the threads of a pool share.
@safe private struct LaneWork {
    let body: (Int) -> Void

    mutating func run(_ count: Int, on threads: ThreadPool) {
        unsafe withUnsafeMutablePointer(to: &self) { work in
            unsafe threads.run(unitCount: count, arguments: UnsafeMutableRawPointer(work)) {
                work,
                _,
                begin,
                end in
                guard let work = unsafe work?.assumingMemoryBound(to: LaneWork.self) else { return }
                for index in begin..<end { unsafe work.pointee.body(index) }
            }
        }
    }
}
