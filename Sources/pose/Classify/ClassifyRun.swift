// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PoseEstimation
import PoseMotion
import PoseSystem

/// `pose classify run`.
struct ClassifyRun {
    private let input: MotionInput
    private let model: FilePath
    private let isCounting: Bool

    init(_ arguments: ParsedArguments) throws {
        input = try MotionInput(arguments, file: arguments.paths[1])
        guard let model = arguments[ClassifyOptions.model] else {
            throw UsageError("pose classify run needs --model MODEL.json, which pose classify train writes.")
        }
        for (isGiven, option) in [
            (arguments[ClassifyOptions.output] != nil, "--output"),
            (arguments[ClassifyOptions.testShare] != nil, "--test-share"),
        ] where isGiven { throw UsageError("\(option) is for pose classify train.") }
        self.model = model
        isCounting = arguments[ClassifyOptions.count]
    }

    func run() throws -> ExitCode {
        let classifier = try classifier()
        var followers: [Int: LabelFollower] = [:]
        for document in try documents() {
            var people: [(id: Int, answer: PoseClassifier.Answer?)] = []
            for (index, pose) in document.poses.enumerated() {
                let id = pose.track?.id ?? index
                people.append((id, answer(pose, id, document, classifier, &followers)))
            }
            try StandardOutput.write(line(document, people, followers) + [UInt8(ascii: "\n")])
        }
        if isCounting, !input.isQuiet {
            for (id, follower) in followers.sorted(by: { $0.key < $1.key }) {
                let counts = classifier.labels.map { "\($0) \(follower.repetitions[$0, default: 0])" }
                StandardError.say("Person \(id): \(counts.joined(separator: ", "))")
            }
        }
        return .success
    }

    private func answer(
        _ pose: Pose,
        _ id: Int,
        _ document: PoseDocument,
        _ classifier: PoseClassifier,
        _ followers: inout [Int: LabelFollower]
    ) -> PoseClassifier.Answer? {
        let (width, height) = (document.imageWidth, document.imageHeight)
        guard let frame = document.frame else {
            return classifier.classify(pose, imageWidth: width, imageHeight: height)
        }
        return followers[id, default: LabelFollower(classifier)]
            .next(pose, at: frame.time, imageWidth: width, imageHeight: height)
    }

    private func line(
        _ document: PoseDocument,
        _ people: [(id: Int, answer: PoseClassifier.Answer?)],
        _ followers: [Int: LabelFollower]
    ) -> [UInt8] {
        func rounded(_ number: Double) -> Double { (number * 1000).rounded() / 1000 }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("schema", "pose-labels/1")
            writer.member("source", document.source)
            if let frame = document.frame {
                writer.member("frame", frame.index)
                writer.member("time", (frame.time / .microseconds(1)).rounded() / 1e6)
            }
            writer.key("people")
            writer.array { writer in
                for (id, answer) in people {
                    writer.object { writer in
                        writer.member("id", id)
                        writer.key("label")
                        guard let answer else {
                            writer.null()
                            return
                        }
                        writer.value(answer.label)
                        writer.member("confidence", rounded(answer.confidence))
                        writer.member("confidences") { writer in
                            for one in answer.confidences {
                                writer.member(one.label, rounded(one.confidence))
                            }
                        }
                        guard isCounting, let follower = followers[id] else { return }
                        writer.member("repetitions") { writer in
                            for (label, count) in follower.repetitions.sorted(by: { $0.key < $1.key }) {
                                writer.member(label, count)
                            }
                        }
                    }
                }
            }
        }
        return writer.bytes
    }

    // MARK: - What is read

    private func classifier() throws -> PoseClassifier {
        let contents: FileContents
        do throws(SystemError) {
            contents = try FileSystem.contents(of: model, limit: PoseClassifier.mostBytes)
        } catch {
            throw CommandFailure(.noInput, "'\(model)' cannot be read: \(error.reason).")
        }
        guard let bytes = contents.bytes else {
            throw CommandFailure(
                .badInput,
                "'\(model)' has \(contents.byteCount) bytes; at most \(PoseClassifier.mostBytes) are read. Take a part of it."
            )
        }
        do throws(MotionError) {
            return try PoseClassifier(json: bytes)
        } catch {
            throw CommandFailure(.badInput, "\(model): \(error.message)")
        }
    }

    private func documents() throws -> [PoseDocument] {
        let file = input.file
        let start = file == "-" ? nil : try? FileSystem.beginning(of: file, byteCount: FileKind.sampleSize)
        guard let start, ImageFormat.detect(start) != nil,
            let photo = PhotoList([file], excluding: []).photos.first
        else { return try input.documents(needsTimes: false) }
        let analyzer = PhotoAnalyzer(
            models: ModelCache(store: input.settings.store),
            threadCount: input.settings.threadCount
        )
        return [try PhotoDocument.analyze(photo, input.settings.analysis, analyzer)]
    }
}
