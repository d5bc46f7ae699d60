// SPDX-License-Identifier: Apache-2.0

public import PoseEstimation
public import PoseImaging
public import PoseRendering

/// Why a picture could not be analysed, whatever stage found out.
public struct AnalysisError: Error, Sendable, CustomStringConvertible {
    /// What a program branches on.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The code in lower snake case, as HTTP answers have it.
        public let description: String

        private init(_ name: String) { description = name }

        /// The bytes are not those of a picture that is read here.
        public static let notAnImage = Code("not_an_image")
        /// The picture is damaged or cut short.
        public static let undecodable = Code("undecodable")
        /// The picture has more pixels than are allowed.
        public static let tooManyPixels = Code("too_many_pixels")
        /// The picture is too large to be drawn on.
        public static let tooLargeToDraw = Code("too_large_to_draw")
        /// The annotated picture cannot be written in this format.
        public static let encodingFailed = Code("encoding_failed")
        /// A setting is out of its range.
        public static let invalidParameter = Code("invalid_parameter")
        /// A place to look at or to cover lies outside of the picture.
        public static let placeOutside = Code("place_outside_picture")
        /// A model file is missing or not the right one.
        public static let modelUnavailable = Code("model_unavailable")
        /// Memory, or the share of it that all pictures may take together, is used up.
        public static let outOfMemory = Code("out_of_memory")
        /// Nobody waits for the result any more.
        public static let cancelled = Code("cancelled")
        /// The picture took longer than allowed.
        public static let timedOut = Code("timed_out")
        /// The library itself failed.
        public static let `internal` = Code("internal")
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

extension AnalysisError {
    /// An error of decoding, encoding or sampling.
    public init(_ error: ImageError, timeLimit: Duration? = nil) {
        let codes: [ImageError.Code: Code] = [
            .cancelled: .cancelled, .timedOut: .timedOut, .notAnImage: .notAnImage, .tooLarge: .tooManyPixels,
            .encodingFailed: .encodingFailed, .outOfMemory: .outOfMemory,
        ]
        self.init(codes[error.code] ?? .undecodable, error.message, error, timeLimit)
    }

    /// An error of the pipeline.
    public init(_ error: PoseError, timeLimit: Duration? = nil) {
        let codes: [PoseError.Code: Code] = [
            .cancelled: .cancelled, .timedOut: .timedOut, .invalidOption: .invalidParameter,
            .modelMissing: .modelUnavailable, .modelInvalid: .modelUnavailable, .outOfMemory: .outOfMemory,
        ]
        self.init(codes[error.code] ?? .internal, error.message, error, timeLimit)
    }

    /// Work that was given up has one wording, whatever stage noticed.
    private init(_ code: Code, _ message: String, _ cause: any Error, _ timeLimit: Duration?) {
        switch code {
        case .cancelled: self.init(CancellationToken.Reason.cancelled, timeLimit: timeLimit)
        case .timedOut: self.init(CancellationToken.Reason.timedOut, timeLimit: timeLimit)
        default: self.init(code, message, cause: cause)
        }
    }

    /// An error of writing a picture, whose sides may be too long for its file.
    package init(writing error: ImageError) {
        self.init(error)
        guard error.code == .tooLarge else { return }
        code = .tooLargeToDraw
        message += " --max-side makes it smaller."
    }

    /// An error of drawing.
    public init(_ error: RenderingError) {
        self.init(.tooLargeToDraw, error.message, cause: error)
    }

    /// Work that was given up.
    public init(_ reason: CancellationToken.Reason, timeLimit: Duration? = nil) {
        guard reason == .timedOut else {
            self.init(.cancelled, "The work was cancelled.", cause: reason)
            return
        }
        let limit = timeLimit.map { " of \(fixed($0 / .seconds(1), decimals: 1)) seconds" } ?? ""
        self.init(
            .timedOut,
            "The picture took longer than the time limit\(limit). Scale it down, or allow more with --time-limit.",
            cause: reason
        )
    }
}
