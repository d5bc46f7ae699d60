// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// Output that could not be written.
struct OutputError: Error {
    /// The file, or what stands for it.
    var target: String
    /// Why.
    var failure: SystemFailure

    /// The sentence for standard error.
    var message: String { "\(target) could not be written: \(failure.reason)." }

    /// Ends as a program ends whose reader went away: by SIGPIPE, without a word.
    func endQuietlyIfReaderIsGone() {
        guard target == StandardOutput.name, failure.code == EPIPE else { return }
        TemporaryFiles.removeAll()
        signal(SIGPIPE, SIG_DFL)
        raise(SIGPIPE)
    }
}

/// Results.
enum StandardOutput {
    static let name = "Standard output"

    static func write(_ text: String) throws(OutputError) {
        try write(Array(text.utf8))
    }

    static func write(_ bytes: [UInt8]) throws(OutputError) {
        do {
            try writeAll(bytes, to: STDOUT_FILENO)
        } catch {
            throw OutputError(target: name, failure: error)
        }
    }
}

/// Everything that is not a result.
enum StandardError {
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// What cannot be said cannot be complained of either.
    static func write(_ text: String) {
        try? writeAll(Array(text.utf8), to: STDERR_FILENO)
    }
}
