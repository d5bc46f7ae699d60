// SPDX-License-Identifier: Apache-2.0

import PoseInference
import PoseTestSupport
import Testing

/// Whole networks: against the reference, over thread counts, from pass to pass.
@Suite("Whole networks")
struct NetworkTests {
    @Test(
        "Every instruction set agrees with the reference on the smallest landmark network",
        .needsLite
    )
    func reference() throws {
        let bytes = try RealModels.bytes("pose_landmark_lite")
        var expected: [[Double]] = []
        for instructionSet in InstructionSet.runnable {
            let model = try CompiledModel(bytes: bytes, instructionSet: instructionSet)
            let inputs = EngineHarness.pictures(for: model)
            if expected.isEmpty { expected = try ReferenceInterpreter(bytes).run(inputs) }
            let actual = EngineHarness.run(model, inputs, threads: 2)
            for (index, name) in model.outputNames.enumerated() {
                expectClose(
                    actual[index],
                    expected[index],
                    within: .network(output: name),
                    "\(instructionSet), \(name)"
                )
            }
        }
    }

    @Test(
        "Any number of threads gives the same bits",
        arguments: [RealModels.detector, "pose_landmark_full"]
    )
    func threadCounts(model: String) throws {
        let bytes = try RealModels.bytes(model)
        for instructionSet in InstructionSet.runnable where instructionSet != .scalar {
            func compiled(for threads: Int) throws -> CompiledModel {
                try CompiledModel(bytes: bytes, instructionSet: instructionSet, threadCount: threads)
            }
            let model = try compiled(for: 1)
            let inputs = EngineHarness.inputs(for: model)
            let alone = EngineHarness.run(model, inputs)
            for (threads, planned) in [(2, 7), (3, 6), (7, 2)] {
                let shared = EngineHarness.run(try compiled(for: planned), inputs, threads: threads)
                for (index, name) in model.outputNames.enumerated() {
                    expectSameBits(
                        shared[index],
                        alone[index],
                        "\(instructionSet), \(threads) threads, \(name)"
                    )
                }
            }
        }
    }

    @Test("One of everything, many times over, gives the same bits at any number of threads")
    func smallNetworkThreadCounts() throws {
        for instructionSet in InstructionSet.runnable {
            let model = try CompiledModel(
                bytes: ReaderDamageTests.network.bytes(),
                instructionSet: instructionSet
            )
            let inputs = EngineHarness.inputs(for: model)
            let alone = EngineHarness.run(model, inputs)
            for threads in [1, 2, 3, 7] {
                var session = InferenceSession(model: model, threads: ThreadPool(threadCount: threads))
                for _ in 0..<50 {
                    session.withInput { _ = $0.update(fromContentsOf: inputs[0]) }
                    session.run()
                    for (index, expected) in alone.enumerated() {
                        let shared = session.withOutput(index) { Array($0) }
                        expectSameBits(
                            shared,
                            expected,
                            "\(instructionSet), \(threads) threads, output \(index)"
                        )
                    }
                }
            }
        }
    }

    @Test("A pass depends on its input alone, not on the passes before it")
    func stateless() throws {
        let model = try CompiledModel(bytes: try RealModels.bytes(RealModels.detector))
        var session = InferenceSession(model: model, threads: ThreadPool(threadCount: 2))
        var random = SeededGenerator(seed: 30)
        let inputs = (0..<2).map { _ in random.floats(224 * 224 * 3) }
        var results: [[[Float]]] = []
        for index in [0, 1, 0] {
            session.withInput { _ = $0.update(fromContentsOf: inputs[index]) }
            session.run()
            results.append(model.outputNames.indices.map { session.withOutput($0) { Array($0) } })
        }
        for index in results[0].indices {
            expectSameBits(results[2][index], results[0][index], "output \(index)")
        }
        let isConstant = results[0] == results[1]
        #expect(!isConstant)
    }

    @Test("Networks that work in one memory in turn give the bits of each alone", arguments: [1, 2])
    func sharedMemory(threads: Int) throws {
        let models = [
            try CompiledModel(bytes: try RealModels.bytes(RealModels.detector)),
            try CompiledModel(bytes: ReaderDamageTests.network.bytes()),
        ]
        let inputs = models.map { EngineHarness.inputs(for: $0) }
        let alone = zip(models, inputs).map { EngineHarness.run($0, $1, threads: threads) }
        let pool = ThreadPool(threadCount: threads)
        let memory = SessionMemory(for: models, threadCount: threads)
        var first = InferenceSession(model: models[0], threads: pool, sharing: memory)
        var second = InferenceSession(model: models[1], threads: pool, sharing: memory)
        let isShared = first.withMemory { own, _ in
            second.withMemory { other, _ in own.baseAddress == other.baseAddress }
        }
        #expect(isShared)
        for _ in 0..<2 {
            for index in [0, 1] {
                // A session cannot be put into an array.
                func run(_ session: inout InferenceSession) {
                    session.withInput { _ = $0.update(fromContentsOf: inputs[index][0]) }
                    session.run()
                    for (output, expected) in alone[index].enumerated() {
                        let values = session.withOutput(output) { Array($0) }
                        expectSameBits(values, expected, "network \(index), output \(output)")
                    }
                }
                if index == 0 { run(&first) } else { run(&second) }
            }
        }
    }

    @Test("A network too large for shared memory takes its own")
    func tooLargeToShare() throws {
        let small = try CompiledModel(bytes: ReaderDamageTests.network.bytes())
        let large = try CompiledModel(bytes: try RealModels.bytes(RealModels.detector))
        let pool = ThreadPool(threadCount: 2)
        let memory = SessionMemory(for: [small], threadCount: 2)
        var session = InferenceSession(model: large, threads: pool, sharing: memory)
        let room = session.withMemory { arena, _ in arena.count }
        #expect(room >= large.plan.arenaCount)
    }

    @Test("A pass that is called off stops between steps, and the next one is whole")
    func cancelledPass() throws {
        let model = try CompiledModel(bytes: ReaderDamageTests.network.bytes())
        let inputs = EngineHarness.inputs(for: model)
        let expected = EngineHarness.run(model, inputs)
        let stepCount = model.plan.steps.count
        var session = InferenceSession(model: model, threads: ThreadPool(threadCount: 2))
        for allowed in 0...stepCount {
            session.withInput { _ = $0.update(fromContentsOf: inputs[0]) }
            var asked = 0
            let isWhole = session.run {
                asked += 1
                return asked <= allowed
            }
            #expect(isWhole == (allowed == stepCount))
            #expect(asked == min(allowed + 1, stepCount))
            session.run()
            for (index, values) in expected.enumerated() {
                let actual = session.withOutput(index) { Array($0) }
                expectSameBits(actual, values, "after \(allowed) steps, output \(index)")
            }
        }
    }

    @Test("Sessions of one model on several threads do not meet")
    func concurrentSessions() async throws {
        let model = try CompiledModel(bytes: ReaderDamageTests.network.bytes())
        let inputs = EngineHarness.inputs(for: model)
        let expected = EngineHarness.run(model, inputs)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    (0..<20).allSatisfy { _ in
                        EngineHarness.run(model, inputs, threads: 2) == expected
                    }
                }
            }
            for await same in group { #expect(same) }
        }
    }

    @Test("What the engine says of a model's inputs and outputs")
    func shapes() throws {
        let detector = try CompiledModel(bytes: try RealModels.bytes(RealModels.detector))
        #expect(detector.inputShapes == [[1, 224, 224, 3]])
        #expect(detector.outputShapes == [[1, 2254, 12], [1, 2254, 1]])
        for name in RealModels.landmarks {
            let landmarks = try CompiledModel(bytes: try RealModels.bytes(name))
            #expect(landmarks.inputShapes == [[1, 256, 256, 3]])
            #expect(
                landmarks.outputNames == ["Identity", "Identity_1", "Identity_2", "Identity_3", "Identity_4"]
            )
            #expect(
                landmarks.outputShapes == [
                    [1, 195], [1, 1], [1, 256, 256, 1], [1, 64, 64, 39], [1, 117],
                ]
            )
        }
    }
}
