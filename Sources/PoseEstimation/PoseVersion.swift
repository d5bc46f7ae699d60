// SPDX-License-Identifier: Apache-2.0

/// The version of this package, for programs that report what they were built with.
public enum PoseVersion {
    /// The version by Semantic Versioning, without a leading `v`: `0.2.0`.
    public static let current = "0.2.0"
}
