// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseInference

/// Runs networks on recorded inputs and prints how far their outputs are from the recorded ones.
enum TensorsCommand {
    private struct Recording: Decodable {
        struct Output: Decodable {
            var name: String
            var file: String
        }
        struct Case: Decodable {
            var input: String
            var outputs: [Output]
        }
        var model: String
        var cases: [String: Case]
    }

    static func run(_ arguments: BenchArguments) throws {
        let paths = try arguments.positionals("DIR", "MODELS")
        let (directory, models) = (URL(filePath: paths[0]), URL(filePath: paths[1]))
        let names = try? FileManager.default.contentsOfDirectory(atPath: directory.path)
        let recordings = (names ?? []).filter { $0.hasSuffix(".json") }.sorted()
        guard !recordings.isEmpty else { throw UsageError("'\(paths[0])' holds no recordings: NAME.json.") }
        for name in recordings {
            let json = try bytes(ofFile: directory.appending(path: name).path)
            let recording = try JSONDecoder().decode(Recording.self, from: Data(json))
            let bytes = try bytes(ofFile: models.appending(path: recording.model).path)
            for instructionSet in InstructionSet.runnable {
                let model = try CompiledModel(bytes: bytes, instructionSet: instructionSet)
                var session = InferenceSession(model: model, threads: ThreadPool(threadCount: 2))
                for (name, recorded) in recording.cases.sorted(by: { $0.key < $1.key }) {
                    for line in try differences(of: model, &session, from: recorded, in: directory) {
                        print(recording.model, instructionSet, name, line)
                    }
                }
            }
        }
    }

    /// One line for each recorded output.
    private static func differences(
        of model: CompiledModel,
        _ session: inout InferenceSession,
        from recorded: Recording.Case,
        in directory: URL
    ) throws -> [String] {
        func values(_ file: String, shape: [Int]) throws -> [Float] {
            try floats(ofFile: directory.appending(path: file).path, count: shape.reduce(1, *))
        }
        let input = try values(recorded.input, shape: model.inputShapes[0])
        session.withInput { _ = $0.update(fromContentsOf: input) }
        session.run()
        return try recorded.outputs.map { output in
            guard let index = model.outputNames.firstIndex(of: output.name) else {
                throw UnusableFile("The model has no output '\(output.name)'. It has \(model.outputNames).")
            }
            let expected = try values(output.file, shape: model.outputShapes[index])
            let worst = session.withOutput(index) { actual in
                zip(actual, expected).map { abs($0 - $1) }.max() ?? .nan
            }
            return "\(output.name) max \(worst) of \(expected.map(abs).max() ?? 0)"
        }
    }
}
