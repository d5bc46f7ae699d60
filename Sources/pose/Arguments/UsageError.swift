// SPDX-License-Identifier: Apache-2.0

/// Arguments that cannot be followed: what was given and what is allowed.
struct UsageError: Error, Equatable {
    /// One or two sentences.
    var message: String

    init(_ message: String) {
        self.message = message
    }
}
