// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseImaging
import PoseMedia
import PosePrivacy
import PoseSystem

/// The videos of a run of `pose anonymize`, one after the other on all threads.
struct AnonymizeFilmRun {
    let settings: AnonymizeSettings
    let films: [FilePath]
    let outputs: [FilePath]
    let interruption: RunInterruption

    /// Works on all videos.
    ///
    /// - Parameters:
    ///   - models: where the networks come from.
    ///   - firstIndex: the number of the first video in the run.
    ///   - report: is told of each.
    /// - Throws: what ends the run.
    func run(_ models: ModelCache, firstIndex: Int, _ report: AnonymizeReport) throws {
        guard !films.isEmpty, interruption.signal == nil else { return }
        let anonymizer = FilmAnonymizer(
            PhotoAnonymizer(models: try models.faceModels(), threadCount: settings.threadCount)
        )
        for (index, film) in films.enumerated() {
            guard interruption.signal == nil else { return }
            let token = interruption.token(of: firstIndex + index)
            let outcome = work(film, outputs[index], anonymizer, token)
            interruption.forget(firstIndex + index)
            try report.tell(outcome)
        }
    }

    private func work(
        _ film: FilePath,
        _ output: FilePath,
        _ anonymizer: FilmAnonymizer,
        _ token: CancellationToken
    ) -> AnonymizeOutcome {
        do {
            var progress: ProgressBar?
            defer { progress?.clear() }
            let record = try anonymizer.anonymize(
                FilmAnonymizer.Work(
                    source: try MediaSource(argument: film),
                    name: film.text,
                    output: output,
                    options: settings.analysis.anonymization,
                    keepsAudio: settings.keepsAudio
                ),
                cancellation: token
            ) { done, all in
                if progress == nil { progress = ProgressBar(total: all, isQuiet: settings.isQuiet) }
                progress?.update(done: done)
            }
            if record.outcome == .withheld { AnonymizeJob.removeEarlierOutput(output) }
            return .done(record: record, entry: nil, summary: AnonymizeJob.summary(of: record, film))
        } catch {
            return outcome(error, film, output)
        }
    }

    private func outcome(_ error: any Error, _ film: FilePath, _ output: FilePath) -> AnonymizeOutcome {
        var code = "undecodable"
        let failure: CommandFailure
        switch error {
        case let error as MediaError:
            if error.code == .cancelled { return .cancelled }
            failure = CommandFailure(error)
        case let error as PrivacyError:
            let error = AnalysisError(error)
            if error.code == .cancelled { return .cancelled }
            code = error.code.description
            failure = CommandFailure(error, photo: film)
        case let error as ImageError:
            failure = CommandFailure(AnalysisError(error), photo: film)
        default: return .fatal(error)
        }
        guard failure.isOfOneInput else { return .fatal(failure) }
        AnonymizeJob.removeEarlierOutput(output)
        return .failed(
            record: PrivacyRecord(failed: film.text, code: code, message: failure.message),
            failure
        )
    }
}
