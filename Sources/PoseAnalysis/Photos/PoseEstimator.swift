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
    func releaseMemory()
}

extension PoseEstimator {
    package func releaseMemory() {}
}

/// Estimates with the real networks, in memory that it takes from a cache for each picture.
///
/// Photos and frames of streams share that memory.
final class EngineEstimator: PoseEstimator {
    private let engines: EngineCache

    init(engines: EngineCache) {
        self.engines = engines
    }

    func estimate(
        _ image: ImageBuffer,
        complexity: ModelComplexity,
        options: PoseOptions,
        threadCount: Int,
        cancellation: CancellationToken?
    ) throws(PoseError) -> PoseEstimate {
        let kind = EngineCache.Kind(complexity: complexity, threadCount: threadCount)
        let engine = try engines.take(kind, for: NetworkUses(options, isStream: false))
        defer { engines.giveBack(engine) }
        let result = try image.withView { view throws(PoseError) in
            try engine.engine.detect(in: view, options: options, cancellation: cancellation)
        }
        return PoseEstimate(result: result, modelSHA256: engine.engine.model.sha256)
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
        let kind = EngineCache.Kind(complexity: complexity, threadCount: threadCount)
        let engine = try engines.take(kind, for: NetworkUses(options, isStream: true))
        defer { engines.giveBack(engine) }
        let result = try engine.engine.track(
            picture,
            at: timestamp,
            state: &state,
            options: options,
            cancellation: cancellation
        )
        return PoseEstimate(result: result, modelSHA256: engine.engine.model.sha256)
    }

    func releaseMemory() { engines.releaseIdle(keepingOne: true) }
}
