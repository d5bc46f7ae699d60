// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// A file that is being written, to be put into another one's place.
struct TemporaryFile: ~Copyable {
    let path: FilePath
    let descriptor: FileDescriptor
}

/// An unfinished file whose process is gone.
package final class AbandonedFile {
    /// Its name.
    package let path: FilePath
    let modificationTime: Int
    /// Holds it.
    private let descriptor: FileDescriptor

    /// `nil` where somebody writes it still, and for what another user has put there.
    fileprivate init?(_ path: FilePath) {
        guard let status = try? FileSystem.linkStatus(of: path), status.kind == .regularFile, status.isOwn,
            let file = try? FileDescriptor(opening: path, O_RDONLY | O_NOFOLLOW), file.lock()
        else { return nil }
        self.path = path
        modificationTime = status.modificationTime
        descriptor = file
    }

    /// Removes it.
    package func remove() { FileSystem.remove(path) }
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
                    // Where nobody holds an unfinished file, its process is gone.
                    _ = file.lock()
                    return file
                }
                return TemporaryFile(path: path, descriptor: file)
            } catch {
                attemptsLeft -= 1
                guard error.code == EEXIST, attemptsLeft > 0 else { throw error }
            }
        }
    }

    private static let ending = ".part"

    /// `.NAME.RANDOM.part`: the numbers of processes are the same again and again in containers.
    static func name(beside target: FilePath) -> FilePath {
        let beginning = beginning(beside: target)
        let isCut = beginning.last != UInt8(ascii: ".")
        let number = isCut ? digits(UInt32.random(in: 0 ... .max)) : digits(UInt64.random(in: 0 ... .max))
        let hidden = FilePath(bytes: beginning + "\(number)\(ending)".utf8)
        return target.parent.map { $0.appending(hidden) } ?? hidden
    }

    /// `.NAME.`; the target's name may already be as long as a name can be: it is cut between characters then, and the first
    /// half of the number tells it from others that begin alike.
    private static func beginning(beside target: FilePath) -> [UInt8] {
        let name = target.name.bytes
        var count = min(name.count, 32)
        while count > 0, count < name.count, name[count] & 0xC0 == 0x80 { count -= 1 }
        let hash = UInt32(truncatingIfNeeded: FileOrigin.hash(name))
        return Array(".".utf8) + name[..<count] + ".".utf8 + (count < name.count ? digits(hash) : "").utf8
    }

    private static func digits(_ number: some FixedWidthInteger) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: number.bitWidth / 4 - text.utf8.count) + text
    }

    /// The unfinished files that processes have left which were killed, the latest last; no other process takes one meanwhile.
    static func abandoned(beside target: FilePath) -> [AbandonedFile] {
        let directory = target.parent ?? "."
        let own = name(beside: target).name.bytes
        let beginning = beginning(beside: target)
        let names = (try? FileSystem.names(in: directory)) ?? []
        return names.filter { name in
            name.bytes.count == own.count && name.bytes.starts(with: beginning)
                && name.bytes.suffix(ending.utf8.count).elementsEqual(ending.utf8)
        }.compactMap { AbandonedFile(target.parent?.appending($0) ?? $0) }.sorted {
            $0.modificationTime < $1.modificationTime
        }
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
