// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseSystem

/// Writes the results of films frame by frame, and says how far the work is.
final class FilmReport {
    private var outputs: [ResultOutput]
    private let isFile: [Bool]
    private var frames: [(format: ResultFormat, stem: FilePath)] = []
    private var progress: ProgressBar
    private let isQuiet: Bool

    /// Opens the outputs that films share.
    init(plan: FilmPlan, isQuiet: Bool) throws {
        outputs = try plan.shared.map { request in
            try ResultOutput(request.path == "-" ? nil : request.path, format: request.format)
        }
        isFile = plan.shared.map { $0.path != "-" }
        self.isQuiet = isQuiet
        progress = ProgressBar(total: nil, isQuiet: true)
    }

    /// Begins a film.
    ///
    /// - Parameters:
    ///   - files: its own outputs.
    ///   - expectedCount: how many frames there will be; `nil` when nobody knows.
    func begin(_ files: FilmPlan.Files, expectedCount: Int?) {
        frames = files.frames
        progress = ProgressBar(total: expectedCount, isQuiet: isQuiet)
    }

    /// Writes what was found in a frame.
    func write(_ record: PoseDocument) throws {
        for index in outputs.indices {
            try outputs[index].write(record)
            warn(outputs[index].takeWarnings())
        }
        for (format, stem) in frames {
            let name = FilePath(text: format.fileName(stem: stem.text, frame: record.frame))
            try AtomicFile.write(record.encoded(as: format) + [UInt8(ascii: "\n")], to: name)
        }
    }

    /// Says how many frames are done.
    func update(done: Int) { progress.update(done: done) }

    /// Makes room for other lines.
    func clear() { progress.clear() }

    /// Says what should be known.
    func warn(_ warnings: [String]) {
        for warning in warnings {
            progress.clear()
            StandardError.say("warning: \(warning)")
        }
    }

    /// Ends the outputs, also after an error or an interruption, so that what is done is not lost.
    ///
    /// - Parameter isKept: whether files appear; what stood at their places stays otherwise.
    /// - Throws: `OutputError`.
    func finish(isKept: Bool) throws {
        progress.clear()
        var failure: (any Error)?
        for index in outputs.indices where isKept || !isFile[index] {
            do {
                try outputs[index].finish()
            } catch {
                failure = failure ?? error
            }
            warn(outputs[index].takeWarnings())
        }
        if let failure { throw failure }
    }
}
