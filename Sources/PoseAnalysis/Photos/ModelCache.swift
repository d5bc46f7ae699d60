// SPDX-License-Identifier: Apache-2.0

public import PoseEstimation
public import PosePrivacy
internal import PoseSystem
internal import Synchronization

/// The networks of all complexities, each loaded when it is first asked for, then shared by all workers.
public final class ModelCache: Sendable {
    private final class Entry: Sendable {
        let model = Mutex<PoseModel?>(nil)
    }

    private let store: ModelStore
    private let entries = ModelComplexity.allCases.map { _ in Entry() }
    private let faces = Mutex<FaceModels?>(nil)

    /// Makes a cache that has loaded nothing yet.
    public init(store: ModelStore = ModelStore()) {
        self.store = store
    }

    /// The networks of a complexity; whoever asks while they are being loaded waits for them.
    ///
    /// A missing file is looked for again each time, so that one that is added needs no restart.
    ///
    /// - Throws: `PoseError` `.modelMissing` or `.modelInvalid`.
    public func model(_ complexity: ModelComplexity) throws(PoseError) -> PoseModel {
        try entries[complexity.rawValue].model.withLock { model throws(PoseError) in
            if let model { return model }
            let loaded = try PoseModel(complexity: complexity, store: store)
            model = loaded
            return loaded
        }
    }

    /// The networks that find faces and heads, loaded when they are first asked for.
    ///
    /// - Throws: `PoseError` `.modelMissing` or `.modelInvalid`.
    public func faceModels() throws(PoseError) -> FaceModels {
        try faces.withLock { faces throws(PoseError) in
            if let faces { return faces }
            let loaded = try FaceModels(store: store, loaded: model(Self.peopleComplexity))
            faces = loaded
            return loaded
        }
    }

    /// The complexity of the networks that find people whose heads are hidden.
    static let peopleComplexity = ModelComplexity.full

    /// Lets the face networks go; whoever has them keeps them.
    func releaseFaceModels() { faces.withLock { $0 = nil } }

    /// Lets the networks of some complexities go where no worker has them; they are loaded again when they are needed.
    func releaseUnused(_ complexities: [ModelComplexity]) {
        for complexity in complexities {
            entries[complexity.rawValue].model.withLock { model in
                if isKnownUniquelyReferenced(&model) { model = nil }
            }
        }
    }

    /// Begins to load the networks of a complexity on another thread; what fails is told by ``model(_:)``.
    public func prefetch(_ complexity: ModelComplexity) { prefetch(complexity, forStreams: false) }

    /// The same, with the detector that streams have beside, or without it.
    package func prefetch(_ complexity: ModelComplexity, forStreams: Bool) {
        SystemThread { [self] in
            let model = try? model(complexity)
            if forStreams { _ = try? model?.networkOfStreams() }
        }.start()
    }
}
