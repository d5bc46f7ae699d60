// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseSystem
import Synchronization

/// Tells what became of photos, in their order, and writes the outputs that they share.
final class RunReport: Sendable {
    private struct State {
        var tally = RunTally()
        var told = 0
        var firstFailure: ExitCode?
        /// Whether nobody reads the summaries any more.
        var isUnread = false
        var outputs: [ResultOutput]
        var progress: ProgressBar
    }

    private let state: Mutex<State>
    private let printsSummaries: Bool

    /// Opens the outputs.
    init(count: Int, plan: OutputPlan, settings: ImageSettings) throws {
        printsSummaries = !settings.isQuiet && !plan.usesStandardOutput
        let outputs = try plan.shared.map { request in
            try ResultOutput(
                request.path == "-" ? nil : request.path,
                format: request.format,
                resumedWith: settings.isResumed ? settings.analysis.complexity : nil
            )
        }
        let progress = ProgressBar(total: count, isQuiet: settings.isQuiet)
        state = Mutex(State(outputs: outputs, progress: progress))
    }

    /// Whether the shared outputs have the results of a photo from a run before.
    func has(_ source: String) -> Bool {
        state.withLock { state in state.outputs.allSatisfy { $0.has(source) } }
    }

    /// Tells of an outcome.
    ///
    /// - Throws: what ends the run.
    func tell(_ outcome: PhotoOutcome) throws {
        try state.withLock { state in
            state.told += 1
            state.tally.add(outcome)
            switch outcome {
            case .done(let record, let summary, let warnings):
                let written = Result { try write(record, &state) }
                warn(warnings, &state)
                if printsSummaries { try say(summary, &state) }
                try written.get()
            case .failed(let failure):
                state.firstFailure = state.firstFailure ?? failure.code
                state.progress.clear()
                StandardError.say(failure.message)
            case .skipped: break
            case .cancelled: return
            case .fatal(let error): throw error
            }
            state.progress.update(done: state.told, skipped: state.tally.skipped)
        }
    }

    /// Writes a record into each output, also when one of them fails.
    private func write(_ record: PoseDocument, _ state: inout State) throws {
        var failure: (any Error)?
        for index in state.outputs.indices {
            do {
                try state.outputs[index].write(record)
            } catch {
                failure = failure ?? error
            }
            warn(state.outputs[index].takeWarnings(), &state)
        }
        if let failure { throw failure }
    }

    private func say(_ summary: String, _ state: inout State) throws {
        if state.isUnread { return }
        state.progress.clear()
        do {
            try StandardOutput.say(summary)
        } catch {
            state.isUnread = true
            throw error
        }
    }

    private func warn(_ warnings: [String], _ state: inout State) {
        for warning in warnings {
            state.progress.clear()
            StandardError.say("warning: \(warning)")
        }
    }

    /// Ends the outputs, also after an error or an interruption, so that what is done is not lost.
    ///
    /// - Returns: what is to be said of the run, and the exit code of the first bad photo.
    /// - Throws: `OutputError`.
    func finish() throws -> (tally: RunTally, code: ExitCode) {
        try state.withLock { state in
            state.progress.clear()
            var failure: (any Error)?
            for index in state.outputs.indices {
                do {
                    try state.outputs[index].finish()
                } catch {
                    failure = failure ?? error
                }
                warn(state.outputs[index].takeWarnings(), &state)
            }
            if let failure { throw failure }
            return (state.tally, state.firstFailure ?? .success)
        }
    }
}
