// SPDX-License-Identifier: Apache-2.0

package import PoseImaging
package import PoseEstimation
import Synchronization

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

/// What turns decoded pictures into poses; each worker thread has its own.
package protocol PoseEstimator: AnyObject {
    /// Estimates the poses in a picture.
    ///
    /// - Parameters:
    ///   - image: an upright picture.
    ///   - complexity: which landmark network.
    ///   - options: what to look for.
    ///   - threadCount: threads to use; the poses do not depend on it.
    /// - Returns: the people found.
    /// - Throws: ``PoseError`` when an option is out of its range or the model is missing.
    func estimate(
        _ image: ImageBuffer,
        complexity: ModelComplexity,
        options: PoseOptions,
        threadCount: Int
    ) throws(PoseError) -> PoseEstimate
}

/// The models of all complexities, each loaded when it is first asked for, then shared by all workers.
final class ModelLibrary: Sendable {
    private final class Shelf: Sendable {
        let model = Mutex<PoseModel?>(nil)
    }

    private let store: ModelStore
    private let shelves = ModelComplexity.allCases.map { _ in Shelf() }

    init(store: ModelStore) {
        self.store = store
    }

    /// The model of a complexity.
    ///
    /// A missing file is looked for again each time, so that one that is added needs no restart.
    func model(_ complexity: ModelComplexity) throws(PoseError) -> PoseModel {
        try shelves[complexity.rawValue].model.withLock { model throws(PoseError) in
            if let model { return model }
            let loaded = try PoseModel(complexity: complexity, store: store)
            model = loaded
            return loaded
        }
    }
}

/// Estimates with the real networks; takes working memory for each kind of request when the first one comes.
final class LandmarkerEstimator: PoseEstimator {
    private struct Kind: Hashable {
        var complexity: ModelComplexity
        var threadCount: Int
    }

    private final class Holder {
        var landmarker: PoseLandmarker

        init(_ landmarker: consuming PoseLandmarker) {
            self.landmarker = landmarker
        }
    }

    private let library: ModelLibrary
    private var holders: [Kind: Holder] = [:]

    init(library: ModelLibrary) {
        self.library = library
    }

    func estimate(
        _ image: ImageBuffer,
        complexity: ModelComplexity,
        options: PoseOptions,
        threadCount: Int
    ) throws(PoseError) -> PoseEstimate {
        let holder = try holder(Kind(complexity: complexity, threadCount: threadCount))
        let result = try holder.landmarker.detect(in: image, options: options)
        return PoseEstimate(result: result, modelSHA256: holder.landmarker.model.sha256)
    }

    private func holder(_ kind: Kind) throws(PoseError) -> Holder {
        if let holder = holders[kind] { return holder }
        let model = try library.model(kind.complexity)
        let holder = Holder(PoseLandmarker(model: model, threadCount: kind.threadCount))
        holders[kind] = holder
        return holder
    }
}
