// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PoseEstimation
import PoseImaging
import PoseSystem

/// What became of one photo.
enum PhotoOutcome: Sendable {
    /// What goes into the shared outputs, without masks, and what people are told.
    case done(record: PoseDocument, summary: String, warnings: [String])
    /// The run before has done it.
    case skipped
    /// The photo is bad; the others go on.
    case failed(CommandFailure)
    /// The run was interrupted before it was done.
    case cancelled
    /// The run cannot go on.
    case fatal(any Error)
}

/// All there is to do for one photo: read, analyse, write its own files.
struct PhotoJob: Sendable {
    let waiting: WaitingPhoto
    let files: OutputPlan.Files
    /// What the files are made of, as it was before it was read.
    let origin: FileOrigin?
    let settings: ImageSettings

    private var photo: Photo { waiting.photo }

    /// Does it.
    func run(_ analyzer: PhotoAnalyzer, _ token: CancellationToken) -> PhotoOutcome {
        defer { waiting.release() }
        do {
            let file = try waiting.readFile(settings)
            var analysis = try analyzer.analyze(
                file,
                source: photo.path.text,
                settings: settings.analysis,
                drawing: files.picture.flatMap { DrawingFormat(fileExtension: $0.fileExtension) },
                cancellation: token
            )
            // What is odd about a file and costs no pixel is not worth a line; pictures that nobody looked at are.
            let warnings =
                analysis.picture.isDamaged
                ? analysis.picture.warnings : settings.isQuiet ? [] : file.info.warnings
            try write(&analysis)
            var record = analysis.document
            for index in record.poses.indices { record.poses[index].mask = nil }
            let sentences = warnings.map { "\(photo.path): \($0)" }
            return .done(record: record, summary: summary(of: record), warnings: sentences)
        } catch let error as AnalysisError {
            if error.code == .cancelled { return .cancelled }
            var failure = CommandFailure(error, photo: photo.path)
            if error.code == .notAnImage, isVideo {
                failure.message += " For videos: pose video \(photo.path)"
            }
            return failure.isOfOneInput ? .failed(failure) : .fatal(failure)
        } catch let failure as CommandFailure where failure.isOfOneInput {
            return .failed(failure)
        } catch {
            return .fatal(error)
        }
    }

    /// Whether the file is one for `pose video`.
    private var isVideo: Bool {
        let bytes = try? FileSystem.beginning(of: photo.path, byteCount: FileKind.sampleSize)
        return bytes.map(FileKind.isVideo) ?? false
    }

    /// Writes the photo's own files; the pixels are drawn on, and gone then.
    private func write(_ analysis: inout PhotoAnalysis) throws {
        if let path = files.picture, let format = DrawingFormat(fileExtension: path.fileExtension) {
            var times = DrawingTimes()
            let file = try analysis.takeAnnotatedFile(
                style: settings.analysis.style,
                showsGuessed: settings.analysis.showsGuessed,
                format: format,
                maxSide: settings.analysis.maxSide,
                times: &times
            )
            try AtomicFile.write(file.bytes, to: path, origin: origin)
        }
        if let path = files.mask { try AtomicFile.write(try analysis.maskFile(), to: path, origin: origin) }
        for (format, path) in files.results {
            let bytes = analysis.document.encoded(as: format) + [UInt8(ascii: "\n")]
            try AtomicFile.write(bytes, to: path, origin: origin)
        }
    }

    /// A line for people: `a.jpg: 1 person (score 0.998), 640 × 425 pixels, 12.3 ms → out/a.jpg`.
    private func summary(of document: PoseDocument) -> String {
        let scores = document.poses.map { fixed(Double($0.score), decimals: 3) }.joined(separator: ", ")
        var text = "\(photo.path): "
        switch document.poses.count {
        case 0: text += "nobody found"
        case 1: text += "1 person (score \(scores))"
        case let count: text += "\(count) people (scores \(scores))"
        }
        text += ", \(document.imageWidth) × \(document.imageHeight) pixels"
        if let timing = document.timing { text += ", \(fixed(timing.total, decimals: 1)) ms" }
        if !files.all.isEmpty { text += " → " + files.all.map(\.description).joined(separator: ", ") }
        if settings.analysis.hasAngles, !document.poses.isEmpty {
            text += "\n" + AngleTable.text(of: document, settings.analysis.angleConvention)
        }
        return text
    }
}

extension CommandFailure {
    /// What an analysis could not do, with the exit code for it.
    init(_ error: AnalysisError, photo: FilePath) {
        switch error.code {
        case .modelUnavailable: self.init(.unavailable, error.message)
        case .invalidParameter: self.init(.usage, error.message)
        case .internal: self.init(.internalError, error.message)
        case .tooLargeToDraw, .encodingFailed:
            self.init(.outputFailed, "\(photo): \(error.message)", isOfOneInput: true)
        default: self.init(.badInput, "\(photo): \(error.message)")
        }
    }
}
