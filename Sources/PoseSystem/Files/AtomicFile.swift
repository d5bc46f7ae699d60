// SPDX-License-Identifier: Apache-2.0

/// A file that appears whole or not at all.
///
/// A regular file is written beside its target and renamed at the end; a device or pipe is written directly.
package final class AtomicFile {
    private let path: FilePath
    private let target: FilePath
    private var temporary: FilePath?
    private let isSynchronized: Bool
    private var descriptor: FileDescriptor?
    /// How many bytes were written.
    package private(set) var byteCount = 0

    /// Opens it; nothing is seen at the path until ``commit()``.
    ///
    /// - Parameters:
    ///   - path: its name; directories above it are made.
    ///   - isSynchronized: whether its bytes are on the disk before it is seen, so that it is whole after a loss of power
    ///     too. Among thousands of files each would wait for the disk.
    ///   - permissions: who may do what with a file that is made; what the user's mask leaves unless told.
    /// - Throws: ``OutputError`` when it cannot be written there.
    package init(
        _ path: FilePath,
        isSynchronized: Bool = false,
        permissions: mode_t? = nil
    ) throws(OutputError) {
        self.path = path
        self.isSynchronized = isSynchronized
        do throws(SystemError) {
            let existing = try? FileSystem.status(of: path)
            if let existing, existing.kind != .regularFile {
                guard existing.kind != .directory else { throw SystemError(EISDIR) }
                target = path
                temporary = nil
                descriptor = try FileDescriptor(opening: path, O_WRONLY)
                return
            }
            var replaced = path
            let file = try TemporaryFiles.create(replacing: &replaced, existing)
            if let permissions { file.descriptor.setPermissions(permissions) }
            target = replaced
            temporary = file.path
            descriptor = consume file.descriptor
        } catch {
            throw OutputError(path, error)
        }
    }

    /// What processes have left that were killed while they wrote the same file, the latest last.
    package func abandoned() -> [AbandonedFile] {
        temporary == nil ? [] : TemporaryFiles.abandoned(beside: target)
    }

    /// Waits until what was written is on the disk.
    package func synchronize() throws(OutputError) {
        do throws(SystemError) {
            try descriptor?.synchronize()
        } catch {
            throw OutputError(path, error)
        }
    }

    /// Adds bytes; when not all can be written, none is, and the file can still be committed.
    package func write(_ bytes: [UInt8]) throws(OutputError) {
        do throws(SystemError) {
            try descriptor?.write(bytes)
            byteCount += bytes.count
        } catch {
            if temporary != nil { descriptor?.truncate(to: byteCount) }
            throw OutputError(path, error)
        }
    }

    /// Makes it anew of parts of what was written, in their order; where that cannot be, it stays as it is.
    package func rearrange(_ parts: [Range<Int>]) throws(OutputError) {
        guard let old = temporary else { return }
        do throws(SystemError) {
            let file = try TemporaryFiles.create(beside: target)
            let new = file.path
            do throws(SystemError) {
                if let status = try descriptor?.status() {
                    file.descriptor.setPermissions(status.permissions)
                }
                try descriptor?.copy(parts, to: file.descriptor)
            } catch {
                TemporaryFiles.discard(new)
                throw error
            }
            temporary = new
            descriptor = consume file.descriptor
            byteCount = parts.reduce(0) { $0 + $1.count }
            TemporaryFiles.discard(old)
        } catch {
            throw OutputError(path, error)
        }
    }

    /// Ends the file and lets it be seen.
    ///
    /// - Parameter origin: what it was made of, to be kept with it.
    /// - Throws: ``OutputError``.
    package func commit(origin: FileOrigin? = nil) throws(OutputError) {
        guard let file = descriptor.take() else { return }
        do throws(SystemError) {
            if temporary != nil { origin?.mark(file) }
            if isSynchronized, temporary != nil { try file.synchronize() }
            try file.close()
            if let temporary { try TemporaryFiles.publish(temporary, as: target) }
        } catch {
            throw OutputError(path, error)
        }
    }

    deinit {
        if let temporary { TemporaryFiles.discard(temporary) }
    }

    /// Writes a file at once.
    package static func write(
        _ bytes: [UInt8],
        to path: FilePath,
        isSynchronized: Bool = false,
        permissions: mode_t? = nil,
        origin: FileOrigin? = nil
    ) throws(OutputError) {
        let file = try AtomicFile(path, isSynchronized: isSynchronized, permissions: permissions)
        try file.write(bytes)
        try file.commit(origin: origin)
    }
}
