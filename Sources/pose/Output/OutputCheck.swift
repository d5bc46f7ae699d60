// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseSystem

/// Finds outputs that would overwrite an input or one another, whatever names they are given by: relative ones, symbolic
/// and hard links, other case.
struct OutputCheck {
    private let inputs: Set<FileStatus.Identity>
    private let noun: String
    private var namesByKey: [String: FilePath] = [:]
    private var namesByIdentity: [FileStatus.Identity: FilePath] = [:]
    /// Directories without symbolic links, by the names that they were given by.
    private var directories: [FilePath: FilePath] = [:]

    /// Notes what must not be overwritten.
    ///
    /// - Parameters:
    ///   - inputs: files, or names of what is none.
    ///   - noun: what one of them is called: `photo`.
    init(inputs: [FilePath], called noun: String) {
        self.inputs = Set(inputs.compactMap { try? FileSystem.status(of: $0).identity })
        self.noun = noun
    }

    /// The files that are there already and would be replaced.
    var existing: Set<FileStatus.Identity> { Set(namesByIdentity.keys) }

    /// Checks what `--output` names.
    ///
    /// - Throws: ``UsageError`` when `--output-dir` is given too, or a directory is named.
    static func checkNames(
        _ output: FilePath,
        directory: FilePath?,
        _ arguments: ParsedArguments
    ) throws(UsageError) {
        if let directory {
            let names = ["output", "output-dir"].map(arguments.spelling)
            throw UsageError(
                arguments.inPlace(
                    "\(names[0]) names one file and \(names[1]) a directory: give one of them, "
                        + "got '\(output)' and '\(directory)'.",
                    of: "output"
                )
            )
        }
        if output.namesDirectory {
            throw UsageError("--output must be a file, got the directory '\(output)'; use --output-dir.")
        }
    }

    /// Adds an output to those so far.
    ///
    /// - Throws: ``UsageError`` when it is an input, or the same file as an output before.
    mutating func add(_ output: FilePath) throws(UsageError) {
        let status = try? FileSystem.status(of: output)
        // Devices take whatever comes.
        if let status, status.kind != .regularFile { return }
        if let status, inputs.contains(status.identity) {
            throw UsageError(
                "The output '\(output)' would overwrite that \(noun); choose another name or place."
            )
        }
        let resolved = status == nil ? resolve(output) : FileSystem.realPath(of: output) ?? output
        let sameName = namesByKey.updateValue(output, forKey: FileNames.key(of: resolved))
        let sameFile = status.flatMap { namesByIdentity.updateValue(output, forKey: $0.identity) }
        guard let other = sameFile ?? sameName else { return }
        let names = other == output ? "'\(output)'" : "'\(other)' and '\(output)'"
        throw UsageError("Two outputs would be the same file, \(names); name them differently.")
    }

    /// The name that a file will have when it is made.
    private mutating func resolve(_ path: FilePath) -> FilePath {
        let directory = path.parent ?? "."
        let resolved = directories[directory] ?? FileSystem.resolvedName(of: directory)
        directories[directory] = resolved
        return resolved.appending(path.name)
    }
}
