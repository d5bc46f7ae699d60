// SPDX-License-Identifier: Apache-2.0

/// The place of a file that another program writes and that appears whole or not at all.
///
/// An empty file is made beside the target, for the program to write, and put into the target's place at the end.
package final class PendingFile: Sendable {
    /// What the program writes.
    package let path: FilePath
    private let target: FilePath

    /// Makes the empty file.
    ///
    /// - Parameter target: the name under which it is to be seen; directories above it are made.
    /// - Throws: ``OutputError`` when it cannot be written there, or something other than a file stands there.
    package init(_ target: FilePath) throws(OutputError) {
        do throws(SystemError) {
            let existing = try? FileSystem.status(of: target)
            if let existing {
                guard existing.kind != .directory else { throw SystemError(EISDIR) }
                guard existing.kind == .regularFile else { throw SystemError.notRegularFile }
            }
            if let parent = target.parent { try FileSystem.makeDirectories(parent) }
            // A link stays a link: its file is replaced.
            self.target = FileSystem.realPath(of: target) ?? target
            if existing != nil { _ = try self.target.call { unsafe access($0, W_OK) } }
            let file = try TemporaryFiles.create(beside: self.target)
            if let existing { file.descriptor.setPermissions(existing.permissions) }
            path = file.path
        } catch {
            throw OutputError(target, error)
        }
    }

    /// Lets the file be seen.
    package func commit() throws(OutputError) {
        do throws(SystemError) {
            try TemporaryFiles.publish(path, as: target)
        } catch {
            throw OutputError(target, error)
        }
    }

    /// Removes it, unless it is seen already.
    package func discard() { TemporaryFiles.discard(path) }

    deinit { discard() }
}
