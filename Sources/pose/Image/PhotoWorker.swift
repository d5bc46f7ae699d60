// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PoseEstimation

/// What became of one photo.
enum PhotoOutcome: Sendable {
    /// What goes into the common output, without masks, and a line for people.
    case done(record: PoseDocument, summary: String)
    /// The photo is bad; the others go on.
    case failed(CommandFailure)
    /// The run cannot go on.
    case fatal(any Error)
}

/// Works on one photo after another: read, analyse, write.
struct PhotoWorker: ~Copyable {
    private let settings: ImageSettings
    private let plan: OutputPlan
    private let analyzer: PhotoAnalyzer

    init(settings: ImageSettings, plan: OutputPlan, models: ModelCache, threadCount: Int) {
        self.settings = settings
        self.plan = plan
        analyzer = PhotoAnalyzer(models: models, threadCount: threadCount)
    }

    /// Does all there is to do for one photo.
    func process(_ photo: Photo, files: OutputPlan.Files) -> PhotoOutcome {
        do {
            let bytes = try InputFile.read(photo.path, limit: settings.maxFileByteCount)
            let analysis = try analyzer.analyze(bytes, source: photo.path, settings: settings.analysis)
            try writeFiles(files, analysis)
            var record = analysis.document
            for index in record.poses.indices { record.poses[index].mask = nil }
            return .done(record: record, summary: Self.summary(of: record, files))
        } catch let error as AnalysisError {
            let failure = CommandFailure(error, photo: photo.path)
            return failure.isOfOnePhoto ? .failed(failure) : .fatal(failure)
        } catch let failure as CommandFailure where failure.isOfOnePhoto {
            return .failed(failure)
        } catch {
            return .fatal(error)
        }
    }

    private func writeFiles(_ files: OutputPlan.Files, _ analysis: PhotoAnalysis) throws {
        let settings = settings.analysis
        if let path = files.picture, let format = ImageFormat(path: path) {
            let file = try analysis.annotatedFile(style: settings.style, format: format)
            try OutputFile.write(file, to: path)
        }
        if let path = files.mask { try OutputFile.write(try analysis.maskFile(), to: path) }
        if let path = files.json {
            let file = analysis.document.encoded(as: settings.format) + [UInt8(ascii: "\n")]
            try OutputFile.write(file, to: path)
        }
    }

    /// A line for people: `a.jpg: 1 person (score 0.998), 640 × 425 pixels, 12.3 ms → out/a.jpg`.
    private static func summary(of document: PoseDocument, _ files: OutputPlan.Files) -> String {
        let scores = document.poses.map { fixed(Double($0.score), decimals: 3) }.joined(separator: ", ")
        var text = "\(document.source): "
        switch document.poses.count {
        case 0: text += "nobody found"
        case 1: text += "1 person (score \(scores))"
        case let count: text += "\(count) people (scores \(scores))"
        }
        text += ", \(document.imageWidth) × \(document.imageHeight) pixels"
        if let timing = document.timing { text += ", \(fixed(timing.total, decimals: 1)) ms" }
        if !files.all.isEmpty { text += " → " + files.all.joined(separator: ", ") }
        return text
    }
}

extension CommandFailure {
    /// What an analysis could not do, with the exit code for it.
    init(_ error: AnalysisError, photo: String) {
        switch error.code {
        case .modelUnavailable: self.init(.unavailable, error.message)
        case .invalidParameter: self.init(.usage, error.message)
        case .internal: self.init(.internalError, error.message)
        default: self.init(.badInput, "\(photo): \(error.message)")
        }
    }
}
