// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// The detector and one landmark network, loaded once and shared.
public final class PoseModel: Sendable {
    /// Which landmark network this is.
    public let complexity: ModelComplexity
    /// SHA-256 of the landmark network's file, in lower-case hexadecimal.
    public let sha256: String

    package let detector: SSDNetwork
    private let detectorOfStreams = CompiledOnce<SSDNetwork>()
    private let detectorSource: ModelSource
    private let faceNetwork = CompiledOnce<SSDNetwork>()
    /// Without the mask, which costs a tenth of the work.
    package let landmarks: LandmarkNetwork
    private let landmarksWithMask = CompiledOnce<LandmarkNetwork>()
    private let source: ModelSource

    /// Loads the detector and a landmark network from a store.
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

    /// Loads them from files of the caller's, each of which must have its SHA-256.
    ///
    /// - Parameters:
    ///   - complexity: which landmark network `landmarkFile` is said to be.
    ///   - detectorFile: the detector.
    ///   - landmarkFile: the landmark network; read again when a mask is first asked for.
    /// - Throws: ``PoseError`` `.modelMissing` or `.modelInvalid`.
    public convenience init(
        complexity: ModelComplexity,
        detectorFile: ModelFile,
        landmarkFile: ModelFile
    ) throws(PoseError) {
        try self.init(
            complexity: complexity,
            detector: .file(detectorFile),
            landmarks: .file(landmarkFile),
            keepsBits: false
        )
    }

    /// Loads them from bytes of the caller's.
    ///
    /// - Parameters:
    ///   - complexity: which landmark network `landmarkBytes` are said to be.
    ///   - detectorBytes: the detector, a TFLite file.
    ///   - landmarkBytes: the landmark network, a TFLite file; kept for the network with the mask.
    /// - Throws: ``PoseError`` `.modelInvalid`.
    public convenience init(
        complexity: ModelComplexity,
        detectorBytes: [UInt8],
        landmarkBytes: [UInt8]
    ) throws(PoseError) {
        try self.init(
            complexity: complexity,
            detector: .bytes(detectorBytes, name: "The detector given as bytes"),
            landmarks: .bytes(landmarkBytes, name: "The landmark network given as bytes"),
            keepsBits: false
        )
    }

    /// Loads them with or without the passes that change the order of a sum, which the detector alone has.
    package convenience init(
        complexity: ModelComplexity,
        store: ModelStore,
        keepsBits: Bool
    ) throws(PoseError) {
        try self.init(
            complexity: complexity,
            detector: .store(store, ModelCatalog.detector),
            landmarks: .store(store, ModelCatalog.landmarks(complexity)),
            keepsBits: keepsBits
        )
    }

    private init(
        complexity: ModelComplexity,
        detector detectorSource: ModelSource,
        landmarks source: ModelSource,
        keepsBits: Bool
    ) throws(PoseError) {
        self.complexity = complexity
        self.source = source
        self.detectorSource = detectorSource
        sha256 = source.sha256
        // Reading, checking and packing take about as long for either; two cores do both at once.
        let (landmarks, detector) = concurrently {
            Result { () throws(PoseError) in try Self.landmarkNetwork(source, withMask: false) }
        } _: {
            Result { () throws(PoseError) in try Self.detector(detectorSource, keepsBits: keepsBits) }
        }
        self.detector = try detector.get()
        self.landmarks = try landmarks.get()
    }

    private static func detector(
        _ source: ModelSource,
        keepsBits: Bool
    ) throws(PoseError) -> SSDNetwork {
        try SSDNetwork(
            bytes: source.bytes(),
            fileName: source.fileName,
            configuration: .poseDetection,
            keepsBits: keepsBits
        )
    }

    /// The detector with every sum in the order that MediaPipe has, compiled when it is first asked for.
    ///
    /// In a stream the region of each frame comes from the one before: a difference of a tenth of a pixel where a track
    /// begins, which the faster order causes, grows to many pixels on difficult clips. A stream needs its detector
    /// seldom, so that its time, a seventh more, does not count.
    ///
    /// - Throws: ``PoseError`` when the file is no longer what it was.
    package func networkOfStreams() throws(PoseError) -> SSDNetwork {
        try detectorOfStreams.get { () throws(PoseError) in
            try Self.detector(detectorSource, keepsBits: true)
        }
    }

    /// The face network of a thorough search, compiled when it is first asked for.
    ///
    /// - Returns: `nil` for a model that was made of the caller's own files or bytes, which has none.
    /// - Throws: ``PoseError`` `.modelMissing` or `.modelInvalid`.
    package func networkOfFaces() throws(PoseError) -> SSDNetwork? {
        guard case .store(let store, _) = source else { return nil }
        return try faceNetwork.get { () throws(PoseError) in
            try FaceModel(range: .full, store: store).network
        }
    }

    private static func landmarkNetwork(
        _ source: ModelSource,
        withMask: Bool
    ) throws(PoseError) -> LandmarkNetwork {
        try LandmarkNetwork(bytes: source.bytes(), fileName: source.fileName, withMask: withMask)
    }

    /// The landmark network with its mask, compiled when it is first asked for.
    ///
    /// - Throws: ``PoseError`` when the file is no longer what it was.
    package func networkWithMask() throws(PoseError) -> LandmarkNetwork {
        try landmarksWithMask.get { () throws(PoseError) in
            try Self.landmarkNetwork(source, withMask: true)
        }
    }
}
