// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation
internal import PoseImaging
internal import PoseInference

/// The face networks' working memory, a pair of them for each thread.
struct FaceLanes {
    /// One core's networks, which one thread uses at a time.
    private final class Lane: @unchecked Sendable {
        var full: SSDDetector
        var short: SSDDetector

        // All lanes share the threads: a look that is one of several finds them at work, and stays on its own.
        init(_ models: FaceModels, _ threads: ThreadPool) {
            let networks = [models.full.network, models.short.network]
            let memory = SessionMemory(for: networks.map(\.model), threadCount: threads.threadCount)
            full = SSDDetector(network: models.full.network, threads: threads, memory: memory)
            short = SSDDetector(network: models.short.network, threads: threads, memory: memory)
        }
    }

    /// A place to look at, and which network looks.
    struct Look {
        var square: RotatedRectangle
        var range: FaceRange
    }

    private let lanes: ThreadLanes<Lane>

    init(_ models: FaceModels, threadCount: Int) {
        let threads = ThreadPool(threadCount: threadCount)
        lanes = ThreadLanes(threads: threads) { Lane(models, threads) }
    }

    /// Looks at several places of a picture.
    ///
    /// - Parameters:
    ///   - looks: where, and by which network.
    ///   - picture: the picture.
    ///   - minScore: lowest score of a candidate.
    ///   - cancellation: looked at between the networks' steps.
    /// - Returns: the candidates of each look, best first.
    /// - Throws: ``PoseError`` `.cancelled` or `.timedOut`.
    func see(
        _ looks: [Look],
        in picture: PictureView,
        minScore: Float,
        _ cancellation: CancellationToken?
    ) throws(PoseError) -> [[FaceCandidate]] {
        try lanes.each(looks.count) { lane, index throws(PoseError) in
            let look = looks[index]
            let seen =
                look.range == .full
                ? try lane.full.detect(
                    in: look.square,
                    of: picture,
                    minScore: minScore,
                    cancellation: cancellation
                )
                : try lane.short.detect(
                    in: look.square,
                    of: picture,
                    minScore: minScore,
                    cancellation: cancellation
                )
            return seen.compactMap { FaceCandidate($0, in: look.square, of: picture) }
        }
    }
}
