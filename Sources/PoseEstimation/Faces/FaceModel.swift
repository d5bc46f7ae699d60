// SPDX-License-Identifier: Apache-2.0

/// One face network, loaded once and shared.
public struct FaceModel: Sendable {
    /// Which network this is.
    public let range: FaceRange
    /// SHA-256 of the network's file, in lower-case hexadecimal.
    public let sha256: String

    package let network: SSDNetwork

    /// Loads a face network from a store.
    ///
    /// - Parameters:
    ///   - range: which network.
    ///   - store: where the model files are.
    /// - Throws: ``PoseError`` `.modelMissing` or `.modelInvalid`.
    public init(range: FaceRange = .full, store: ModelStore = ModelStore()) throws(PoseError) {
        try self.init(range: range, source: .store(store, range.catalogModel))
    }

    /// Loads a face network from a file of the caller's, which must have its SHA-256.
    ///
    /// - Parameters:
    ///   - range: which network the file must be.
    ///   - file: the network.
    /// - Throws: ``PoseError`` `.modelMissing` or `.modelInvalid`.
    public init(range: FaceRange, file: ModelFile) throws(PoseError) {
        try self.init(range: range, source: .file(file))
    }

    /// Loads a face network from bytes of the caller's.
    ///
    /// - Parameters:
    ///   - range: which network the bytes must be.
    ///   - bytes: a TFLite file.
    /// - Throws: ``PoseError`` `.modelInvalid`.
    public init(range: FaceRange, bytes: [UInt8]) throws(PoseError) {
        try self.init(range: range, source: .bytes(bytes, name: "The face network given as bytes"))
    }

    private init(range: FaceRange, source: ModelSource) throws(PoseError) {
        self.range = range
        sha256 = source.sha256
        network = try SSDNetwork(
            bytes: source.bytes(),
            fileName: source.fileName,
            configuration: range.configuration
        )
    }
}
