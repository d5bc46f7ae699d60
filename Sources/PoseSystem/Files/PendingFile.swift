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
            var replaced = target
            path = try TemporaryFiles.create(replacing: &replaced, existing).path
            self.target = replaced
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
