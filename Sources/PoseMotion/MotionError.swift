// SPDX-License-Identifier: Apache-2.0

package import PoseImaging

/// Why a motion could not be judged or written.
public struct MotionError: Error, Sendable, CustomStringConvertible {
    /// What a program branches on; more codes may come, so a `switch` over them needs a `default`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Name: String {
            case invalidExercise, unknownExercise, noPerson, invalidOption, invalidModel
            case cancelled, timedOut, outOfMemory
        }

        private let name: Name

        private init(_ name: Name) { self.name = name }

        /// The code's own name.
        public var description: String { name.rawValue }

        /// A definition of an exercise is not one.
        public static let invalidExercise = Code(.invalidExercise)
        /// No exercise of this name comes with the program.
        public static let unknownExercise = Code(.unknownExercise)
        /// Nobody is to be seen for long enough.
        public static let noPerson = Code(.noPerson)
        /// An option is out of its range.
        public static let invalidOption = Code(.invalidOption)
        /// A classifier or its samples are not what they should be.
        public static let invalidModel = Code(.invalidModel)
        /// Nobody waits for the result any more.
        package static let cancelled = Code(.cancelled)
        /// The time that the work may take is over.
        package static let timedOut = Code(.timedOut)
        /// The result has no room beside others.
        package static let outOfMemory = Code(.outOfMemory)
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

    /// Why work ended early.
    package init(_ reason: CancellationToken.Reason) {
        if reason == .timedOut {
            self.init(
                .timedOut,
                "Making the motion took longer than the time limit. Send a part of the lines, or allow more with --time-limit."
            )
        } else {
            self.init(.cancelled, "The request was given up.")
        }
    }

    /// The message.
    public var description: String { message }
}
