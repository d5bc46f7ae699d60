// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// Reads photos, from files that may be anything.
enum InputFile {
    /// The bytes of a regular file, or of standard input for `-`.
    ///
    /// - Throws: ``CommandFailure`` `.noInput` when it cannot be read, `.badInput` when it is empty or longer
    ///   than `limit`.
    static func read(_ path: String, limit: Int) throws(CommandFailure) -> [UInt8] {
        if path == "-" { return try readStandardInput(limit: limit) }
        // Without O_NONBLOCK, opening a named pipe would wait for a writer.
        let file = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw CommandFailure(.noInput, "\(path): \(SystemFailure.last.reason).") }
        defer { _ = close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else {
            throw CommandFailure(.noInput, "\(path): \(SystemFailure.last.reason).")
        }
        guard status.isRegularFile else {
            throw CommandFailure(
                .noInput,
                "\(path): not a regular file. To read from a pipe, give - as the photo and pipe into it."
            )
        }
        let size = Int(status.st_size)
        guard size <= limit else { throw tooLong(path, limit: limit) }
        return try readAll(file, path, sizeHint: size, limit: limit)
    }

    /// A file of `/proc`, which has no size until it is read.
    static func readSystemFile(_ path: String) throws(CommandFailure) -> [UInt8] {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw CommandFailure(.noInput, "\(path): \(SystemFailure.last.reason).") }
        defer { _ = close(file) }
        return try readAll(file, path, sizeHint: 0, limit: 1 << 20)
    }

    private static func readStandardInput(limit: Int) throws(CommandFailure) -> [UInt8] {
        guard isatty(STDIN_FILENO) == 0 else {
            throw CommandFailure(.noInput, "-: standard input is a terminal; pipe a photo into it.")
        }
        return try readAll(STDIN_FILENO, "-", sizeHint: 0, limit: limit)
    }

    private static func readAll(
        _ descriptor: CInt,
        _ path: String,
        sizeHint: Int,
        limit: Int
    ) throws(CommandFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        var failure: SystemFailure?
        var ended = false
        var chunk = max(sizeHint + 1, 1 << 16)
        while !ended && failure == nil && bytes.count <= limit {
            let more = unsafe [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
                while let start = buffer.baseAddress, count < buffer.count {
                    let got = unsafe systemRead(descriptor, start + count, buffer.count - count)
                    if got < 0 && errno == EINTR { continue }
                    if got < 0 { failure = .last }
                    ended = got <= 0
                    guard got > 0 else { return }
                    count += got
                }
            }
            if bytes.isEmpty { bytes = more } else { bytes += more }
            chunk = max(bytes.count, 1 << 16)
        }
        if let failure { throw CommandFailure(.noInput, "\(path): \(failure.reason).") }
        if bytes.isEmpty { throw CommandFailure(.badInput, "\(path): empty, not a JPEG, PNG or WebP image.") }
        guard bytes.count <= limit else { throw tooLong(path, limit: limit) }
        return bytes
    }

    private static func tooLong(_ path: String, limit: Int) -> CommandFailure {
        CommandFailure(
            .badInput,
            "\(path): more than \(limit) bytes, which no picture within --max-pixels needs."
        )
    }
}
