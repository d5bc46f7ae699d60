// SPDX-License-Identifier: Apache-2.0

/// Why a video could not be read or written.
public struct MediaError: Error, Sendable, CustomStringConvertible {
    /// What a program branches on; more codes may come, so a `switch` over them needs a `default`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Name: String {
            case notFound, unreadable, notVideo, damaged, unsupported, tooLarge, toolMissing, unreachable
            case outOfMemory, outputFailed, invalidOption, cancelled, timedOut
        }

        private let name: Name

        private init(_ name: Name) { self.name = name }

        /// The code's own name.
        public var description: String { name.rawValue }

        /// Nothing stands at the name, or no such camera is there.
        public static let notFound = Code(.notFound)
        /// Something stands at the name that is no file, or that may not be read.
        public static let unreadable = Code(.unreadable)
        /// The bytes are not those of a video, or of one without pictures.
        public static let notVideo = Code(.notVideo)
        /// The video ends early, or no frame of it can be decoded.
        public static let damaged = Code(.damaged)
        /// A video of a kind that is known but not handled.
        public static let unsupported = Code(.unsupported)
        /// More pixels a frame than are allowed.
        public static let tooLarge = Code(.tooLarge)
        /// The program `ffmpeg` or `ffprobe` is not installed.
        public static let toolMissing = Code(.toolMissing)
        /// A camera or stream that does not answer or has stopped.
        public static let unreachable = Code(.unreachable)
        /// The memory that frames need cannot be had now.
        public static let outOfMemory = Code(.outOfMemory)
        /// The video could not be written.
        public static let outputFailed = Code(.outputFailed)
        /// An option is out of its range, or does not go with another one.
        public static let invalidOption = Code(.invalidOption)
        /// Nobody waits for the frames any more.
        public static let cancelled = Code(.cancelled)
        /// The time that the work may take is over.
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
