// SPDX-License-Identifier: Apache-2.0

/// Programs in the folders that the environment variable `PATH` names.
package enum ProgramSearch {
    /// Finds a program.
    ///
    /// - Parameters:
    ///   - name: its name without a folder.
    ///   - path: the folders, with colons in between; those of `PATH` unless told. Ones that are not absolute are
    ///     passed by, since what lies in a working folder may be anybody's.
    /// - Returns: `nil` when no folder has a file of this name that may be run.
    package static func find(_ name: String, in path: FilePath? = ProcessEnvironment.variable("PATH"))
        -> FilePath?
    {
        let folders = (path ?? "/usr/local/bin:/usr/bin:/bin").bytes.split(separator: UInt8(ascii: ":"))
        for folder in folders where folder.first == UInt8(ascii: "/") {
            let candidate = FilePath(bytes: folder).appending(name)
            let isRunnable = candidate.withCString { unsafe access($0, X_OK) } == 0
            if isRunnable, (try? FileSystem.status(of: candidate))?.kind == .regularFile { return candidate }
        }
        return nil
    }
}
