// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PosePrivacy
import PoseSystem

/// One run of `pose anonymize`: as many workers as threads, each on a photo of its own, then one video after the other.
struct AnonymizeRun {
    private let settings: AnonymizeSettings
    private let entries: [PhotoList.Entry]
    private let films: [FilePath]
    private let plan: AnonymizePlan
    private let passedBy: PassedBy
    private let interruption = RunInterruption()

    init(settings: AnonymizeSettings, list: PhotoList, films: [FilePath], plan: AnonymizePlan) {
        self.settings = settings
        self.films = films
        self.plan = plan
        entries = list.entries
        // What a run before wrote may stand among the photos.
        passedBy = list.passedBy.without { path in
            (try? FileSystem.status(of: path)).map { plan.existing.contains($0.identity) } ?? false
        }
    }

    private var count: Int { entries.count + films.count }

    /// Works on everything.
    func run() throws -> ExitCode {
        let start = ContinuousClock.now
        let listener = SignalRelay.listen(for: [SIGINT, SIGTERM, SIGHUP], interruption.interrupt)
        defer { SignalRelay.stopListening(listener) }
        let report = try AnonymizeReport(count: count, settings: settings)
        let models = ModelCache(store: settings.store)
        let worked = Result {
            try workOnPhotos(models, report)
            let filmRun = AnonymizeFilmRun(
                settings: settings,
                films: films,
                outputs: plan.films,
                interruption: interruption
            )
            try filmRun.run(models, firstIndex: entries.count, report)
        }
        let finished = Result { try report.finish(duration: .now - start) }
        try worked.get()
        let (sentence, done, code) = try finished.get()
        if let signal = interruption.signal { endInterrupted(by: signal, done) }
        if settings.isQuiet { return code }
        if let sentence = passedBy.sentence { StandardError.say("\(sentence).") }
        if count > 1 { try StandardOutput.say(sentence + ".") }
        return code
    }

    // MARK: - Photos

    /// Begins one photo after the other and waits for them.
    private func workOnPhotos(_ models: ModelCache, _ report: AnonymizeReport) throws {
        let workerCount = max(1, min(settings.threadCount, plan.photos.count))
        // Enough to keep the workers busy behind a slow photo; what waits there is small.
        let window = 8 * workerCount
        let work = OrderedWork<AnonymizeOutcome>(
            count: entries.count,
            window: window,
            interruption: interruption,
            tell: report.tell
        )
        let threadsEach = max(1, settings.threadCount / workerCount)
        var pool: WorkerPool<PhotoAnalyzer>?
        var outputs = plan.photos[...]
        while let index = work.take() {
            guard case .photo(let photo) = entries[index], let output = outputs.popFirst() else {
                if case .failure(let message) = entries[index] {
                    work.submit(Self.unreadable(message), at: index)
                }
                continue
            }
            let current =
                pool
                ?? WorkerPool(workerCount: workerCount, queueLimit: window) {
                    PhotoAnalyzer(models: models, threadCount: threadsEach)
                }
            pool = current
            let job = AnonymizeJob(
                photo: photo,
                output: output,
                isInDirectory: plan.isDirectory,
                settings: settings
            )
            current.submit { [interruption] context in
                guard work.goesOn else { return work.submit(.cancelled, at: index) }
                let token = interruption.token(of: index, timeLimit: job.settings.analysis.timeLimit)
                var own = job
                work.submit(own.run(context.worker, token), at: index)
            } refuse: { refusal in
                let reason = "No thread can be had: \(AnalysisError(refusal))"
                let failure = CommandFailure(.internalError, reason)
                work.submit(work.goesOn ? .fatal(failure) : .cancelled, at: index)
            }
        }
        defer { pool?.stop() }
        try work.finish()
    }

    /// A name that gave no photo.
    private static func unreadable(_ message: String) -> AnonymizeOutcome {
        let name = message.split(separator: ": ", maxSplits: 1).first.map(String.init) ?? message
        return .failed(
            record: PrivacyRecord(failed: name, code: "unreadable", message: message),
            CommandFailure(.noInput, message)
        )
    }

    // MARK: - The end

    /// Says what is done, and ends as the signal asks.
    private func endInterrupted(by number: CInt, _ done: Int) -> Never {
        StandardError.say(
            "interrupted by \(SignalRelay.name(of: number)): \(done) of \(count) pictures are done."
        )
        SignalRelay.endProcess(by: number)
    }
}
