// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseMedia
import PoseMotion
import PoseSystem

/// The film that `pose motion` looks at: a video that is analysed, or landmarks that were written before.
struct MotionInput {
    /// The parameters of an analysis that a motion depends on.
    static let parameters = AnalysisParameters.parameters(for: .video).filter {
        ["complexity", "max-people", "min-detection", "min-presence", "smooth", "angles-check"].contains(
            $0.name
        )
    }

    /// The same as options, with the default that a motion has.
    static let options = parameters.map { parameter in
        var option = OptionSpecification(parameter)
        if option.name == "smooth" { option.defaultText = "offline" }
        return option
    }

    /// More bytes of landmarks are not read: four people for an hour.
    private static let mostBytes = 2 << 30

    let file: FilePath
    let isQuiet: Bool
    let settings: FilmSettings
    private let interruption = RunInterruption()

    init(_ arguments: ParsedArguments, file: FilePath) throws(UsageError) {
        self.file = file
        isQuiet = arguments[SharedOptions.quiet]
        settings = try FilmSettings(arguments, motion: Self.parameters)
    }

    /// Whether each person is looked at again through shifted squares.
    var looksAgain: Bool { settings.analysis.options.shiftedLooks }

    /// The film's name, as results give it.
    var name: String { file.text }

    /// Reads or makes all documents of the film, in the order of their frames.
    ///
    /// - Parameters:
    ///   - needsTimes: whether landmarks of photos, which have no times, are of no use.
    ///   - drawing: the video to write, with angles and an exercise; `nil` for none.
    /// - Returns: at least one.
    /// - Throws: `CommandFailure`, `PoseError`.
    func documents(
        needsTimes: Bool = true,
        drawing: (path: FilePath, exercise: Exercise)? = nil
    ) throws -> [PoseDocument] {
        func checkPictures() throws(UsageError) {
            if drawing != nil {
                throw UsageError(
                    "--output draws on a video, and '\(file)' has landmarks alone: give the video itself."
                )
            }
            if looksAgain {
                throw UsageError(
                    "--angles-check looks at a video again, and '\(file)' has landmarks alone: give the video itself."
                )
            }
        }
        if file == "-" {
            try checkPictures()
            return try records(
                Result { () throws(SystemError) in
                    try FileSystem.standardInput(limit: Self.mostBytes)
                },
                needsTimes
            )
        }
        let start = (try? FileSystem.beginning(of: file, byteCount: 64)) ?? []
        let first = start.drop { [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }.first
        guard first == UInt8(ascii: "{") else { return try analyzed(drawing) }
        try checkPictures()
        return try records(
            Result { () throws(SystemError) in
                try FileSystem.contents(of: file, limit: Self.mostBytes)
            },
            needsTimes
        )
    }

    private func records(_ contents: Result<FileContents, SystemError>, _ needsTimes: Bool) throws
        -> [PoseDocument]
    {
        let contents = try contents.mapError {
            CommandFailure(.noInput, "'\(file)' cannot be read: \($0.reason).")
        }.get()
        guard let bytes = contents.bytes else {
            throw CommandFailure(
                .badInput,
                "'\(file)' has \(contents.byteCount) bytes; at most \(Self.mostBytes) are read. Take a part of it."
            )
        }
        var reader = PoseStreamReader()
        reader.append(bytes)
        reader.finish(droppingBrokenEnd: true)
        var film: [PoseDocument] = []
        do throws(PoseError) {
            while let record = try reader.next() { film.append(record) }
        } catch {
            throw CommandFailure(.badInput, "\(file): \(error.message)")
        }
        if let end = reader.brokenEnd { StandardError.say("\(file): \(end.message) It was left out.") }
        guard film.contains(where: { !needsTimes || $0.frame != nil }) else {
            throw CommandFailure(
                .badInput,
                "'\(file)' has no frames with times. Write such lines with: pose video FILE --json OUT.jsonl"
            )
        }
        return film
    }

    private func analyzed(_ drawing: (path: FilePath, exercise: Exercise)?) throws -> [PoseDocument] {
        var analysis = settings.analysis
        if let drawing { (analysis.hasAngles, analysis.exercise) = (true, drawing.exercise) }
        let source: MediaSource
        do {
            source = try MediaSource(argument: file)
        } catch {
            throw UsageError(error.message)
        }
        if source.isLive {
            throw UsageError(
                "'\(source)' is no file. Record it first: pose camera \(source) --json OUT.jsonl"
            )
        }
        let listener = SignalRelay.listen(for: [SIGINT, SIGTERM, SIGHUP], interruption.interrupt)
        defer { SignalRelay.stopListening(listener) }
        let models = ModelCache(store: settings.store)
        models.prefetch(settings.analysis.complexity, forStreams: true)
        let analyzer = FilmAnalyzer(models: models, threadCount: settings.threadCount)
        let token = interruption.token(of: 0)
        var film: [PoseDocument] = []
        do {
            let reader = try VideoReader(source, options: settings.reading, cancellation: token)
            let summary = try analyzer.analyze(
                Film(
                    source: source,
                    name: name,
                    reading: settings.reading,
                    output: drawing.map { FilmOutput($0.path) }
                ),
                from: reader,
                settings: analysis,
                cancellation: token,
                observer: FilmAnalyzer.Observer(record: { film.append($0) }, progress: { _ in })
            )
            if let signal = interruption.signal { SignalRelay.endProcess(by: signal) }
            for warning in summary.warnings where !isQuiet { StandardError.say("\(name): \(warning)") }
            if let failure = summary.failure { throw failure }
        } catch let error as MediaError {
            if let signal = interruption.signal { SignalRelay.endProcess(by: signal) }
            throw CommandFailure(error)
        } catch let error as AnalysisError {
            throw CommandFailure(error, photo: file)
        }
        return film
    }
}

extension FilmSettings {
    /// The settings of a motion: all of the film is known, so that it is smoothed without lag unless told otherwise.
    init(_ arguments: ParsedArguments, motion parameters: [Parameter]) throws(UsageError) {
        threadCount = arguments.threadCount
        store = arguments.modelStore
        isQuiet = arguments[SharedOptions.quiet]
        (keepsAudio, isMirrored) = (false, false)
        analysis.smoothsOffline = true
        try arguments.apply(parameters, to: &analysis)
        analysis.hasTiming = false
        analysis.language = Wording.language
    }
}
