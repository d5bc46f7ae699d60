// SPDX-License-Identifier: Apache-2.0

package import PoseEstimation
package import PoseSystem

/// The results of many pictures in one file or on standard output.
package struct ResultOutput {
    /// `nil` for standard output.
    private let file: AtomicFile?
    private var encoder: any ResultEncoder
    /// What an earlier run has written.
    private let earlierSources: Set<String>
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
            (file, earlierSources, hasBegun) = (nil, [], false)
            return
        }
        let file = try AtomicFile(path, isSynchronized: true)
        let earlier = try complexity.flatMap { complexity in
            let earlier = try EarlierResults(path, format: format)
            try earlier?.check(complexity)
            return earlier
        }
        try earlier?.copy(to: file)
        self.file = file
        earlierSources = earlier?.sources ?? []
        hasBegun = earlier != nil
    }

    /// Whether an earlier run has written the results of a picture.
    package func has(_ source: String) -> Bool { earlierSources.contains(source) }

    /// Writes the results of one picture.
    ///
    /// After an error, further ones are left out.
    package mutating func write(_ record: PoseDocument) throws(OutputError) {
        if isBroken || has(record.source) { return }
        do throws(OutputError) {
            try put((hasBegun ? [] : encoder.begin()) + encoder.encode(record))
            hasBegun = true
        } catch {
            isBroken = true
            throw error
        }
    }

    /// Ends the output; a file appears only when it has the results of a picture.
    package mutating func finish() throws(OutputError) {
        guard hasBegun else { return }
        if !isBroken || file != nil { try put(encoder.end()) }
        try file?.commit()
    }

    /// What the user should be told about the pictures so far.
    package mutating func takeWarnings() -> [String] { encoder.takeWarnings() }

    private func put(_ bytes: [UInt8]) throws(OutputError) {
        if let file { try file.write(bytes) } else { try StandardOutput.write(bytes) }
    }
}
