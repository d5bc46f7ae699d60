// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

extension FileSystem {
    /// The size of a regular file, and a copy of its bytes unless there are more than `limit`.
    ///
    /// A copy, because a file that is cut short while it is mapped ends the process that reads it. One that is cut short
    /// while it is copied gives fewer bytes than its size was.
    static func contents(
        ofFile path: String,
        limit: Int
    ) throws(Failure) -> (byteCount: Int, bytes: [UInt8]?) {
        let (file, byteCount) = try openRegularFile(path)
        defer { _ = close(file) }
        guard byteCount <= limit else { return (byteCount, nil) }
        var failure: Failure?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            guard let start = buffer.baseAddress else { return }
            unsafe adviseHugePages(inside: start, byteCount)
            while count < byteCount {
                let got = unsafe read(file, start + count, byteCount - count)
                if got < 0 && errno == EINTR { continue }
                if got < 0 { failure = .last }
                guard got > 0 else { return }
                count += got
            }
        }
        if let failure { throw failure }
        return (byteCount, bytes)
    }

    /// Asks for huge pages where whole ones fit: one fault in place of 512 for memory that is written at once.
    private static func adviseHugePages(inside start: UnsafeMutablePointer<UInt8>, _ byteCount: Int) {
        let hugePage = 2 << 20
        let gap = unsafe -Int(bitPattern: start) & (hugePage - 1)
        guard byteCount - gap >= hugePage else { return }
        unsafe PoseSystem.adviseHugePages(start + gap, (byteCount - gap) / hugePage * hugePage)
    }

    /// Opens a file for reading; a directory, a pipe or a device is an error.
    private static func openRegularFile(
        _ path: String
    ) throws(Failure) -> (descriptor: CInt, byteCount: Int) {
        // Without O_NONBLOCK, opening a named pipe would wait for a writer.
        let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            defer { _ = close(descriptor) }
            throw .last
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            _ = close(descriptor)
            throw Failure(code: EISDIR)
        }
        return (descriptor, Int(status.st_size))
    }
}
