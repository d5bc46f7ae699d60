// SPDX-License-Identifier: Apache-2.0

public import PoseEstimation

/// The networks that find faces and people, loaded once and shared.
public struct FaceModels: Sendable {
    /// Looks first, and again at what is doubtful.
    public let full: FaceModel
    /// Looks at what is doubtful.
    public let short: FaceModel
    /// Finds people, whose heads are hidden whether or not a face is seen; `nil` where people are not looked for.
    public let people: PoseModel?

    /// Loads the networks from a store.
    ///
    /// - Parameters:
    ///   - store: where the model files are.
    ///   - people: which landmark network finds people; `nil` for none.
    /// - Throws: `PoseError` `.modelMissing` or `.modelInvalid`.
    public init(store: ModelStore = ModelStore(), people: ModelComplexity? = .full) throws(PoseError) {
        var loaded: PoseModel?
        if let people { loaded = try PoseModel(complexity: people, store: store) }
        try self.init(store: store, loaded: loaded)
    }

    /// Loads the face networks from a store, beside networks for people that were loaded before.
    ///
    /// - Parameters:
    ///   - store: where the model files are.
    ///   - people: what finds people; `nil` for nothing.
    /// - Throws: `PoseError` `.modelMissing` or `.modelInvalid`.
    package init(store: ModelStore, loaded people: PoseModel?) throws(PoseError) {
        full = try FaceModel(range: .full, store: store)
        short = try FaceModel(range: .short, store: store)
        self.people = people
    }
}
