// SPDX-License-Identifier: Apache-2.0

import Dispatch
import PoseAnalysis
import PoseEstimation
import PoseSystem
import Synchronization

/// Takes outcomes in whatever order workers finish, and tells of them in the order of the photos.
///
/// One thread begins photos and waits; workers submit.
final class RunReport: Sendable {
    private struct State {
        var waiting: [Int: PhotoOutcome] = [:]
        /// The photo that is told next; all before it are.
        var next = 0
        var begun = 0
        var submitted = 0
        var tally = RunTally()
        var firstFailure: ExitCode?
        var fatal: (any Error)?
        var outputs: [ResultOutput]
        var progress: ProgressBar
    }

    private let state: Mutex<State>
    private let count: Int
    /// Most photos that are begun and not told.
    private let window: Int
    private let printsSummaries: Bool
    private let interruption: RunInterruption

    /// Opens the outputs.
    init(
        count: Int,
        window: Int,
        plan: OutputPlan,
        settings: ImageSettings,
        interruption: RunInterruption
    ) throws {
        self.count = count
        self.window = window
        self.interruption = interruption
        printsSummaries = !settings.isQuiet && !plan.usesStandardOutput
        let outputs = try plan.shared.map { request in
            let path = request.path == "-" ? nil : request.path
            return try ResultOutput(path, format: request.format, isResumed: settings.isResumed)
        }
        let progress = ProgressBar(total: count, isQuiet: settings.isQuiet)
        state = Mutex(State(outputs: outputs, progress: progress))
    }

    // MARK: - The beginning thread

    /// The position of the next photo to begin, as soon as there is room; `nil` when none is left or the run cannot go
    /// on.
    func take() -> Int? {
        wait { $0.fatal != nil || self.interruption.signal != nil || $0.begun - $0.next < self.window }
        return state.withLock { state in
            guard state.fatal == nil, interruption.signal == nil, state.begun < count else { return nil }
            defer { state.begun += 1 }
            return state.begun
        }
    }

    /// Whether the shared outputs have the results of a photo from a run before.
    func has(_ source: String) -> Bool {
        state.withLock { state in state.outputs.allSatisfy { $0.has(source) } }
    }

    /// Waits for the photos in work; after an interruption not for long, since one may wait for a pipe.
    func waitForWork() {
        let clock = ContinuousClock()
        var deadline: ContinuousClock.Instant?
        wait { state in
            if self.interruption.signal != nil, deadline == nil { deadline = clock.now + .seconds(2) }
            return state.submitted == state.begun || deadline.map { clock.now > $0 } ?? false
        }
    }

    private func wait(until isReached: (State) -> Bool) {
        // The time limit is for conditions that a clock makes true.
        while !state.withLock({ isReached($0) }) {
            _ = interruption.changed.wait(timeout: .now() + .milliseconds(250))
        }
    }

    // MARK: - Workers

    /// Whether photos are still begun.
    var goesOn: Bool { interruption.signal == nil && state.withLock { $0.fatal == nil } }

    /// Tells of an outcome as soon as all before it are told.
    func submit(_ outcome: PhotoOutcome, at index: Int) {
        state.withLock { state in
            state.submitted += 1
            if case .fatal(let error) = outcome, state.fatal == nil { state.fatal = error }
            state.waiting[index] = outcome
            tell(&state)
            let goesOn = state.fatal == nil && interruption.signal == nil
            if goesOn { state.progress.update(done: state.next) }
        }
        interruption.forget(index)
    }

    // MARK: - Telling

    /// Tells what comes next, as far as it is there.
    private func tell(_ state: inout State) {
        while let outcome = state.waiting.removeValue(forKey: state.next) {
            state.next += 1
            state.tally.add(outcome)
            switch outcome {
            case .done(let record, let summary, let warnings):
                write(record, &state)
                warn(warnings, &state)
                if printsSummaries { say(summary, &state) }
            case .failed(let failure):
                state.firstFailure = state.firstFailure ?? failure.code
                state.progress.clear()
                StandardError.say(failure.message)
            case .skipped, .cancelled, .fatal: break
            }
        }
    }

    private func write(_ record: PoseDocument, _ state: inout State) {
        for index in state.outputs.indices {
            do {
                try state.outputs[index].write(record)
            } catch {
                state.fatal = state.fatal ?? error
            }
            warn(state.outputs[index].takeWarnings(), &state)
        }
    }

    private func say(_ summary: String, _ state: inout State) {
        // Once the reader is gone there is nobody to tell.
        guard state.fatal == nil else { return }
        state.progress.clear()
        do {
            try StandardOutput.say(summary)
        } catch {
            state.fatal = error
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
    /// - Throws: what ended the run.
    func finish() throws -> (tally: RunTally, code: ExitCode) {
        try state.withLock { state in
            state.progress.clear()
            // Photos that did not end leave gaps.
            for index in state.next..<max(state.next, state.begun) where state.waiting[index] == nil {
                state.waiting[index] = .cancelled
            }
            tell(&state)
            for index in state.outputs.indices {
                do {
                    try state.outputs[index].finish()
                } catch {
                    state.fatal = state.fatal ?? error
                }
                warn(state.outputs[index].takeWarnings(), &state)
            }
            if let fatal = state.fatal { throw fatal }
            return (state.tally, state.firstFailure ?? .success)
        }
    }
}
