// SPDX-License-Identifier: Apache-2.0

/// What the system knows of a file without opening it.
package struct FileStatus: Sendable {
    /// What a name stands for.
    package enum Kind: Sendable {
        case regularFile, directory, symbolicLink, pipe, device, socket
    }

    /// A file, whatever it is called: equal for all its hard links.
    package struct Identity: Hashable, Sendable {
        private let device: UInt64
        private let number: UInt64

        fileprivate init(_ status: stat) {
            device = UInt64(truncatingIfNeeded: status.st_dev)
            number = UInt64(truncatingIfNeeded: status.st_ino)
        }
    }

    /// What it is.
    package let kind: Kind
    /// Its size.
    package let byteCount: Int
    /// Which file it is.
    package let identity: Identity
    /// Who may do what: the lower nine bits of the mode.
    package let permissions: mode_t
    /// When its contents were changed last, in nanoseconds since 1970.
    package let modificationTime: Int
    /// Whether it belongs to whom this process runs for.
    package let isOwn: Bool

    init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .regularFile
            case S_IFDIR: .directory
            case S_IFLNK: .symbolicLink
            case S_IFIFO: .pipe
            case S_IFSOCK: .socket
            default: .device
            }
        byteCount = Int(status.st_size)
        identity = Identity(status)
        permissions = status.st_mode & 0o777
        #if canImport(Darwin)
        let time = status.st_mtimespec
        #else
        let time = status.st_mtim
        #endif
        modificationTime = Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec)
        isOwn = status.st_uid == geteuid()
    }
}

/// The operating system's files.
package enum FileSystem {
    /// What stands at a name, behind symbolic links.
    package static func status(of path: FilePath) throws(SystemError) -> FileStatus {
        var status = stat()
        _ = try path.call { unsafe stat($0, &status) }
        return FileStatus(status)
    }

    /// What stands at a name itself, which may be a symbolic link.
    package static func linkStatus(of path: FilePath) throws(SystemError) -> FileStatus {
        var status = stat()
        _ = try path.call { unsafe lstat($0, &status) }
        return FileStatus(status)
    }

    /// Whether a directory stands at a name.
    package static func isDirectory(_ path: FilePath) -> Bool { (try? status(of: path))?.kind == .directory }

    /// The name without symbolic links, `.` and `..`; `nil` when nothing stands there.
    package static func realPath(of path: FilePath) -> FilePath? {
        path.withCString { name in
            guard let resolved = unsafe realpath(name, nil) else { return nil }
            defer { unsafe free(resolved) }
            return unsafe FilePath(cString: resolved)
        }
    }

    /// The name of what need not be there yet: as far as directories are there without symbolic links, the rest without `.`
    /// and `..`.
    package static func resolvedName(of path: FilePath) -> FilePath {
        if let real = realPath(of: path) { return real }
        guard let parent = path.parent ?? (path == "." ? nil : ".") else { return path }
        let resolved = resolvedName(of: parent)
        return switch path.name {
        case ".": resolved
        case "..": resolved.parent ?? resolved
        default: resolved.appending(path.name)
        }
    }

    /// Makes a directory and those above it.
    package static func makeDirectories(_ path: FilePath) throws(SystemError) {
        if isDirectory(path) { return }
        if let parent = path.parent { try makeDirectories(parent) }
        do throws(SystemError) {
            _ = try path.call { unsafe mkdir($0, 0o777) }
        } catch {
            // Another thread or process may have made it just now.
            if isDirectory(path) { return }
            throw error.code == EEXIST ? SystemError(ENOTDIR) : error
        }
    }

    /// Removes a file; one that is not there is no error.
    package static func remove(_ path: FilePath) {
        _ = path.withCString { unsafe unlink($0) }
    }
}
