// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// Output that could not be written.
struct OutputError: Error {
    /// The file, or what stands for it.
    var target: String
    /// Why.
    var error: SystemError

    /// The sentence for standard error.
    var message: String { "\(target) could not be written: \(error.reason)." }

    /// Ends as a program ends whose reader went away: by SIGPIPE, without a word.
    func endQuietlyIfReaderIsGone() {
        guard target == StandardOutput.name, error.code == EPIPE else { return }
        SignalRelay.endProcess(by: SIGPIPE)
    }

    /// Does what writes a file, and names the file when it fails.
    static func naming<R>(_ path: FilePath, _ body: () throws(SystemError) -> R) throws(OutputError) -> R {
        do throws(SystemError) {
            return try body()
        } catch {
            throw OutputError(target: "'\(path)'", error: error)
        }
    }
}

/// Results.
enum StandardOutput {
    static let name = "Standard output"

    /// Writes a text as it is.
    static func write(_ text: String) throws(OutputError) {
        try write(Array(text.utf8))
    }

    /// Writes bytes as they are.
    static func write(_ bytes: [UInt8]) throws(OutputError) {
        do {
            try writeAll(bytes, to: STDOUT_FILENO)
        } catch {
            throw OutputError(target: name, error: error)
        }
    }

    /// Writes a line for people, with what a terminal would obey made visible.
    static func print(_ line: String) throws(OutputError) {
        try write(TerminalText.harmless(line) + "\n")
    }
}

/// Everything that is not a result.
enum StandardError {
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Writes a text as it is; what cannot be said cannot be complained of either.
    static func write(_ text: String) {
        try? writeAll(Array(text.utf8), to: STDERR_FILENO)
    }

    /// Writes a message for people, with what a terminal would obey made visible.
    static func say(_ message: String) {
        write("pose: \(TerminalText.harmless(message))\n")
    }
}
