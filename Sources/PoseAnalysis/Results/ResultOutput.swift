// SPDX-License-Identifier: Apache-2.0

package import PoseEstimation
package import PoseSystem

/// The results of many pictures in one file or on standard output.
package struct ResultOutput {
    /// `nil` for standard output.
    private let file: AtomicFile?
    private var encoder: any ResultEncoder
    /// What an earlier run has written, where it stands in the file.
    private let earlier: [EarlierResults.Record]
    private let earlierSources: Set<String>
    /// What was made anew of it, where it stands in the file.
    private var replacements: [String: [Range<Int>]] = [:]
    private var hasBegun: Bool
    /// Whether a record could not be written; those before it are kept.
    private var isBroken = false

    /// Opens the output, so that one that cannot be written is known before any work.
    ///
    /// - Parameters:
    ///   - path: a file; `nil` for standard output.
    ///   - format: its shape.
    ///   - complexity: the landmark network of the records that the file is to be gone on with; `nil` to begin it anew.
    /// - Throws: ``OutputError``; ``PoseError`` `.malformedResult` when what is in the file is not of the format,
    ///   `.invalidOption` when it is of another network.
    package init(_ path: FilePath?, format: ResultFormat, resumedWith complexity: ModelComplexity? = nil)
        throws
    {
        encoder = format.makeEncoder()
        guard let path else {
            (file, earlier, earlierSources, hasBegun) = (nil, [], [], false)
            return
        }
        let file = try AtomicFile(path, isSynchronized: true)
        self.file = file
        earlier = try complexity.map { try Self.takeEarlier(path, format, $0, into: file) } ?? []
        earlierSources = Set(earlier.map(\.source))
        hasBegun = file.byteCount > 0
    }

    /// Begins a file with what earlier runs have written: what the file has, and what those have left that were killed.
    ///
    /// - Returns: where each record stands in the new file.
    private static func takeEarlier(
        _ path: FilePath,
        _ format: ResultFormat,
        _ complexity: ModelComplexity,
        into file: AtomicFile
    ) throws -> [EarlierResults.Record] {
        var files = [try EarlierResults(path, format: format)].compactMap(\.self)
        var abandoned: [AbandonedFile] = []
        for part in file.abandoned() {
            do throws(PoseError) {
                if let earlier = try EarlierResults(part.path, of: path, format: format) {
                    files.append(earlier)
                }
                abandoned.append(part)
            } catch {
                // What is of another format was not left by a run that could be gone on with.
                if error.code != .malformedResult { throw error }
            }
        }
        for earlier in files { try earlier.check(complexity) }
        // What was written last about a picture counts.
        var last: [String: Int] = [:]
        for (index, earlier) in files.enumerated() {
            for record in earlier.records { last[record.source] = index }
        }
        var records: [EarlierResults.Record] = []
        for (index, earlier) in files.enumerated() {
            records += try earlier.copy(to: file) { last[$0.source] == index }
        }
        if !abandoned.isEmpty { try file.synchronize() }
        for file in abandoned { file.remove() }
        return records
    }

    /// Whether an earlier run has written the results of a picture.
    package func has(_ source: String) -> Bool { earlierSources.contains(source) }

    /// Writes the results of one picture; they take the place of those that an earlier run has written.
    ///
    /// After an error, further ones are left out.
    package mutating func write(_ record: PoseDocument) throws(OutputError) {
        if isBroken { return }
        do throws(OutputError) {
            let start = file?.byteCount ?? 0
            try put((hasBegun ? [] : encoder.begin()) + encoder.encode(record))
            hasBegun = true
            if let file, has(record.source) {
                replacements[record.source, default: []].append(start..<file.byteCount)
            }
        } catch {
            isBroken = true
            throw error
        }
    }

    /// Ends the output; a file appears only when it has the results of a picture.
    package mutating func finish() throws(OutputError) {
        guard hasBegun else { return }
        let rearranged = Result { () throws(OutputError) in try putReplacementsInPlace() }
        if !isBroken || file != nil { try put(encoder.end()) }
        try file?.commit()
        // They are older than what stands there now.
        for abandoned in file?.abandoned() ?? [] { abandoned.remove() }
        try rearranged.get()
    }

    /// Moves what was made anew to where its predecessor stood.
    private func putReplacementsInPlace() throws(OutputError) {
        guard let file, !replacements.isEmpty else { return }
        let start = earlier.first?.range.lowerBound ?? 0
        var parts = [0..<start]
        var placed: Set<String> = []
        for record in earlier {
            guard let replacement = replacements[record.source] else {
                parts.append(record.range)
                continue
            }
            if placed.insert(record.source).inserted { parts += replacement }
        }
        let moved = replacements.values.joined().sorted { $0.lowerBound < $1.lowerBound }
        var rest = earlier.last?.range.upperBound ?? start
        for range in moved {
            parts.append(rest..<range.lowerBound)
            rest = range.upperBound
        }
        try file.rearrange(parts + [rest..<file.byteCount])
    }

    /// What the user should be told about the pictures so far.
    package mutating func takeWarnings() -> [String] { encoder.takeWarnings() }

    private func put(_ bytes: [UInt8]) throws(OutputError) {
        if let file { try file.write(bytes) } else { try StandardOutput.write(bytes) }
    }
}
