// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseInference
import PoseTestSupport
import Testing

/// The network from which `Scripts/fuzz model` starts.
@Suite("Seed of model fuzzing")
struct FuzzSeedTests {
    private static let file = Media.repository.appending(
        path: "Scripts/fuzzing/corpus/model/one-of-everything.tflite"
    )

    /// `RECORD_SEEDS=1` writes it anew, for a network that has an operator more.
    @Test("It holds an operator of every kind, and runs")
    func holdsEveryOperator() throws {
        if ProcessInfo.processInfo.environment["RECORD_SEEDS"] == "1" {
            try Data(ReaderDamageTests.network.bytes()).write(to: Self.file)
        }
        let bytes = [UInt8](try Data(contentsOf: Self.file))
        #expect(bytes.count < 20_000)
        let recorded = Set(try ModelReader.read(bytes).nodes.map(\.operation.name))
        let current = Set(try ModelReader.read(ReaderDamageTests.network.bytes()).nodes.map(\.operation.name))
        #expect(recorded == current, "record it anew: RECORD_SEEDS=1 ./test FuzzSeedTests")
        let model = try CompiledModel(bytes: bytes)
        let outputs = EngineHarness.run(model, EngineHarness.inputs(for: model))
        #expect(outputs.allSatisfy { $0.allSatisfy(\.isFinite) })
    }
}
