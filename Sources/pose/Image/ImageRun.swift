// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseRendering
import PoseSystem

/// One run of `pose image`: as many workers as threads, each on a photo of its own; a single photo gets all
/// threads inside the networks.
struct ImageRun {
    private let settings: ImageSettings
    private let entries: [PhotoList.Entry]
    private let plan: OutputPlan
    private let passedBy: PassedBy
    private let interruption = RunInterruption()

    init(settings: ImageSettings, list: PhotoList, plan: OutputPlan) {
        self.settings = settings
        self.plan = plan
        entries = list.entries
        // What a run before wrote may stand among the photos.
        passedBy = list.passedBy.without { path in
            (try? FileSystem.status(of: path)).map { plan.existing.contains($0.identity) } ?? false
        }
    }

    /// Works on all photos.
    func run() throws -> ExitCode {
        let start = ContinuousClock.now
        let listener = SignalRelay.listen(for: [SIGINT, SIGTERM, SIGHUP], interruption.interrupt)
        defer { SignalRelay.stopListening(listener) }
        if settings.analysis.style == .skeletonOnly, plan.hasJPEG, !settings.isQuiet {
            StandardError.say("JPEG has no transparency: skeletons are on black; PNG, WebP and SVG have it.")
        }
        let report = try RunReport(count: entries.count, plan: plan, settings: settings)
        let worked = Result { try work(report) }
        let finished = Result { try report.finish() }
        try worked.get()
        let (tally, code) = try finished.get()
        if let signal = interruption.signal { endInterrupted(by: signal, tally) }
        close(tally, code, duration: .now - start)
        return code
    }

    /// Most bytes that photos in work take for each worker; a single photo may take more, and is then alone.
    private static let byteCountPerWorker = 256_000_000

    /// Begins one photo after the other and waits for them.
    ///
    /// - Throws: what ended the run.
    private func work(_ report: RunReport) throws {
        let workerCount = max(1, min(settings.threadCount, plan.files.count))
        // Enough to keep the workers busy behind a slow photo; of what waits there, `ReadAhead` limits the memory.
        let window = 8 * workerCount
        let work = OrderedWork<PhotoOutcome>(
            count: entries.count,
            window: window,
            interruption: interruption,
            tell: report.tell
        )
        let limits = WorkLimits(waiting: Double(window), byteCount: workerCount * Self.byteCountPerWorker)
        let models = ModelCache(store: settings.store)
        let threadsEach = max(1, settings.threadCount / workerCount)
        let readAhead = ReadAhead(workerCount: workerCount, settings: settings)
        var pool: WorkerPool<PhotoAnalyzer>?
        var files = plan.files[...]
        while let index = work.take() {
            guard case .photo(let photo) = entries[index], let own = files.popFirst() else {
                if case .failure(let message) = entries[index] {
                    work.submit(.failed(CommandFailure(.noInput, message)), at: index)
                }
                continue
            }
            let origin = photo.origin
            if settings.isResumed, let origin, report.has(photo.path.text), own.all.allSatisfy(origin.made) {
                work.submit(.skipped, at: index)
                continue
            }
            if pool == nil {
                // The networks are loaded while the first photo is still being decoded.
                models.prefetch(settings.analysis.complexity)
                pool = WorkerPool(workerCount: workerCount, limits: limits) {
                    PhotoAnalyzer(models: models, threadCount: threadsEach)
                }
            }
            guard let waiting = readAhead.read(photo, for: own, wait: work.wait) else {
                work.submit(.cancelled, at: index)
                continue
            }
            let job = PhotoJob(waiting: waiting, files: own, origin: origin, settings: settings)
            pool?.submit(estimate: waiting.estimate) { [interruption] context in
                guard work.goesOn else { return work.submit(.cancelled, at: index) }
                let token = interruption.token(of: index, timeLimit: job.settings.analysis.timeLimit)
                work.submit(job.run(context.worker, token), at: index)
            } refuse: { refusal in
                let reason = "No thread can be had: \(AnalysisError(refusal))"
                let failure = CommandFailure(.internalError, reason)
                work.submit(work.goesOn ? .fatal(failure) : .cancelled, at: index)
            }
        }
        defer { pool?.stop() }
        try work.finish()
    }

    // MARK: - The end

    /// What is said at the end of a whole run.
    private func close(_ tally: RunTally, _ code: ExitCode, duration: Duration) {
        if settings.isQuiet { return }
        if let sentence = passedBy.sentence { StandardError.say("\(sentence).") }
        if plan.isEmpty, code == .success {
            let advice =
                "Nothing was written. Add -o OUT.jpg for the photo with the skeleton, --json - for the landmarks."
            StandardError.write(Wording.translated(advice) + "\n")
        }
        guard entries.count > 1 else { return }
        let shownDuration = settings.analysis.hasTiming ? duration : nil
        let sentence = tally.sentence(duration: shownDuration, passedBy: passedBy.count) + "."
        StandardError.write(Wording.translated(sentence) + "\n")
    }

    /// Says what is done, and ends as the signal asks.
    private func endInterrupted(by number: CInt, _ tally: RunTally) -> Never {
        let name = SignalRelay.name(of: number)
        let files = plan.shared.map(\.path).filter { $0 != "-" }.map { "'\($0)'" }
        let place =
            files.isEmpty || tally.finished == 0
            ? "" : ", with the results in \(files.joined(separator: " and "))"
        let canResume = !plan.isEmpty && plan.shared.allSatisfy(\.canBeResumed)
        StandardError.say(
            "interrupted by \(name): \(tally.finished) of \(entries.count) photos are done\(place)."
                + (canResume ? " The same command with --resume goes on there." : "")
        )
        SignalRelay.endProcess(by: number)
    }
}
