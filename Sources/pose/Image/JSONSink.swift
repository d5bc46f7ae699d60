// SPDX-License-Identifier: Apache-2.0

import PoseEstimation

/// The common output of a run, in one format.
struct JSONSink {
    private enum Destination {
        case nowhere
        case standardOutput
        case file(OutputFile)
    }

    private let destination: Destination
    private var encoder: any ResultEncoder
    private var hasPhoto = false

    /// Opens the output, so that one that cannot be written is known before any work.
    init(_ target: OutputPlan.JSONTarget, format: ResultFormat) throws(OutputError) {
        switch target {
        case .nowhere, .directory: destination = .nowhere
        case .standardOutput: destination = .standardOutput
        case .file(let path): destination = .file(try OutputFile(path))
        }
        encoder = format.makeEncoder()
    }

    /// Writes what one photo gave.
    mutating func write(_ record: PoseDocument) throws(OutputError) {
        if case .nowhere = destination { return }
        if !hasPhoto { try put(encoder.begin()) }
        hasPhoto = true
        try put(encoder.encode(record))
    }

    /// Ends the output; a file appears only when at least one photo could be read.
    mutating func finish() throws(OutputError) {
        guard hasPhoto else { return }
        try put(encoder.end())
        if case .file(let file) = destination { try file.commit() }
    }

    /// What the user should be told about the photos so far.
    mutating func takeWarnings() -> [String] { encoder.takeWarnings() }

    private func put(_ bytes: [UInt8]) throws(OutputError) {
        switch destination {
        case .nowhere: break
        case .standardOutput: try StandardOutput.write(bytes)
        case .file(let file): try file.write(bytes)
        }
    }
}
