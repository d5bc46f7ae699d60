// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PosePrivacy
import PoseSystem
import Synchronization

/// Tells what became of pictures and videos, and writes the reports and the sidecar at the end.
final class AnonymizeReport: Sendable {
    private struct State {
        var report = PrivacyReport()
        var sidecar: Sidecar?
        /// The files of the reports, and that of the sidecar, which appear at the end.
        var reports: [AtomicFile]
        var sidecarFile: AtomicFile?
        var firstFailure: ExitCode?
        var done = 0
        var progress: ProgressBar
    }

    private let state: Mutex<State>
    private let settings: AnonymizeSettings

    /// Opens the reports and the sidecar, so that one that cannot be written is known before any work.
    ///
    /// - Throws: `OutputError`.
    init(count: Int, settings: AnonymizeSettings) throws(OutputError) {
        self.settings = settings
        var reports: [AtomicFile] = []
        for path in settings.reports { reports.append(try AtomicFile(path)) }
        let sidecarFile: AtomicFile? =
            if let path = settings.sidecarPath { try AtomicFile(path) } else { nil }
        let progress = ProgressBar(total: count, isQuiet: settings.isQuiet)
        state = Mutex(
            State(sidecar: settings.sidecar, reports: reports, sidecarFile: sidecarFile, progress: progress)
        )
    }

    /// Tells of an outcome.
    ///
    /// - Throws: what ends the run.
    func tell(_ outcome: AnonymizeOutcome) throws {
        try state.withLock { state in
            state.progress.clear()
            switch outcome {
            case .done(let record, let entry, let summary, let warnings):
                state.report.records.append(record)
                for warning in warnings where !settings.isQuiet {
                    StandardError.say("warning: \(FilePath(text: record.source)): \(warning)")
                }
                if let entry { state.sidecar?.update(entry) }
                if record.outcome == .withheld {
                    state.firstFailure = state.firstFailure ?? .withheld
                    StandardError.say(summary)
                } else if !settings.isQuiet {
                    try StandardOutput.say(summary)
                }
            case .failed(let record, let failure):
                state.report.records.append(record)
                state.firstFailure = state.firstFailure ?? failure.code
                StandardError.say(failure.message)
            case .cancelled: return
            case .fatal(let error): throw error
            }
            state.done += 1
            state.progress.update(done: state.done)
        }
    }

    /// Says something besides the outcomes.
    func warn(_ message: String) {
        state.withLock { state in
            state.progress.clear()
            StandardError.say("warning: \(message)")
        }
    }

    /// Writes the reports and the sidecar, also of a run that ended early.
    ///
    /// - Returns: what is to be said of the run, how many are done, and the exit code.
    /// - Throws: `OutputError`.
    func finish(duration: Duration) throws -> (sentence: String, done: Int, code: ExitCode) {
        try state.withLock { state in
            state.progress.clear()
            for (path, file) in zip(settings.reports, state.reports) {
                try file.write(Self.file(state.report, path))
                try file.commit()
            }
            if let sidecar = state.sidecar {
                try state.sidecarFile?.write(sidecar.json())
                try state.sidecarFile?.commit()
            }
            return (Self.sentence(state.report, duration), state.done, state.firstFailure ?? .success)
        }
    }

    private static func file(_ report: PrivacyReport, _ path: FilePath) -> [UInt8] {
        switch path.fileExtension.lowercased() {
        case "json": report.json()
        case "csv": report.csv()
        default: ContactSheet.html(of: report, in: Wording.language)
        }
    }

    /// `80 written in 31.0 s: 120 faces covered, 3 doubts; 2 withheld, 1 failed`.
    private static func sentence(_ report: PrivacyReport, _ duration: Duration) -> String {
        var text = "\(report.count(.written)) written in \(fixed(duration / .seconds(1), decimals: 1)) s: "
        text += counted(report.coveredCount, "face covered", "faces covered")
        if report.doubtCount > 0 { text += ", " + counted(report.doubtCount, "doubt", "doubts") }
        let others = [(report.count(.withheld), "withheld"), (report.count(.failed), "failed")]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return others.isEmpty ? text : text + "; " + others.joined(separator: ", ")
    }
}
