// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// The files of one run of `pose motion`.
struct MotionOutput {
    /// Checks that no output overwrites the film or another output.
    ///
    /// - Parameters:
    ///   - outputs: what will be written; `-` is standard output.
    ///   - input: the film.
    ///   - noun: what the input is called, if not a film.
    /// - Throws: ``UsageError`` before any work.
    static func check(
        _ outputs: [FilePath?],
        input: FilePath,
        called noun: String = "film"
    ) throws(UsageError) {
        var check = OutputCheck(inputs: input == "-" ? [] : [input], called: noun)
        let given = outputs.compactMap(\.self)
        for output in given where output != "-" {
            if output.namesDirectory { throw UsageError("A file is written, got the directory '\(output)'.") }
            try check.add(output)
        }
        if given.count(where: { $0 == "-" }) > 1 {
            throw UsageError("Two results would be mixed on standard output; give one of them a file.")
        }
    }

    /// Writes a whole file, or to standard output.
    static func write(_ bytes: [UInt8], to path: FilePath) throws(OutputError) {
        if path == "-" {
            try StandardOutput.write(bytes)
        } else {
            try AtomicFile.write(bytes, to: path)
        }
    }

    /// The name of one of several people's files: `out.bvh` becomes `out-3.bvh`.
    static func path(_ path: FilePath, person: Int, of count: Int) -> FilePath {
        guard count > 1, path != "-" else { return path }
        let text = path.text
        let suffix = path.fileExtension
        let stem = suffix.isEmpty ? text : String(text.dropLast(suffix.count + 1))
        return FilePath(text: "\(stem)-\(person)\(suffix.isEmpty ? "" : "." + suffix)")
    }
}
