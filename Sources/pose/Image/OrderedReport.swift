// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import Synchronization

/// Takes outcomes in whatever order workers finish, and tells of them in the order of the photos.
final class OrderedReport: Sendable {
    private struct State: ~Copyable {
        var waiting: [Int: PhotoOutcome] = [:]
        var next = 0
        var started = 0
        var firstFailure: ExitCode?
        var fatal: (any Error)?
        var sink: JSONSink
        var progress: ProgressBar
    }

    private let state: Mutex<State>
    private let count: Int
    private let printsSummaries: Bool

    init(count: Int, plan: OutputPlan, settings: ImageSettings) throws(OutputError) {
        self.count = count
        printsSummaries = !settings.isQuiet && plan.json != .standardOutput
        let sink = try JSONSink(plan.json, format: settings.analysis.format)
        let progress = ProgressBar(total: count, isQuiet: settings.isQuiet)
        state = Mutex(State(sink: sink, progress: progress))
    }

    /// The position of the next photo to work on; `nil` when none is left or the run cannot go on.
    func take() -> Int? {
        state.withLock { state in
            guard state.fatal == nil, state.started < count else { return nil }
            defer { state.started += 1 }
            return state.started
        }
    }

    /// Tells of an outcome as soon as all before it are told.
    func submit(_ outcome: PhotoOutcome, at index: Int) {
        state.withLock { state in
            guard state.fatal == nil else { return }
            if case .fatal(let error) = outcome {
                state.fatal = error
                return
            }
            state.waiting[index] = outcome
            while state.fatal == nil, let outcome = state.waiting.removeValue(forKey: state.next) {
                state.next += 1
                do {
                    try tell(outcome, &state)
                } catch {
                    state.fatal = error
                }
            }
            if state.fatal == nil { state.progress.update(done: state.next) }
        }
    }

    private func tell(_ outcome: PhotoOutcome, _ state: inout State) throws(OutputError) {
        switch outcome {
        case .done(let record, let summary):
            try state.sink.write(record)
            warn(&state)
            guard printsSummaries else { return }
            state.progress.clear()
            try StandardOutput.write(summary + "\n")
        case .failed(let failure):
            state.firstFailure = state.firstFailure ?? failure.code
            state.progress.clear()
            StandardError.write("pose: \(failure.message)\n")
        case .fatal: break
        }
    }

    private func warn(_ state: inout State) {
        for warning in state.sink.takeWarnings() {
            state.progress.clear()
            StandardError.write("pose: warning: \(warning)\n")
        }
    }

    /// Ends the output; the exit code is that of the first bad photo.
    func finish() throws -> ExitCode {
        try state.withLock { state in
            state.progress.clear()
            if let fatal = state.fatal { throw fatal }
            try state.sink.finish()
            warn(&state)
            return state.firstFailure ?? .success
        }
    }
}
