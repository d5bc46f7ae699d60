// SPDX-License-Identifier: Apache-2.0

/// An open file, closed at the end of its life.
package struct FileDescriptor: ~Copyable {
    private let number: CInt

    /// Takes over an open file.
    package init(takingOver number: CInt) {
        self.number = number
    }

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: its name.
    ///   - flags: as for `open(2)`; programs that are started do not inherit it.
    ///   - mode: who may do what with a file that is made.
    /// - Throws: ``SystemError`` with the system's own words.
    package init(opening path: FilePath, _ flags: CInt, mode: mode_t = 0o666) throws(SystemError) {
        number = try path.call { unsafe open($0, flags | O_CLOEXEC, mode) }
    }

    /// Opens a regular file for reading.
    ///
    /// - Throws: ``SystemError/notRegularFile`` for a pipe, a device or a socket; a directory is `EISDIR`.
    package static func reading(regularFile path: FilePath) throws(SystemError) -> FileDescriptor {
        // Without O_NONBLOCK, opening a named pipe would wait for a writer.
        let file = try FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK)
        switch try file.status().kind {
        case .regularFile: return file
        case .directory: throw SystemError(EISDIR)
        default: throw .notRegularFile
        }
    }

    deinit { _ = systemClose(number) }

    /// Closes it, and tells of what could not be written.
    package consuming func close() throws(SystemError) {
        let number = number
        discard self
        guard systemClose(number) == 0 else { throw .last }
    }

    /// What the system knows of it.
    package func status() throws(SystemError) -> FileStatus {
        var status = stat()
        _ = try systemCall { unsafe fstat(number, &status) }
        return FileStatus(status)
    }

    /// Sets who may do what; a refusal changes nothing.
    package func setPermissions(_ permissions: mode_t) {
        _ = fchmod(number, permissions)
    }

    /// Reads up to the end.
    ///
    /// - Parameters:
    ///   - expectedCount: how many bytes there are, as far as is known.
    ///   - limit: most bytes to take.
    /// - Returns: at most `limit` bytes.
    /// - Throws: ``SystemError``.
    package func read(expectedCount: Int = 0, limit: Int) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        // One more than is expected, so that the end shows in the same round.
        var room = max(expectedCount + 1, 1 << 16)
        while bytes.count < limit {
            var error: SystemError?
            let wanted = min(room, limit - bytes.count)
            let more = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
                if let start = buffer.baseAddress, bytes.isEmpty {
                    unsafe adviseHugePages(inside: start, wanted)
                }
                while let start = buffer.baseAddress, count < wanted {
                    let got = unsafe systemRead(number, start + count, wanted - count)
                    if got < 0 && errno == EINTR { continue }
                    if got < 0 { error = .last }
                    guard got > 0 else { return }
                    count += got
                }
            }
            if let error { throw error }
            if bytes.isEmpty { bytes = more } else { bytes += more }
            if more.count < wanted { break }
            room = max(bytes.count, 1 << 16)
        }
        return bytes
    }

    /// Reads some bytes wherever they stand; fewer at the end of the file.
    package func read(_ range: Range<Int>) throws(SystemError) -> [UInt8] {
        var error: SystemError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            while let start = buffer.baseAddress, count < range.count {
                let offset = off_t(range.lowerBound + count)
                let got = unsafe pread(number, start + count, range.count - count, offset)
                if got < 0 && errno == EINTR { continue }
                if got < 0 { error = .last }
                guard got > 0 else { return }
                count += got
            }
        }
        if let error { throw error }
        return bytes
    }

    /// Holds the file until it is closed, however its process ends.
    ///
    /// - Returns: false when another descriptor holds it, or the file system cannot tell.
    package func lock() -> Bool { flock(number, LOCK_EX | LOCK_NB) == 0 }

    /// Sets when its contents were changed, and looked at, last; a refusal changes nothing.
    package func setModificationTime(nanoseconds: Int) {
        let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        let times = Array(repeating: timespec(tv_sec: time_t(seconds), tv_nsec: rest), count: 2)
        _ = unsafe times.withUnsafeBufferPointer { unsafe futimens(number, $0.baseAddress) }
    }

    /// Writes every byte, however often the system takes only some.
    package func write(_ bytes: [UInt8]) throws(SystemError) {
        try writeAll(bytes, to: number)
    }

    /// Writes some of its bytes to the end of another file.
    func copy(_ parts: [Range<Int>], to other: borrowing FileDescriptor) throws(SystemError) {
        for part in parts {
            var rest = part
            while !rest.isEmpty {
                let bytes = try read(rest.prefix(1 << 20))
                // Somebody has cut it meanwhile.
                guard !bytes.isEmpty else { throw SystemError(EIO) }
                try other.write(bytes)
                rest = rest.dropFirst(bytes.count)
            }
        }
    }

    /// Cuts it, and goes on writing there; a refusal changes nothing.
    package func truncate(to byteCount: Int) {
        guard ftruncate(number, off_t(byteCount)) == 0 else { return }
        lseek(number, off_t(byteCount), SEEK_SET)
    }

    /// Waits until what was written is on the disk, where there is one.
    package func synchronize() throws(SystemError) {
        do throws(SystemError) {
            _ = try systemCall { fsync(number) }
        } catch {
            guard [EINVAL, ENOTSUP, EROFS].contains(error.code) else { throw error }
        }
    }
}

/// Writes every byte, however often the system takes only some.
package func writeAll(_ bytes: [UInt8], to descriptor: CInt) throws(SystemError) {
    var written = 0
    while written < bytes.count {
        let count = unsafe bytes.withUnsafeBytes { buffer in
            unsafe systemWrite(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
        }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { throw .last }
        written += count
    }
}
