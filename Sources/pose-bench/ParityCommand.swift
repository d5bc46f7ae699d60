// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseReference

/// `pose-bench parity DIR`: how far our answers are from MediaPipe's on a folder of pictures.
enum ParityCommand {
    static let usage = """
        usage: pose-bench parity DIR [--complexity 0|1|2] [--threads N] [--models-dir DIR] [--exact]

        DIR holds the folder images (or the pictures themselves) and mediapipe-c0.json, -c1.json, -c2.json as
        Tests/Goldens/record_mediapipe.py writes them. Without --complexity every file that is there is checked;
        with --exact no sum is reordered.
        """

    static func run(arguments: [String]) throws {
        let options = try Options(arguments)
        let directory = URL(filePath: options.directory)
        let images = directory.appending(path: "images")
        let pictures = FileManager.default.fileExists(atPath: images.path) ? images : directory
        var failures = 0
        for complexity in options.complexities {
            let file = directory.appending(path: "mediapipe-c\(complexity.rawValue).json")
            if options.complexities.count > 1, !FileManager.default.fileExists(atPath: file.path) { continue }
            let model = try PoseModel(
                complexity: complexity,
                store: ModelStore(directory: options.models),
                keepsBits: options.isExact
            )
            let check = ParityCheck(pictures: pictures, answers: try ReferenceAnswers(contentsOf: file))
            let report = try check.run(model: model, threadCount: options.threadCount)
            print(report.table)
            for failure in report.failures { print("  FAILED \(failure)") }
            failures += report.failures.count
        }
        if failures > 0 { exit(1) }
    }

    private struct Options {
        var directory = ""
        var complexities = ModelComplexity.allCases
        var threadCount = 1
        var models: String?
        var isExact = false

        init(_ arguments: [String]) throws {
            var rest = arguments[...]
            while let argument = rest.popFirst() {
                switch argument {
                case "--complexity":
                    guard let value = Int(rest.popFirst() ?? ""),
                        let complexity = ModelComplexity(rawValue: value)
                    else { throw Usage() }
                    complexities = [complexity]
                case "--threads":
                    guard let value = Int(rest.popFirst() ?? ""), (1...64).contains(value) else {
                        throw Usage()
                    }
                    threadCount = value
                case "--exact": isExact = true
                case "--models-dir":
                    guard let value = rest.popFirst() else { throw Usage() }
                    models = value
                default:
                    guard directory.isEmpty, !argument.hasPrefix("-") else { throw Usage() }
                    directory = argument
                }
            }
            if directory.isEmpty { throw Usage() }
        }
    }

    private struct Usage: Error, CustomStringConvertible {
        var description: String { ParityCommand.usage }
    }
}
