// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseReference

/// `pose-bench parity DIR`: how far our answers are from MediaPipe's on a folder of pictures.
enum ParityCommand {
    static func run(_ arguments: BenchArguments) throws {
        var arguments = arguments
        let only = try arguments.integer("--complexity", in: 0...2).flatMap(ModelComplexity.init)
        let threadCount = try arguments.integer("--threads", in: 1...64) ?? 1
        let store = ModelStore(directory: try arguments.text("--models-dir"))
        let keepsBits = arguments.flag("--exact")
        let directory = URL(filePath: try arguments.positionals("DIR")[0])
        let images = directory.appending(path: "images")
        let pictures = FileManager.default.fileExists(atPath: images.path) ? images : directory
        let recorded = ModelComplexity.allCases.filter { complexity in
            (only ?? complexity) == complexity
                && FileManager.default.fileExists(atPath: answers(in: directory, complexity).path)
        }
        guard !recorded.isEmpty else {
            throw UsageError(
                "'\(directory.path)' holds no mediapipe-c\(only.map { "\($0.rawValue)" } ?? "[012]").json."
            )
        }
        var failures = 0
        for complexity in recorded {
            let model = try PoseModel(complexity: complexity, store: store, keepsBits: keepsBits)
            let answers = try ReferenceAnswers(contentsOf: answers(in: directory, complexity))
            let report = try ParityCheck(pictures: pictures, answers: answers)
                .run(model: model, threadCount: threadCount)
            print(report.table)
            for failure in report.failures { print("  FAILED \(failure)") }
            failures += report.failures.count
        }
        if failures > 0 { exit(1) }
    }

    private static func answers(in directory: URL, _ complexity: ModelComplexity) -> URL {
        directory.appending(path: "mediapipe-c\(complexity.rawValue).json")
    }
}
