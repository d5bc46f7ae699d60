// SPDX-License-Identifier: Apache-2.0

/// Why a picture could not be read, written or sampled.
public struct ImageError: Error, Sendable, CustomStringConvertible {
    /// What a program branches on.
    public enum Code: Sendable {
        /// The bytes are not those of a JPEG, PNG or WebP file.
        case notAnImage
        /// The file's header promises a picture whose body is damaged or cut short.
        case undecodable
        /// More pixels than the limit allows.
        case tooLarge
        /// The codec refused to write this picture.
        case encodingFailed
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
