// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseInference
import PoseTestSupport
import Testing

/// Runs the engine in memory that shows what a pass touches.
enum EngineHarness {
    /// Floats behind the arena, and behind each thread's scratch, that nothing may touch.
    private static let guardCount = 64
    /// A NaN with a payload of its own: what was never written, or must not be.
    private static let poison = Float(bitPattern: 0x7FC0_BEEF)

    /// One pass over memory full of NaN, behind which guards must survive.
    static func run(_ model: CompiledModel, _ inputs: [[Float]], threads: Int = 1) -> [[Float]] {
        var plan = model.plan(threadCount: threads)
        let (arenaCount, scratchCount) = (plan.arenaCount, plan.scratchCount)
        plan.arenaCount += guardCount
        if !plan.steps.isEmpty { plan.steps[0].description.scratchCount = scratchCount + guardCount }
        let stride = plan.scratchCount
        var session = InferenceSession(
            model: CompiledModel(plan: plan),
            threads: ThreadPool(threadCount: threads)
        )
        session.withMemory { arena, scratch in
            arena.update(repeating: poison)
            scratch.update(repeating: poison)
        }
        for (index, input) in inputs.enumerated() {
            session.withInput(index) { _ = $0.update(fromContentsOf: input) }
        }
        session.run()
        session.withMemory { arena, scratch in
            #expect(
                arena[arenaCount...].allSatisfy { $0.bitPattern == poison.bitPattern },
                "a kernel wrote behind the arena"
            )
            for range in plan.guards {
                #expect(
                    arena[range].allSatisfy { $0.bitPattern == poison.bitPattern },
                    "a kernel wrote behind its result"
                )
            }
            for thread in 0..<threads where !plan.steps.isEmpty {
                let behind = scratch[(thread * stride + scratchCount)..<((thread + 1) * stride)]
                #expect(
                    behind.allSatisfy { $0.bitPattern == poison.bitPattern },
                    "a kernel wrote behind thread \(thread)'s scratch"
                )
            }
        }
        for (index, input) in inputs.enumerated() {
            session.withInput(index) { memory in
                let same = memory.elementsEqual(input)
                #expect(same, "a pass changed input \(index)")
            }
        }
        return plan.outputs.indices.map { index in session.withOutput(index) { Array($0) } }
    }

    /// Random inputs for a network.
    static func inputs(for model: CompiledModel, seed: UInt64 = 0x5EED) -> [[Float]] {
        var random = SeededGenerator(seed: seed)
        return model.inputShapes.map { random.floats($0.reduce(1, *)) }
    }

    /// Smooth inputs in 0…1, as pictures are.
    ///
    /// Noise is what the networks were not trained on, and they amplify rounding on it.
    static func pictures(for model: CompiledModel) -> [[Float]] {
        model.inputShapes.map { shape in
            let (width, channels) = (shape[2], shape[3])
            return (0..<shape.reduce(1, *)).map { index in
                let (x, y) = (Double(index / channels % width), Double(index / channels / width))
                let wave = sin(x / 17) * cos(y / 23) + sin((x + y) / 7 + Double(index % channels)) / 3
                return Float(0.5 + 0.35 * wave)
            }
        }
    }

    /// Compares every instruction set with the reference.
    ///
    /// With all passes and with only the required ones, with values that share memory and with guards behind each, on one
    /// thread and on two, which may have other memory.
    static func check(
        _ network: TestNetwork,
        _ what: String,
        within tolerance: Closeness = .sums,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let bytes = network.bytes()
        var expected: [[Double]]?
        for instructionSet in InstructionSet.runnable {
            for (optional, padding, threads) in [
                (false, 0, 1), (true, 0, 1), (true, 0, 2), (false, 64, 2), (true, 64, 1),
            ] {
                let passes = GraphOptimizer.required + (optional ? GraphOptimizer.optional : [])
                let model = try CompiledModel(
                    bytes: bytes,
                    instructionSet: instructionSet,
                    passes: passes,
                    arenaPadding: padding
                )
                let inputs = inputs(for: model)
                let reference = try expected ?? ReferenceInterpreter(bytes).run(inputs)
                expected = reference
                let actual = run(model, inputs, threads: threads)
                for (index, output) in actual.enumerated() {
                    expectClose(
                        output,
                        reference[index],
                        within: tolerance,
                        "\(what), \(instructionSet), \(passes.count) passes, padding \(padding), \(threads) threads, output \(index)",
                        sourceLocation: sourceLocation
                    )
                }
            }
        }
    }
}

extension Closeness {
    /// The tolerance of one output of a whole network.
    static func network(output: String) -> Closeness { output == "Identity_2" ? .segmentation : .network }
}

/// How far single precision may be from the reference, with values around one.
enum Closeness: Double {
    /// Values that are only moved.
    case exact = 0
    /// Sums of up to some thousand products, in any order.
    case sums = 1e-5
    /// Whole networks, relative to the largest value.
    case network = 1e-4
    /// The landmark networks' segmentation logits, relative to the largest: a last bit more or less in the input
    /// moves them by up to 1e-3 of it.
    case segmentation = 3e-3
}

/// Compares element by element, and names the worst one.
func expectClose(
    _ actual: [Float],
    _ expected: [Double],
    within tolerance: Closeness,
    _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard actual.count == expected.count else {
        Issue.record(
            "\(what): \(actual.count) values instead of \(expected.count)",
            sourceLocation: sourceLocation
        )
        return
    }
    let scale =
        tolerance == .network || tolerance == .segmentation
        ? max(1, expected.reduce(0) { max($0, abs($1)) }) : 1
    var worst = (error: 0.0, index: 0)
    for index in actual.indices {
        let error = abs(Double(actual[index]) - expected[index])
        // NaN compares false: it must not pass for close.
        if !(error <= worst.error) { worst = (error, index) }
        if error.isNaN { break }
    }
    guard !(worst.error <= tolerance.rawValue * scale) else { return }
    Issue.record(
        "\(what): off by \(worst.error) at \(worst.index) of \(actual.count): \(actual[worst.index]) instead of \(expected[worst.index])",
        sourceLocation: sourceLocation
    )
}

/// Compares bit by bit, and names the first difference.
func expectSameBits(
    _ actual: [Float],
    _ expected: [Float],
    _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard actual.count == expected.count else {
        Issue.record(
            "\(what): \(actual.count) values instead of \(expected.count)",
            sourceLocation: sourceLocation
        )
        return
    }
    guard let index = actual.indices.first(where: { actual[$0].bitPattern != expected[$0].bitPattern }) else {
        return
    }
    Issue.record(
        "\(what): \(actual[index]) instead of \(expected[index]) at \(index) of \(actual.count)",
        sourceLocation: sourceLocation
    )
}
