// SPDX-License-Identifier: Apache-2.0

import PoseInference
import Testing

@Suite("Zeros left out of 1×1 convolutions")
struct ActiveChannelsTests {
    /// A residual block's end, of whose inputs a fifth is zero everywhere and others in places.
    private static func network(
        height: Int,
        width: Int,
        from: Int,
        to: Int,
        clamped: Bool = true,
        residual: Bool = true
    ) -> TestNetwork {
        var network = TestNetwork(seed: UInt64(from * 1000 + to))
        let x = network.input([1, height, width, 3])
        let skipped = network.convolution(x, channels: to)
        let wide = network.convolution(x, channels: from, clamped: clamped)
        let projected = network.convolution(wide, channels: to)
        network.outputs = [residual ? network.add(projected, skipped) : projected]
        return network
    }

    private static func gathers(_ network: TestNetwork, _ instructionSet: InstructionSet = .scalar) throws
        -> Bool
    {
        try CompiledModel(bytes: network.bytes(), instructionSet: instructionSet).plan.steps
            .contains { $0.description.operation == "ACTIVE CHANNELS" }
    }

    @Test(arguments: [(25, 25), (1, 1003), (31, 57)], [(130, 88), (100, 80), (83, 97)])
    func agreesWithTheReference(size: (Int, Int), channels: (Int, Int)) throws {
        let network = Self.network(height: size.0, width: size.1, from: channels.0, to: channels.1)
        #expect(try Self.gathers(network))
        try EngineHarness.check(network, "\(size), \(channels)")
    }

    @Test func noBitDependsOnTheNumberOfThreads() throws {
        for instructionSet in InstructionSet.runnable {
            let network = Self.network(height: 24, width: 17, from: 150, to: 88)
            let model = try CompiledModel(bytes: network.bytes(), instructionSet: instructionSet)
            let inputs = EngineHarness.inputs(for: model)
            let alone = EngineHarness.run(model, inputs)
            for threads in [2, 3, 7] {
                let shared = EngineHarness.run(model, inputs, threads: threads)
                expectSameBits(shared[0], alone[0], "\(instructionSet), \(threads) threads")
            }
        }
    }

    @Test func inputsThatAreAllZeroOrNowhereZeroAreRight() throws {
        for value: Float in [0, 1] {
            let network = Self.network(height: 25, width: 25, from: 90, to: 90)
            for instructionSet in InstructionSet.runnable {
                func output(_ passes: [GraphOptimizer.Pass]) throws -> [Float] {
                    let model = try CompiledModel(
                        bytes: network.bytes(),
                        instructionSet: instructionSet,
                        passes: passes
                    )
                    return EngineHarness.run(model, [[Float](repeating: value, count: 1875)])[0]
                }
                expectClose(
                    try output(GraphOptimizer.all),
                    try output(GraphOptimizer.required).map(Double.init),
                    within: .sums,
                    "\(instructionSet), all \(value)"
                )
            }
        }
    }

    @Test func onlyWhereItPays() throws {
        #expect(try Self.gathers(Self.network(height: 25, width: 25, from: 100, to: 80)))
        #expect(
            try !Self.gathers(Self.network(height: 25, width: 25, from: 99, to: 80)),
            "too few multiply-adds"
        )
        #expect(
            try !Self.gathers(Self.network(height: 25, width: 25, from: 110, to: 79)),
            "too few channels out"
        )
        #expect(try !Self.gathers(Self.network(height: 25, width: 25, from: 100, to: 80, clamped: false)))
        #expect(try !Self.gathers(Self.network(height: 25, width: 25, from: 100, to: 80, residual: false)))
        #expect(try Self.gathers(Self.network(height: 8, width: 9, from: 900, to: 80, residual: false)))
    }
}
