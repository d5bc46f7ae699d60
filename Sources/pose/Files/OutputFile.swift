// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// A file that appears whole or not at all.
///
/// A regular file is written beside its target and renamed at the end; a device or pipe is written directly.
final class OutputFile {
    private let path: String
    private let target: String
    private let temporary: String?
    private var descriptor: CInt

    /// Opens it; nothing is seen at the path until ``commit()``.
    init(_ path: String) throws(OutputError) {
        self.path = path
        let existing = fileStatus(path)
        do throws(SystemFailure) {
            if let existing, !existing.isRegularFile {
                guard !existing.isDirectory else { throw SystemFailure(code: EISDIR) }
                target = path
                temporary = nil
                descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
                guard descriptor >= 0 else { throw .last }
                return
            }
            try Self.makeParent(of: path)
            // A link stays a link: its file is replaced.
            target = resolvedPath(path) ?? path
            if existing != nil, unsafe access(target, W_OK) != 0 { throw .last }
            let file = try TemporaryFiles.create(beside: target)
            temporary = file.path
            descriptor = file.descriptor
            if let existing { _ = fchmod(descriptor, existing.st_mode & 0o777) }
        } catch {
            throw OutputError(target: "'\(path)'", failure: error)
        }
    }

    /// Adds bytes.
    func write(_ bytes: [UInt8]) throws(OutputError) {
        do throws(SystemFailure) {
            try writeAll(bytes, to: descriptor)
        } catch {
            throw OutputError(target: "'\(path)'", failure: error)
        }
    }

    /// Ends the file and lets it be seen.
    func commit() throws(OutputError) {
        do throws(SystemFailure) {
            let status = close(descriptor)
            descriptor = -1
            guard status == 0 else { throw .last }
            if let temporary { try TemporaryFiles.publish(temporary, as: target) }
        } catch {
            throw OutputError(target: "'\(path)'", failure: error)
        }
    }

    deinit {
        if descriptor >= 0 { _ = close(descriptor) }
        if let temporary { TemporaryFiles.discard(temporary) }
    }

    /// Writes a file at once.
    static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
        let file = try OutputFile(path)
        try file.write(bytes)
        try file.commit()
    }

    /// Makes the directory that a path lies in, and those above it.
    private static func makeParent(of path: String) throws(SystemFailure) {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
        let parent = String(path[..<slash])
        guard fileStatus(parent)?.isDirectory != true else { return }
        try makeParent(of: parent)
        guard unsafe mkdir(parent, 0o777) != 0 else { return }
        let failure = SystemFailure.last
        // Another worker or process may have made it just now.
        guard fileStatus(parent)?.isDirectory != true else { return }
        throw failure.code == EEXIST ? SystemFailure(code: ENOTDIR) : failure
    }
}
