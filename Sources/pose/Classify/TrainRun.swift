// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseLanguage
import PoseMotion
import PoseSystem

/// `pose classify train`.
struct TrainRun {
    private let input: FilePath
    private let output: FilePath
    private let testShare: Double
    private let settings: FilmSettings

    /// The most bytes of a table: 20,000 examples as ML Kit writes them are 20 MB.
    private static let mostBytes = 256 << 20

    init(_ arguments: ParsedArguments) throws {
        input = arguments.paths[1]
        guard let output = arguments[ClassifyOptions.output] else {
            throw UsageError("pose classify train needs --output MODEL.json, the file to write.")
        }
        for (isGiven, option) in [
            (arguments[ClassifyOptions.model] != nil, "--model"),
            (arguments[ClassifyOptions.count], "--count"),
        ] where isGiven { throw UsageError("\(option) is for pose classify run.") }
        self.output = output
        testShare = arguments[ClassifyOptions.testShare] ?? 0.2
        settings = try FilmSettings(arguments, motion: MotionInput.parameters)
        try MotionOutput.check([output], input: input)
    }

    func run() throws -> ExitCode {
        let samples = FileSystem.isDirectory(input) ? try photoSamples() : try tableSamples()
        let classifier = try PoseClassifier(samples)
        if testShare > 0 { try test(samples) }
        try MotionOutput.write(classifier.json(), to: output)
        if !settings.isQuiet, output != "-" {
            let counts = classifier.labels.map { label in
                "\(label) \(samples.count { $0.label == label })"
            }
            try StandardOutput.say("\(counted(samples.count, "example", "examples")) → \(output)")
            try StandardOutput.print("  \(counts.joined(separator: ", "))")
        }
        return .success
    }

    // MARK: - Examples

    private func tableSamples() throws -> [PoseSample] {
        let contents: FileContents
        do throws(SystemError) {
            contents = try FileSystem.contents(of: input, limit: Self.mostBytes)
        } catch {
            throw CommandFailure(.noInput, "'\(input)' cannot be read: \(error.reason).")
        }
        guard let bytes = contents.bytes else {
            throw CommandFailure(
                .badInput,
                "'\(input)' has \(contents.byteCount) bytes; at most \(Self.mostBytes) are read. Take a part of it."
            )
        }
        do throws(MotionError) {
            return try PoseSample.samples(csv: bytes)
        } catch {
            throw CommandFailure(.badInput, "\(input): \(error.message)")
        }
    }

    /// The people of all photos whose folder is their label.
    private func photoSamples() throws -> [PoseSample] {
        let models = ModelCache(store: settings.store)
        models.prefetch(settings.analysis.complexity)
        let analyzer = PhotoAnalyzer(models: models, threadCount: settings.threadCount)
        let entries = PhotoList([input], excluding: []).entries
        var progress = ProgressBar(total: entries.count, isQuiet: settings.isQuiet)
        var samples: [PoseSample] = []
        func pass(_ sentence: String) {
            progress.clear()
            StandardError.say(sentence)
        }
        for (index, entry) in entries.enumerated() {
            switch entry {
            case .failure(let sentence): pass(sentence)
            case .photo(let photo):
                do {
                    if let sample = try sample(photo, analyzer) {
                        samples.append(sample)
                    } else {
                        pass("\(photo.path): nobody found; the photo is left out.")
                    }
                } catch let failure as CommandFailure where failure.isOfOneInput {
                    pass(failure.message)
                }
            }
            progress.update(done: index + 1)
        }
        progress.clear()
        guard !samples.isEmpty else {
            throw CommandFailure(.badInput, "\(input): there is nobody in any photo of its folders.")
        }
        return samples
    }

    private func sample(_ photo: Photo, _ analyzer: PhotoAnalyzer) throws -> PoseSample? {
        let parts = photo.relativePath.bytes.split(separator: UInt8(ascii: "/"), maxSplits: 1)
        guard parts.count == 2 else {
            throw CommandFailure(
                .badInput,
                "\(photo.path): it is in no folder with a label's name, and is left out."
            )
        }
        let document = try PhotoDocument.analyze(photo, settings.analysis, analyzer)
        guard let pose = document.poses.first else { return nil }
        return PoseSample(
            // Without the label, so that the frames of one film are known that are in several folders.
            name: FilePath(bytes: parts[1]).text,
            label: FilePath(bytes: parts[0]).text,
            pose: pose,
            imageWidth: document.imageWidth,
            imageHeight: document.imageHeight
        )
    }

    // MARK: - The test

    private func test(_ samples: [PoseSample]) throws {
        let split = SampleSplit(samples, share: testShare)
        guard !split.test.isEmpty, let classifier = try? PoseClassifier(split.training) else {
            StandardError.say("There are too few examples to hold some out: nothing was tested.")
            return
        }
        guard !settings.isQuiet, output != "-" else { return }
        let table = ConfusionTable(classifier, on: split.test)
        let part = fixed(100 * Double(table.correctCount) / Double(table.count), decimals: 1)
        try StandardOutput.say(
            "Held out: \(table.correctCount) of \(table.count) right (\(part)%), learned: \(split.training.count)"
        )
        let width = (table.labels.map(\.count).max() ?? 0) + 2
        func cell(_ text: String) -> String {
            String(repeating: " ", count: max(width - text.count, 0)) + text
        }
        // Rows are what an example is, columns what it was taken for.
        try StandardOutput.print(([""] + table.labels).map(cell).joined())
        for (label, counts) in zip(table.labels, table.counts) {
            try StandardOutput.print(([label] + counts.map(String.init)).map(cell).joined())
        }
    }
}

/// A photo's landmarks, by the way of `pose image`.
enum PhotoDocument {
    /// Analyses a photo.
    ///
    /// - Parameters:
    ///   - photo: which one.
    ///   - settings: what to do.
    ///   - analyzer: the working memory.
    /// - Returns: its document.
    /// - Throws: `CommandFailure`, of one input where the others can go on.
    static func analyze(_ photo: Photo, _ settings: AnalysisSettings, _ analyzer: PhotoAnalyzer) throws
        -> PoseDocument
    {
        do {
            let bytes = try photo.read(limit: settings.maxFileByteCount)
            return try analyzer.analyze(bytes, source: photo.path.text, settings: settings).document
        } catch let error as AnalysisError {
            throw CommandFailure(error, photo: photo.path)
        }
    }
}
