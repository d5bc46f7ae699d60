// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// A system call that failed.
struct SystemFailure: Error, Equatable {
    /// The value of `errno`.
    var code: CInt

    /// The system's words: "No space left on device".
    var reason: String { unsafe String(cString: strerror(code)) }

    /// What `errno` says now.
    static var last: SystemFailure { SystemFailure(code: errno) }
}

/// Writes every byte, however often the system takes only some.
func writeAll(_ bytes: [UInt8], to descriptor: CInt) throws(SystemFailure) {
    var written = 0
    while written < bytes.count {
        let count = unsafe bytes.withUnsafeBytes { buffer in
            unsafe write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
        }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { throw .last }
        written += count
    }
}

/// What stands at a path, behind symbolic links; `nil` when nothing does.
func fileStatus(_ path: String) -> stat? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status : nil
}

extension stat {
    /// Whether it is a directory.
    var isDirectory: Bool { st_mode & S_IFMT == S_IFDIR }
    /// Whether it is a regular file.
    var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }
}

/// A path without symbolic links, `nil` when nothing stands there.
func resolvedPath(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
}

/// `read(2)`, for types that have a `read` of their own.
func systemRead(_ descriptor: CInt, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
    unsafe read(descriptor, bytes, count)
}
