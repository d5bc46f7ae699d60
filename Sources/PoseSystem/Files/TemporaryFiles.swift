// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// A file that is being written, to be put into another one's place.
struct TemporaryFile: ~Copyable {
    let path: FilePath
    let descriptor: FileDescriptor
}

/// The unfinished files of this process, so that none is left behind, whatever ends it.
package enum TemporaryFiles {
    private static let paths = Mutex<Set<FilePath>>([])

    /// Makes an empty file that is to take a target's place, with the permissions of the file that is there.
    ///
    /// - Parameters:
    ///   - target: the name under which it is to be seen; directories above it are made. Of a link, which stays one, its
    ///     file's name is put here.
    ///   - existing: what stands there.
    /// - Returns: the file.
    /// - Throws: ``SystemError`` when nothing can be written there.
    static func create(
        replacing target: inout FilePath,
        _ existing: FileStatus?
    ) throws(SystemError) -> TemporaryFile {
        if let parent = target.parent { try FileSystem.makeDirectories(parent) }
        target = FileSystem.realPath(of: target) ?? target
        if existing != nil { _ = try target.call { unsafe access($0, W_OK) } }
        let file = try create(beside: target)
        if let existing { file.descriptor.setPermissions(existing.permissions) }
        return file
    }

    /// Makes an empty file beside a target, hidden, with a name that no other run has.
    static func create(beside target: FilePath) throws(SystemError) -> TemporaryFile {
        var attemptsLeft = 16
        while true {
            let path = name(beside: target)
            do throws(SystemError) {
                let file = try paths.withLock { paths throws(SystemError) in
                    let file = try FileDescriptor(opening: path, O_RDWR | O_CREAT | O_EXCL)
                    paths.insert(path)
                    return file
                }
                return TemporaryFile(path: path, descriptor: file)
            } catch {
                attemptsLeft -= 1
                guard error.code == EEXIST, attemptsLeft > 0 else { throw error }
            }
        }
    }

    /// `.NAME.RANDOM.part`: the numbers of processes are the same again and again in containers.
    static func name(beside target: FilePath) -> FilePath {
        let name = target.name.bytes
        // The target's name may already be as long as a name can be; it is cut between characters.
        var count = min(name.count, 32)
        while count > 0, count < name.count, name[count] & 0xC0 == 0x80 { count -= 1 }
        let digits = String(UInt64.random(in: 0 ... .max), radix: 16)
        let number = String(repeating: "0", count: 16 - digits.utf8.count) + digits
        let hidden = FilePath(bytes: Array(".".utf8) + name[..<count] + ".\(number).part".utf8)
        return target.parent.map { $0.appending(hidden) } ?? hidden
    }

    /// Puts a finished file into its target's place.
    static func publish(_ path: FilePath, as target: FilePath) throws(SystemError) {
        try paths.withLock { paths throws(SystemError) in
            _ = try path.call { from in target.withCString { to in unsafe rename(from, to) } }
            paths.remove(path)
        }
    }

    /// Removes an unfinished file.
    static func discard(_ path: FilePath) {
        paths.withLock { paths in
            guard paths.remove(path) != nil else { return }
            FileSystem.remove(path)
        }
    }

    /// Removes all unfinished files and ends the process; none appears in between.
    package static func removeAll(thenEnd end: () -> Never) -> Never {
        paths.withLock { paths in
            for path in paths { FileSystem.remove(path) }
            end()
        }
    }
}
