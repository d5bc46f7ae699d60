// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseImaging
import PoseMedia
import PoseRendering
import PoseSystem

/// One run of `pose video` or `pose camera`: one film after the other.
struct FilmRun {
    /// A film to work on, and what to call it.
    struct Item {
        var source: MediaSource
        /// Its name, as results have it.
        var name: String
        /// Its name, as messages have it.
        var label: String { FilePath(text: name).description }
        /// Looked at before the film is opened.
        var check: () throws(CommandFailure) -> Void = {}
    }

    private let items: [Item]
    private let plan: FilmPlan
    private let settings: FilmSettings
    private let layout: VideoWriterOptions.Layout
    private let sender: FrameSender?
    /// Called for every frame, with how long the run takes so far.
    private let observe: (PoseDocument, Duration) throws -> Void
    private let interruption = RunInterruption()
    private let exercise: ExerciseReport?

    init(
        _ items: [Item],
        plan: FilmPlan,
        settings: FilmSettings,
        layout: VideoWriterOptions.Layout = .whole,
        sender: FrameSender? = nil,
        observe: @escaping (PoseDocument, Duration) throws -> Void = { _, _ in }
    ) {
        self.items = items
        self.plan = plan
        self.settings = settings
        self.layout = layout
        self.sender = sender
        self.observe = observe
        exercise = settings.analysis.exercise.map(ExerciseReport.init)
    }

    /// Works on all films.
    func run() throws -> ExitCode {
        let start = ContinuousClock.now
        let listener = SignalRelay.listen(for: [SIGINT, SIGTERM, SIGHUP], interruption.interrupt)
        defer { SignalRelay.stopListening(listener) }
        let report = try FilmReport(plan: plan, isQuiet: settings.isQuiet)
        var tally = FilmTally()
        let outcome = Result { try work(report, &tally) }
        // Without a film that came to its end, there is but the part of one that an error elsewhere left.
        let finished = Result { try report.finish(isKept: tally.videoCount > 0) }
        report.warn(sender?.closingWarnings() ?? [])
        try outcome.get()
        try finished.get()
        if let signal = interruption.signal { endInterrupted(by: signal, tally) }
        if !settings.isQuiet, plan.isEmpty, sender == nil, tally.code == .success, tally.videoCount > 0 {
            let advice =
                "Nothing was written. Add -o OUT.mp4 for the video with the skeletons, --json - for the landmarks."
            StandardError.write(Wording.translated(advice) + "\n")
        }
        if items.count > 1 {
            try say(tally.sentence(duration: settings.analysis.hasTiming ? .now - start : nil) + ".")
        }
        return tally.code
    }

    private func work(_ report: FilmReport, _ tally: inout FilmTally) throws {
        let models = ModelCache(store: settings.store)
        // The networks are loaded while the decoder of the first film starts.
        models.prefetch(settings.analysis.complexity, forStreams: true)
        let analyzer = FilmAnalyzer(models: models, threadCount: settings.threadCount)
        for (item, files) in zip(items, plan.files) {
            guard interruption.signal == nil else { return }
            do {
                let summary = try work(item, files, analyzer, report)
                guard let summary else { return }
                tally.add(summary, video: summary.hasVideo ? files.video : nil)
                report.clear()
                report.warn(summary.warnings.map { $0.contains(item.label) ? $0 : "\(item.label): \($0)" })
                try say(exercise?.finish() ?? [], report)
                if summary.isCancelled { return }
                try say(
                    "\(item.label): \(summary.sentence(hasTiming: settings.analysis.hasTiming))\(arrow(files, summary))"
                )
                if let failure = summary.failure { throw failure }
            } catch {
                let failure = try Self.failure(error, item)
                // A range that one video does not have, others may.
                guard failure.isOfOneInput || failure.code == .usage, items.count > 1 else { throw failure }
                report.clear()
                StandardError.say(failure.message)
                tally.addFailure(failure.code)
            }
        }
    }

    /// Works on one film.
    ///
    /// - Returns: `nil` when the run was interrupted before the first frame.
    private func work(
        _ item: Item,
        _ files: FilmPlan.Files,
        _ analyzer: FilmAnalyzer,
        _ report: FilmReport
    ) throws -> FilmSummary? {
        try item.check()
        let token = interruption.token(of: 0)
        let film = self.film(item, files)
        let opened = Result { () throws(MediaError) in
            try VideoReader(film.source, options: film.reading, cancellation: token)
        }
        if case .failure(let error) = opened, error.code == .cancelled { return nil }
        let reader = try opened.get()
        let isDrawnAnew = settings.analysis.smoothsOffline && film.output != nil
        report.begin(files, expectedCount: reader.expectedFrameCount.map { isDrawnAnew ? 2 * $0 : $0 })
        let start = ContinuousClock.now
        sender?.begin()
        let summary = try analyzer.analyze(
            film,
            from: reader,
            settings: settings.analysis,
            cancellation: token,
            observer: FilmAnalyzer.Observer(
                record: { record in
                    if let sender {
                        sender.send(record, cancellation: token)
                        report.warn(sender.takeWarnings())
                    }
                    try report.write(record)
                    try observe(record, .now - start)
                    try say(exercise?.add(record) ?? [], report)
                },
                progress: { report.update(done: $0) }
            )
        )
        guard summary.frameCount > 0 || summary.isCancelled else {
            throw CommandFailure(noFrameOf: film.source, reader.info, film.reading)
        }
        return summary
    }

    private func film(_ item: Item, _ files: FilmPlan.Files) -> Film {
        var film = Film(source: item.source, name: item.name, reading: settings.reading, output: nil)
        guard let path = files.video else { return film }
        var output = FilmOutput(path)
        output.isMirrored = settings.isMirrored
        output.writing.layout = layout
        if settings.keepsAudio { output.writing.audio = VideoWriterOptions.Audio(from: item.source) }
        film.output = output
        return film
    }

    // MARK: - What is said

    /// An error of one film, or of the run.
    ///
    /// - Throws: what is no error of a film.
    private static func failure(_ error: any Error, _ item: Item) throws -> CommandFailure {
        switch error {
        case let failure as CommandFailure: failure
        case let error as MediaError: CommandFailure(error)
        case let error as AnalysisError: CommandFailure(error, photo: FilePath(text: item.name))
        case let error as ImageError:
            CommandFailure(AnalysisError(error), photo: FilePath(text: item.name))
        case let error as RenderingError:
            CommandFailure(AnalysisError(error), photo: FilePath(text: item.name))
        default: throw error
        }
    }

    private func arrow(_ files: FilmPlan.Files, _ summary: FilmSummary) -> String {
        let names =
            [summary.hasVideo ? files.video : nil].compactMap(\.self) + files.frames.compactMap(\.stem.parent)
        return names.isEmpty ? "" : " → " + names.map(\.description).joined(separator: ", ")
    }

    private func say(_ line: String) throws {
        if settings.isQuiet { return }
        if !plan.usesStandardOutput {
            try StandardOutput.say(line)
        } else if StandardError.isTerminal {
            StandardError.say(line)
        }
    }

    private func say(_ lines: [String], _ report: FilmReport) throws {
        if !lines.isEmpty { report.clear() }
        for line in lines { try say(line) }
    }

    /// Says what is done, and ends as the signal asks.
    private func endInterrupted(by number: CInt, _ tally: FilmTally) -> Never {
        var places: [String] = []
        if tally.frameCount > 0 {
            if let video = tally.lastVideo { places.append("the video in '\(video)'") }
            let results = plan.shared.map(\.path).filter { $0 != "-" }.map { "'\($0)'" }
            if !results.isEmpty { places.append("the results in \(results.joined(separator: " and "))") }
        }
        let place = places.isEmpty ? "" : ", with \(places.joined(separator: " and "))"
        StandardError.say(
            "interrupted by \(SignalRelay.name(of: number)): \(counted(tally.frameCount, "frame", "frames")) "
                + "\(tally.frameCount == 1 ? "is" : "are") done\(place)."
        )
        SignalRelay.endProcess(by: number)
    }
}

/// What a run over several films found, in numbers.
struct FilmTally {
    /// Films of which there are frames.
    private(set) var videoCount = 0
    /// Frames of all films.
    private(set) var frameCount = 0
    /// The video that was written last.
    private(set) var lastVideo: FilePath?
    /// The exit code of the first bad film.
    private(set) var code = ExitCode.success
    private var failureCount = 0

    /// Counts a film.
    ///
    /// - Parameters:
    ///   - summary: what became of it.
    ///   - video: the video of it that was written; `nil` for none.
    mutating func add(_ summary: FilmSummary, video: FilePath?) {
        lastVideo = video ?? lastVideo
        videoCount += 1
        frameCount += summary.frameCount
    }

    /// Counts a film that is bad, or ended early.
    mutating func addFailure(_ code: ExitCode) {
        failureCount += 1
        if self.code == .success { self.code = code }
    }

    /// `3 videos, 900 frames in 31.0 s; 1 failed`.
    func sentence(duration: Duration?) -> String {
        var text = counted(videoCount, "video", "videos") + ", " + counted(frameCount, "frame", "frames")
        if let duration { text += " in \(fixed(duration / .seconds(1), decimals: 1)) s" }
        return failureCount > 0 ? text + "; \(failureCount) failed" : text
    }
}
