// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem
internal import PoseInference

extension FileSystem {
    /// The size of a regular file, and its bytes unless there are more than `limit`.
    static func map(_ path: String, limit: Int) throws(Failure) -> (byteCount: Int, bytes: FileBytes?) {
        let file = try openRegularFile(path)
        defer { _ = close(file.descriptor) }
        guard file.byteCount <= limit else { return (file.byteCount, nil) }
        // The system maps no empty files.
        guard file.byteCount > 0 else { return (0, FileBytes([])) }
        guard let mapping = MappedFile(descriptor: file.descriptor, byteCount: file.byteCount) else {
            throw .last
        }
        // One that is being written is not complete.
        guard try status(of: file.descriptor).st_size == file.byteCount else { throw Failure(code: EBUSY) }
        return (file.byteCount, FileBytes(mapping))
    }

    /// Opens a file for reading; a directory, a pipe or a device is an error.
    static func openRegularFile(_ path: String) throws(Failure) -> (descriptor: CInt, byteCount: Int) {
        // Without O_NONBLOCK, opening a named pipe would wait for a writer.
        let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
        do throws(Failure) {
            let status = try status(of: descriptor)
            guard status.st_mode & S_IFMT == S_IFREG else { throw Failure(code: EISDIR) }
            return (descriptor, Int(status.st_size))
        } catch {
            _ = close(descriptor)
            throw error
        }
    }

    private static func status(of descriptor: CInt) throws(Failure) -> stat {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .last }
        return status
    }
}
