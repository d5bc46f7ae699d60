// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation
internal import PoseImaging

/// Why faces could not be hidden.
public struct PrivacyError: Error, Sendable, CustomStringConvertible {
    /// What a program branches on.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The code in lower snake case.
        public let description: String

        private init(_ name: String) { description = name }

        /// The picture could not be read or written; the cause is an `ImageError`.
        public static let picture = Code("picture")
        /// The networks could not be loaded or run; the cause is a `PoseError`.
        public static let networks = Code("networks")
        /// A face or an option cannot be used; the cause is a ``CoverError``.
        public static let cover = Code("cover")
        /// A place that somebody marked lies outside of the picture.
        public static let placeOutside = Code("place_outside_picture")
        /// A sidecar is not one.
        public static let malformedSidecar = Code("malformed_sidecar")
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

    init(_ error: ImageError) { self.init(.picture, error.message, cause: error) }

    init(_ error: CoverError) {
        // Memory that is used up is told as pictures tell it.
        if let cause = error.cause as? ImageError {
            self.init(cause)
        } else {
            self.init(.cover, error.message, cause: error)
        }
    }

    init(_ error: PoseError) { self.init(.networks, error.message, cause: error) }
}
