// SPDX-License-Identifier: Apache-2.0

/// What the program says to its caller at its end.
///
/// Source: `sysexits.h`.
enum ExitCode: CInt, CaseIterable, Sendable {
    case success = 0
    case withheld = 1
    case usage = 2
    case badInput = 65
    case noInput = 66
    case unavailable = 69
    case internalError = 70
    case outputFailed = 74

    /// What it means, a sentence without its full stop.
    var meaning: String {
        switch self {
        case .success: "All was done; nobody found is no failure"
        case .withheld: "pose anonymize withheld a picture in which somebody's face may be open"
        case .usage: "The arguments cannot be followed; nothing was begun"
        case .badInput:
            "A photo, video, model or certificate file is not one or is damaged, or there are too many pixels"
        case .noInput: "A file does not exist or cannot be read"
        case .unavailable:
            "A model file or ffmpeg is missing, a camera or stream does not answer, or the address is taken"
        case .internalError: "The program itself failed"
        case .outputFailed: "Output could not be written; the run ends there"
        }
    }
}
