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
        let workerCount = max(1, min(settings.threadCount, plan.files.count))
        // Enough to keep the workers busy behind a slow photo; what waits there is small.
        let window = 8 * workerCount
        let report = try RunReport(
            count: entries.count,
            window: window,
            plan: plan,
            settings: settings,
            interruption: interruption
        )
        work(report, workerCount: workerCount, queueLimit: window)
        let (tally, code) = try report.finish()
        if let signal = interruption.signal { endInterrupted(by: signal, tally) }
        try close(tally, code, duration: .now - start)
        return code
    }

    /// Begins one photo after the other and waits for them.
    private func work(_ report: RunReport, workerCount: Int, queueLimit: Int) {
        let models = ModelCache(store: settings.store)
        let threadsEach = max(1, settings.threadCount / workerCount)
        var pool: WorkerPool<PhotoAnalyzer>?
        var files = plan.files[...]
        while let index = report.take() {
            guard case .photo(let photo) = entries[index], let own = files.popFirst() else {
                if case .failure(let message) = entries[index] {
                    report.submit(.failed(CommandFailure(.noInput, message)), at: index)
                }
                continue
            }
            if settings.isResumed, isDone(photo, own, report) {
                report.submit(.skipped, at: index)
                continue
            }
            if pool == nil {
                // The networks are loaded while the first photo is still being decoded.
                models.prefetch(settings.analysis.complexity)
                pool = WorkerPool(workerCount: workerCount, queueLimit: queueLimit) {
                    PhotoAnalyzer(models: models, threadCount: threadsEach)
                }
            }
            let job = PhotoJob(photo: photo, files: own, settings: settings)
            pool?.submit { [interruption] context in
                guard report.goesOn else { return report.submit(.cancelled, at: index) }
                let token = interruption.token(of: index, timeLimit: job.settings.analysis.timeLimit)
                report.submit(job.run(context.worker, token), at: index)
            } refuse: { refusal in
                let reason = "No thread can be had: \(AnalysisError(refusal))"
                let failure = CommandFailure(.internalError, reason)
                report.submit(report.goesOn ? .fatal(failure) : .cancelled, at: index)
            }
        }
        report.waitForWork()
        pool?.stop()
    }

    /// Whether the run before has written everything of a photo; a file without a byte was being written.
    private func isDone(_ photo: Photo, _ files: OutputPlan.Files, _ report: RunReport) -> Bool {
        report.has(photo.path.text)
            && files.all.allSatisfy { path in
                (try? FileSystem.status(of: path)).map { $0.kind == .regularFile && $0.byteCount > 0 }
                    ?? false
            }
    }

    // MARK: - The end

    /// What is said at the end of a whole run.
    private func close(_ tally: RunTally, _ code: ExitCode, duration: Duration) throws {
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
        if !plan.usesStandardOutput {
            try StandardOutput.say(sentence)
        } else if StandardError.isTerminal {
            StandardError.write(Wording.translated(sentence) + "\n")
        }
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
