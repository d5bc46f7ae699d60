// SPDX-License-Identifier: Apache-2.0

/// A model file at a path, pinned by its SHA-256.
public struct ModelFile: Hashable, Sendable {
    /// Where it is.
    public var path: String
    /// SHA-256 that its bytes must have, 64 hexadecimal digits.
    public var sha256: String

    /// Names a file and what it must be.
    public init(path: String, sha256: String) {
        self.path = path
        self.sha256 = sha256
    }
}
