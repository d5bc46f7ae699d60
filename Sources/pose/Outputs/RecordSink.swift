// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseSystem

/// The results of a whole run in one file or on standard output.
struct RecordSink {
    private let file: (path: FilePath, writer: AtomicFile)?
    private var encoder: any ResultEncoder
    /// What the run before has written.
    private let earlierSources: Set<String>
    private var hasBegun: Bool
    /// Whether a record could not be written; those before it are kept.
    private var isBroken = false

    /// Opens the output, so that one that cannot be written is known before any work.
    ///
    /// - Parameters:
    ///   - request: a file, or `-`.
    ///   - isResumed: whether the records that are in the file stay.
    init(_ request: ResultRequest, isResumed: Bool = false) throws {
        encoder = request.format.makeEncoder()
        guard request.path != "-" else {
            (file, earlierSources, hasBegun) = (nil, [], false)
            return
        }
        // Opened first: what is copied below belongs into the new file.
        let writer = try OutputError.naming(request.path) { () throws(SystemError) in
            try AtomicFile(request.path, isSynchronized: true)
        }
        file = (request.path, writer)
        let earlier = isResumed ? try EarlierRecords(request) : nil
        earlierSources = earlier?.sources ?? []
        hasBegun = earlier != nil
        try earlier?.copy(to: writer)
    }

    /// Where it goes: a file's name; `nil` for standard output.
    var path: FilePath? { file?.path }

    /// Whether the run before has written the results of a photo.
    func has(_ source: String) -> Bool { earlierSources.contains(source) }

    /// Writes the results of one photo.
    ///
    /// After an error, further ones are left out.
    mutating func write(_ record: PoseDocument) throws(OutputError) {
        if isBroken || has(record.source) { return }
        do throws(OutputError) {
            try put((hasBegun ? [] : encoder.begin()) + encoder.encode(record))
            hasBegun = true
        } catch {
            isBroken = true
            throw error
        }
    }

    /// Ends the output; a file appears only when it has the results of a photo.
    mutating func finish() throws(OutputError) {
        guard hasBegun else { return }
        if !isBroken || file != nil { try put(encoder.end()) }
        guard let file else { return }
        try OutputError.naming(file.path) { () throws(SystemError) in try file.writer.commit() }
    }

    /// What the user should be told about the photos so far.
    mutating func takeWarnings() -> [String] { encoder.takeWarnings() }

    private func put(_ bytes: [UInt8]) throws(OutputError) {
        guard let file else { return try StandardOutput.write(bytes) }
        try OutputError.naming(file.path) { () throws(SystemError) in try file.writer.write(bytes) }
    }
}
