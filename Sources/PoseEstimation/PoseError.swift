// SPDX-License-Identifier: Apache-2.0

/// Why poses or faces could not be found.
public struct PoseError: Error, Sendable, CustomStringConvertible {
    /// What a program branches on; more codes may come, so a `switch` over them needs a `default`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Name: String {
            case modelMissing, modelInvalid, invalidOption, outputFailed, malformedResult
            case cancelled, timedOut, outOfMemory
        }

        private let name: Name

        private init(_ name: Name) { self.name = name }

        /// The code's own name.
        public var description: String { name.rawValue }

        /// A model file is not in any of the places looked in, or cannot be read.
        public static let modelMissing = Code(.modelMissing)
        /// A model file is not the one that is expected, by size or SHA-256, or does not parse.
        public static let modelInvalid = Code(.modelInvalid)
        /// An option is out of its range.
        public static let invalidOption = Code(.invalidOption)
        /// A file of results could not be written.
        public static let outputFailed = Code(.outputFailed)
        /// A text is not the result that it should be.
        public static let malformedResult = Code(.malformedResult)
        /// Nobody waits for the result any more.
        public static let cancelled = Code(.cancelled)
        /// The time that the work may take is over.
        public static let timedOut = Code(.timedOut)
        /// There is no memory for the networks at the moment.
        public static let outOfMemory = Code(.outOfMemory)
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
