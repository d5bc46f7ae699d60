// SPDX-License-Identifier: Apache-2.0

/// Why poses could not be estimated.
public struct PoseError: Error, Sendable, CustomStringConvertible {
    /// What a program branches on.
    public enum Code: Sendable {
        /// A model file is not in any of the places looked in.
        case modelMissing
        /// A model file is not the one that is expected, by size or SHA-256, or does not parse.
        case modelInvalid
        /// An option is out of its range.
        case invalidOption
        /// A file of results could not be written.
        case outputFailed
        /// A text is not the result that it should be.
        case malformedResult
    }

    /// What a program branches on.
    public var code: Code
    /// What a person reads: what was found, what was expected, what to do.
    public var message: String
    /// The error underneath, never swallowed.
    public var cause: (any Error)?

    /// Makes an error from a code and a sentence.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message.
    public var description: String { message }
}
