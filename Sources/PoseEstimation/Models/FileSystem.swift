// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// The operating system's files, with errors that carry the system's own words.
enum FileSystem {
    /// A call that failed: what the system says.
    struct Failure: Error {
        var code: CInt
        /// "No space left on device", for example.
        var reason: String { unsafe String(cString: strerror(code)) }

        /// What `errno` says now.
        static var last: Failure { Failure(code: errno) }
    }

    /// A variable of the environment, when set and not empty.
    static func environmentVariable(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// The path of the running program.
    static var executablePath: String? {
        let path = unsafe realpath("/proc/self/exe", nil) ?? realpath(CommandLine.arguments.first ?? "", nil)
        guard let path = unsafe path else { return nil }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }

    /// The size of a regular file; `nil` when there is none at that path.
    static func byteCount(ofFile path: String) -> Int? {
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// Writes a file whole or not at all: a temporary file beside it takes its place once it is on disk.
    static func replaceFile(_ path: String, with bytes: [UInt8]) throws(Failure) {
        let temporary = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max)).part"
        let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw .last }
        do throws(Failure) {
            defer { _ = close(file) }
            try writeAll(bytes, to: file)
            guard fsync(file) == 0 else { throw .last }
            guard unsafe rename(temporary, path) == 0 else { throw .last }
        } catch {
            _ = unsafe unlink(temporary)
            throw error
        }
    }

    private static func writeAll(_ bytes: [UInt8], to file: CInt) throws(Failure) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe write(
                    file,
                    UnsafeRawBufferPointer(rebasing: buffer[written...]).baseAddress,
                    buffer.count - written
                )
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .last }
            written += count
        }
    }

    /// Makes a directory and those above it.
    static func makeDirectory(_ path: String) throws(Failure) {
        if unsafe mkdir(path, 0o755) == 0 { return }
        var failure = Failure.last
        if failure.code == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try makeDirectory(String(path[..<slash]))
            if unsafe mkdir(path, 0o755) == 0 { return }
            failure = .last
        }
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { throw failure }
    }
}
