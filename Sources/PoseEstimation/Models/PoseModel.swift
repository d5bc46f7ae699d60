// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import PoseSystem

/// The detector and one landmark network, loaded once and shared.
public final class PoseModel: Sendable {
    /// Which landmark network this is.
    public let complexity: ModelComplexity
    /// SHA-256 of the landmark network's file, in lower-case hexadecimal.
    public let sha256: String

    package let detector: DetectorNetwork
    /// Without the mask, which costs a tenth of the work.
    package let landmarks: LandmarkNetwork
    private let landmarksWithMask = Mutex<LandmarkNetwork?>(nil)
    private let store: ModelStore

    /// Loads the detector and a landmark network.
    ///
    /// - Parameters:
    ///   - complexity: which landmark network.
    ///   - store: where the model files are.
    /// - Throws: ``PoseError`` `.modelMissing` or `.modelInvalid`.
    public convenience init(
        complexity: ModelComplexity = .full,
        store: ModelStore = ModelStore()
    ) throws(PoseError) {
        try self.init(complexity: complexity, store: store, keepsBits: false)
    }

    /// Loads them with or without the passes that change the order of a sum, which the detector alone has.
    package init(complexity: ModelComplexity, store: ModelStore, keepsBits: Bool) throws(PoseError) {
        let file = ModelCatalog.landmarks(complexity)
        self.complexity = complexity
        self.store = store
        sha256 = file.sha256
        // Reading, checking and packing take about as long for either; two cores do both at once.
        let (landmarks, detector) = concurrently {
            Result { () throws(PoseError) in
                try LandmarkNetwork(bytes: store.bytes(of: file), of: file, withMask: false)
            }
        } _: {
            Result { () throws(PoseError) in
                try DetectorNetwork(bytes: store.bytes(of: ModelCatalog.detector), keepsBits: keepsBits)
            }
        }
        self.detector = try detector.get()
        self.landmarks = try landmarks.get()
    }

    /// The landmark network with its mask, compiled when it is first asked for.
    ///
    /// - Throws: ``PoseError`` when the file is no longer what it was.
    package func networkWithMask() throws(PoseError) -> LandmarkNetwork {
        let file = ModelCatalog.landmarks(complexity)
        // Those who come meanwhile wait rather than compile the same again.
        return try landmarksWithMask.withLock { network throws(PoseError) in
            if let network { return network }
            let compiled = try LandmarkNetwork(bytes: store.bytes(of: file), of: file, withMask: true)
            network = compiled
            return compiled
        }
    }
}
