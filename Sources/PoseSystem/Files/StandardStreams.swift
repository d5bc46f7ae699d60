// SPDX-License-Identifier: Apache-2.0

/// Output that could not be written: what it was, and why.
package struct OutputError: Error, Sendable {
    /// A file's name in quotes, or what stands for it.
    package let target: String
    /// Why.
    package let error: SystemError

    /// An error of a file.
    package init(_ path: FilePath, _ error: SystemError) {
        self.init(target: "'\(path)'", error: error)
    }

    fileprivate init(target: String, error: SystemError) {
        self.target = target
        self.error = error
    }

    /// The sentence for people.
    package var message: String { "\(target) could not be written: \(error.reason)." }

    /// Whether it is standard output, and whoever read it has gone: nobody is left to complain to.
    package var isReaderGone: Bool { target == StandardOutput.name && error.code == EPIPE }
}

/// Standard input, output and error, together.
package enum StandardStreams {
    /// Opens `/dev/null` in the place of each that is closed.
    ///
    /// Otherwise the next files and pipes get their numbers, and what is meant for a reader or the user goes there. To be
    /// called before anything is opened.
    package static func fillClosed() {
        for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) < 0 {
            // The system gives the lowest free number, which is this one.
            _ = unsafe open("/dev/null", O_RDWR)
        }
    }
}

/// Results.
package enum StandardOutput {
    fileprivate static let name = "Standard output"

    /// Whether a person may be reading along.
    package static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Writes a text as it is.
    package static func write(_ text: String) throws(OutputError) {
        try write(Array(text.utf8))
    }

    /// Writes bytes as they are.
    package static func write(_ bytes: [UInt8]) throws(OutputError) {
        do {
            try writeAll(bytes, to: STDOUT_FILENO)
        } catch {
            throw OutputError(target: name, error: error)
        }
    }

    /// Writes a line for people, with what a terminal would obey made visible.
    package static func print(_ line: String) throws(OutputError) {
        try write(TerminalText.harmless(line) + "\n")
    }
}

/// Everything that is not a result.
package enum StandardError {
    /// Whether a person may be reading along.
    package static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Writes a text as it is; what cannot be said cannot be complained of either.
    package static func write(_ text: String) {
        try? writeAll(Array(text.utf8), to: STDERR_FILENO)
    }
}
