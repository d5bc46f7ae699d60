// SPDX-License-Identifier: Apache-2.0

/// Why a picture could not be read, written, borrowed or sampled.
public struct ImageError: Error, Sendable, CustomStringConvertible {
    /// What a program branches on; more codes may come, so a `switch` over them needs a `default`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Name: String {
            case notAnImage, undecodable, tooLarge, encodingFailed
            case invalidBuffer, unsupported, outOfMemory, cancelled, timedOut
        }

        private let name: Name

        private init(_ name: Name) { self.name = name }

        /// The code's own name.
        public var description: String { name.rawValue }

        /// The bytes are not those of a picture of a format that is read.
        public static let notAnImage = Code(.notAnImage)
        /// The file's header promises a picture whose body is damaged or cut short.
        public static let undecodable = Code(.undecodable)
        /// More pixels, or a longer side, than can be taken.
        public static let tooLarge = Code(.tooLarge)
        /// The codec refused to write this picture.
        public static let encodingFailed = Code(.encodingFailed)
        /// The memory given does not hold a picture of the size, stride and format that were stated.
        public static let invalidBuffer = Code(.invalidBuffer)
        /// A picture of a kind that is known but not handled.
        public static let unsupported = Code(.unsupported)
        /// The memory that the picture needs cannot be had now.
        public static let outOfMemory = Code(.outOfMemory)
        /// Nobody waits for the picture any more.
        public static let cancelled = Code(.cancelled)
        /// The time that the picture may take is over.
        public static let timedOut = Code(.timedOut)
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
