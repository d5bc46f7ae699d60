// SPDX-License-Identifier: Apache-2.0

/// The detector and one landmark network, loaded once and shared.
public final class PoseModel: Sendable {
    /// Which landmark network this is.
    public let complexity: ModelComplexity
    /// SHA-256 of the landmark network's file, in lower-case hexadecimal.
    public let sha256: String

    /// Loads the detector and a landmark network.
    ///
    /// - Parameters:
    ///   - complexity: which landmark network.
    ///   - store: where the model files are.
    /// - Throws: ``PoseError`` `.modelMissing` or `.modelInvalid`.
    public init(complexity: ModelComplexity = .full, store: ModelStore = ModelStore()) throws(PoseError) {
        throw PoseError(.modelMissing, "no model loading yet")
    }
}
