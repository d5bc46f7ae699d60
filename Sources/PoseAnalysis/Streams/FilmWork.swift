// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation
internal import PoseImaging
internal import PoseMedia
internal import PoseRendering

/// One film in work.
final class FilmWork {
    let film: Film
    let settings: AnalysisSettings
    let cancellation: CancellationToken
    private let threads: FilmThreads
    private(set) var summary = FilmSummary()
    /// What is written on frames, which goes from one to the next.
    private var text: FilmText

    init(film: Film, settings: AnalysisSettings, threads: FilmThreads, cancellation: CancellationToken) {
        self.film = film
        self.settings = settings
        self.threads = threads
        self.cancellation = cancellation
        text = FilmText(settings)
    }

    /// How long the work took.
    func end(after duration: Duration) { summary.duration = duration }

    // MARK: - As frames come

    /// Analyses, hands over and draws each frame as it comes.
    func analyze(
        _ worker: PhotoAnalyzer,
        _ reader: VideoReader,
        _ observer: FilmAnalyzer.Observer
    ) throws {
        defer { reader.close() }
        let drawing = try film.output.map { try FrameDrawing($0, of: film, reader, settings: settings) }
        var stream = StreamAnalyzer(source: film.name, settings: settings)
        let outcome = Result {
            try read(reader) { frame, decode in
                let record = try analyze(frame, decode, reader, worker, &stream)
                // Before it is drawn, so that whoever reads along is not late by what drawing and encoding take.
                try observer.record(record)
                summary.add(record)
                if let drawing {
                    try drawing.submit(frame, record.poses, text.text(of: record))
                } else {
                    reader.recycle(frame.picture)
                }
                observer.progress(summary.frameCount)
            }
        }
        try end(outcome, drawing)
    }

    // MARK: - When all frames are known

    /// Analyses all frames, smooths the whole, hands it over, and draws on what is decoded once more.
    func analyzeOffline(
        _ worker: PhotoAnalyzer,
        _ reader: VideoReader,
        _ observer: FilmAnalyzer.Observer
    ) throws {
        var records: [PoseDocument] = []
        var stream = StreamAnalyzer(source: film.name, settings: settings)
        let outcome = Result {
            defer { reader.close() }
            try read(reader) { frame, decode in
                records.append(try analyze(frame, decode, reader, worker, &stream))
                reader.recycle(frame.picture)
                observer.progress(records.count)
            }
        }
        OfflineSmoothing().apply(to: &records)
        for record in records {
            try observer.record(record)
            summary.add(record)
        }
        try end(outcome, nil)
        guard let output = film.output, !summary.isCancelled, !records.isEmpty else { return }
        try draw(records, output, observer)
    }

    private func draw(
        _ records: [PoseDocument],
        _ output: FilmOutput,
        _ observer: FilmAnalyzer.Observer
    ) throws {
        let opened = Result { () throws(MediaError) in
            try VideoReader(film.source, options: film.reading, cancellation: cancellation)
        }
        if case .failure(let error) = opened, error.code == .cancelled {
            summary.isCancelled = true
            return
        }
        let reader = try opened.get()
        defer { reader.close() }
        let drawing = try FrameDrawing(output, of: film, reader, settings: settings)
        var done = 0
        let outcome = Result {
            try read(reader, isAgain: true) { frame, _ in
                // The same options give the same frames.
                guard done < records.count else { return reader.recycle(frame.picture) }
                try drawing.submit(frame, records[done].poses, text.text(of: records[done]))
                done += 1
                observer.progress(records.count + done)
            }
        }
        try end(outcome, drawing, drawnCount: done)
    }

    // MARK: - Steps

    /// Reads frames up to the end, the cancellation or an error; what is wrong with the film is told the first time.
    private func read(
        _ reader: VideoReader,
        isAgain: Bool = false,
        _ body: (VideoFrame, Duration) throws -> Void
    ) throws {
        defer {
            if !isAgain { summary.warnings += reader.warnings.filter { $0 != reader.damage?.message } }
            summary.droppedCount = reader.droppedCount
            summary.reconnectCount = reader.reconnectCount
        }
        while true {
            let start = ContinuousClock.now
            guard let frame = try reader.next(cancellation: cancellation) else { break }
            try body(frame, ContinuousClock.now - start)
        }
        if let damage = reader.damage { throw damage }
    }

    private func analyze(
        _ frame: VideoFrame,
        _ decode: Duration,
        _ reader: VideoReader,
        _ worker: PhotoAnalyzer,
        _ stream: inout StreamAnalyzer
    ) throws -> PoseDocument {
        try frame.picture.withView { view throws(AnalysisError) in
            try stream.analyze(
                view,
                as: PoseFrame(index: frame.index, time: frame.time),
                orientation: reader.info.orientation,
                decode: decode,
                with: worker,
                threadCount: threads.count(isDecoderAhead: reader.isAhead),
                cancellation: cancellation
            )
        }
    }

    /// Keeps what is done when the film or a cancellation ended the work, and notes why there is no more.
    ///
    /// After any other error the video is given up, so that no part of it takes the place of a whole one; one of fragments
    /// stands at its place already.
    ///
    /// - Throws: what ended the work, unless the film did; then it is in the summary.
    private func end(
        _ outcome: Result<Void, any Error>,
        _ drawing: FrameDrawing?,
        drawnCount: Int? = nil
    ) throws {
        let noted = Result { try note(outcome) }
        var isKept = (drawnCount ?? summary.frameCount) > 0
        if case .failure = noted, film.output?.writing.layout != .fragmented { isKept = false }
        let warnings = Result { try drawing?.finish(isKept: isKept) ?? [] }
        try noted.get()
        summary.warnings += try warnings.get()
        summary.hasVideo = drawing != nil && isKept
    }

    /// Notes what ended the work.
    ///
    /// - Throws: what neither the film nor the cancellation is to blame for.
    private func note(_ outcome: Result<Void, any Error>) throws {
        do {
            try outcome.get()
        } catch let error as AnalysisError where error.code == .cancelled {
            summary.isCancelled = true
        } catch let error as MediaError where error.code == .cancelled {
            summary.isCancelled = true
        } catch let error as MediaError
            where ![.outputFailed, .outOfMemory].contains(error.code) && summary.frameCount > 0
        {
            summary.failure = error
        }
    }
}
