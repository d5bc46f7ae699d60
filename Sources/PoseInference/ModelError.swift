// SPDX-License-Identifier: Apache-2.0

/// Why a model file could not be used.
public struct ModelError: Error, Sendable, CustomStringConvertible {
    /// What a program branches on; there may be more of them in a later version.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The bytes are not a well-formed TFLite model.
        public static let malformed = Code("malformed")
        /// The model uses an operator, type or shape that this engine does not run.
        public static let unsupported = Code("unsupported")

        private let name: String

        private init(_ name: String) { self.name = name }

        /// The code's name.
        public var description: String { name }
    }

    /// What a program branches on.
    public var code: Code
    /// What a person reads: what was found, where, what was expected, what to do next.
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
