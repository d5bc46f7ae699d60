// SPDX-License-Identifier: Apache-2.0

/// Why a picture could not be drawn on.
public struct RenderingError: Error, Sendable, CustomStringConvertible {
    /// What a person reads.
    public var message: String

    /// Makes an error from a sentence.
    public init(_ message: String) {
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
