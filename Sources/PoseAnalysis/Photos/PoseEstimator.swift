// SPDX-License-Identifier: Apache-2.0

package import PoseEstimation
package import PoseImaging

/// What one worker found in a picture.
package struct PoseEstimate: Sendable {
    /// The people and how long it took.
    package var result: PoseResult
    /// SHA-256 of the landmark network that ran.
    package var modelSHA256: String

    package init(result: PoseResult, modelSHA256: String) {
        self.result = result
        self.modelSHA256 = modelSHA256
    }
}

/// What turns decoded pictures into poses; each worker has its own.
package protocol PoseEstimator: AnyObject {
    /// Estimates the poses in a picture.
    ///
    /// - Parameters:
    ///   - image: an upright picture.
    ///   - complexity: which landmark network.
    ///   - options: what to look for.
    ///   - threadCount: threads to use; the poses do not depend on it.
    ///   - cancellation: looked at between the networks' steps.
    /// - Returns: the people found.
    /// - Throws: `PoseError` when an option is out of its range or the model is missing.
    func estimate(
        _ image: ImageBuffer,
        complexity: ModelComplexity,
        options: PoseOptions,
        threadCount: Int,
        cancellation: CancellationToken?
    ) throws(PoseError) -> PoseEstimate

    /// Estimates the poses in a stream's next frame.
    ///
    /// - Parameters:
    ///   - picture: an upright frame, borrowed.
    ///   - timestamp: when it was taken, from any moment on.
    ///   - state: what the stream remembers; unchanged when an error is thrown.
    ///   - complexity: which landmark network.
    ///   - options: what to look for.
    ///   - threadCount: threads to use; the poses do not depend on it.
    ///   - cancellation: looked at between the networks' steps.
    /// - Returns: the people found.
    /// - Throws: `PoseError` when an option is out of its range or the model is missing.
    func track(
        _ picture: PictureView,
        at timestamp: Duration,
        state: inout PoseTrackState,
        complexity: ModelComplexity,
        options: PoseOptions,
        threadCount: Int,
        cancellation: CancellationToken?
    ) throws(PoseError) -> PoseEstimate

    /// Lets working memory go that may not be needed again soon; what comes next may take a moment longer.
    ///
    /// - Parameter complexity: the landmark network that is expected to be used next.
    func releaseMemory(keeping complexity: ModelComplexity)
}

extension PoseEstimator {
    package func releaseMemory(keeping complexity: ModelComplexity) {}
}

/// Estimates with the real networks; takes working memory for each kind of picture when the first one comes.
///
/// Photos and frames of streams share that memory.
final class EngineEstimator: PoseEstimator {
    private struct Kind: Hashable {
        var complexity: ModelComplexity
        var threadCount: Int
    }

    private final class Holder {
        var engine: PoseEngine

        init(_ engine: consuming PoseEngine) {
            self.engine = engine
        }
    }

    private let models: ModelCache
    private var holders: [Kind: Holder] = [:]
    private var lastKind: Kind?

    init(models: ModelCache) {
        self.models = models
    }

    func estimate(
        _ image: ImageBuffer,
        complexity: ModelComplexity,
        options: PoseOptions,
        threadCount: Int,
        cancellation: CancellationToken?
    ) throws(PoseError) -> PoseEstimate {
        let holder = try holder(Kind(complexity: complexity, threadCount: threadCount))
        let result = try image.withView { view throws(PoseError) in
            try holder.engine.detect(in: view, options: options, cancellation: cancellation)
        }
        return PoseEstimate(result: result, modelSHA256: holder.engine.model.sha256)
    }

    func track(
        _ picture: PictureView,
        at timestamp: Duration,
        state: inout PoseTrackState,
        complexity: ModelComplexity,
        options: PoseOptions,
        threadCount: Int,
        cancellation: CancellationToken?
    ) throws(PoseError) -> PoseEstimate {
        let holder = try holder(Kind(complexity: complexity, threadCount: threadCount))
        let result = try holder.engine.track(
            picture,
            at: timestamp,
            state: &state,
            options: options,
            cancellation: cancellation
        )
        return PoseEstimate(result: result, modelSHA256: holder.engine.model.sha256)
    }

    private func holder(_ kind: Kind) throws(PoseError) -> Holder {
        lastKind = kind
        if let holder = holders[kind] { return holder }
        let model = try models.model(kind.complexity)
        let holder = Holder(PoseEngine(model: model, threadCount: kind.threadCount))
        holders[kind] = holder
        return holder
    }

    /// Keeps what was used last, if it is of the complexity.
    func releaseMemory(keeping complexity: ModelComplexity) {
        holders = holders.filter { $0.key == lastKind && $0.key.complexity == complexity }
        models.releaseUnused(except: complexity)
    }
}
