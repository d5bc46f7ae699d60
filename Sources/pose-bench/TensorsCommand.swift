// SPDX-License-Identifier: Apache-2.0

import Foundation
import Inference

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

    static func run(arguments: [String]) throws {
        let directory = URL(filePath: arguments[0])
        let models = URL(filePath: arguments[1])
        let files = try FileManager.default.contentsOfDirectory(
            at: directory,
            includingPropertiesForKeys: nil
        )
        .filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
        for file in files {
            let recording = try JSONDecoder().decode(Recording.self, from: Data(contentsOf: file))
            let bytes = [UInt8](try Data(contentsOf: models.appending(path: recording.model)))
            for instructionSet in InstructionSet.runnable {
                let model = try CompiledModel(bytes: bytes, instructionSet: instructionSet)
                var session = InferenceSession(model: model, threads: ThreadPool(threadCount: 2))
                for (name, recorded) in recording.cases.sorted(by: { $0.key < $1.key }) {
                    let input = try floats(directory.appending(path: recorded.input))
                    session.withInput { _ = $0.update(fromContentsOf: input) }
                    session.run()
                    for output in recorded.outputs {
                        let expected = try floats(directory.appending(path: output.file))
                        guard let index = model.outputNames.firstIndex(of: output.name) else { continue }
                        let worst = session.withOutput(index) { actual in
                            zip(actual, expected).map { abs($0 - $1) }.max() ?? .nan
                        }
                        let scale = expected.map(abs).max() ?? 0
                        print(recording.model, instructionSet, name, output.name, "max", worst, "of", scale)
                    }
                }
            }
        }
    }

    private static func floats(_ url: URL) throws -> [Float] {
        let data = try Data(contentsOf: url)
        return data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    }
}
