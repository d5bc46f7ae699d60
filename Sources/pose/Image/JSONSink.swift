// SPDX-License-Identifier: Apache-2.0

import PoseEstimation

/// The common JSON output of a run: a line a photo, or for COCO one array.
struct JSONSink {
    private enum Destination {
        case nowhere
        case standardOutput
        case file(OutputFile)
    }

    private let destination: Destination
    private let isArray: Bool
    private var isFirst = true
    private var hasPhoto = false

    /// Opens the output, so that one that cannot be written is known before any work.
    init(_ target: OutputPlan.JSONTarget, format: ResultFormat) throws(OutputError) {
        switch target {
        case .nowhere, .directory: destination = .nowhere
        case .standardOutput: destination = .standardOutput
        case .file(let path): destination = .file(try OutputFile(path))
        }
        isArray = format == .coco
    }

    /// Writes what one photo gave.
    mutating func write(_ json: [UInt8]) throws(OutputError) {
        hasPhoto = true
        if isArray {
            guard !json.isEmpty else { return }
            try put(Array((isFirst ? "[\n" : ",\n").utf8) + json)
            isFirst = false
        } else {
            try put(json + [UInt8(ascii: "\n")])
        }
    }

    /// Ends the output; a file appears only when at least one photo could be read.
    mutating func finish() throws(OutputError) {
        guard hasPhoto else { return }
        if isArray { try put(Array((isFirst ? "[]\n" : "\n]\n").utf8)) }
        if case .file(let file) = destination { try file.commit() }
    }

    private func put(_ bytes: [UInt8]) throws(OutputError) {
        switch destination {
        case .nowhere: break
        case .standardOutput: try StandardOutput.write(bytes)
        case .file(let file): try file.write(bytes)
        }
    }
}
