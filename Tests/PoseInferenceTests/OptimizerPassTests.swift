// SPDX-License-Identifier: Apache-2.0

import PoseInference
import Testing

/// What each pass saves, and that it leaves the results alone.
@Suite("Optimizer passes")
struct OptimizerPassTests {
    private func optional(_ name: String) throws -> GraphOptimizer.Pass {
        try #require(GraphOptimizer.optional.first { $0.name == name })
    }

    private func compile(
        _ bytes: [UInt8],
        outputs: [String]? = nil,
        _ passes: [GraphOptimizer.Pass] = []
    ) throws -> CompiledModel {
        try CompiledModel(
            bytes: bytes,
            outputs: outputs,
            instructionSet: .selected,
            passes: GraphOptimizer.required + passes
        )
    }

    /// Compares a network compiled in two ways on one input, output by output.
    private func compare(
        _ optimized: CompiledModel,
        _ plain: CompiledModel,
        bits: Bool = false,
        _ what: String
    ) {
        let inputs = EngineHarness.pictures(for: plain)
        let actual = EngineHarness.run(optimized, inputs, threads: 2)
        let expected = EngineHarness.run(plain, inputs, threads: 2)
        for (index, name) in plain.outputNames.enumerated() {
            if bits {
                expectSameBits(actual[index], expected[index], "\(what), \(name)")
            }
            expectClose(
                actual[index],
                expected[index].map(Double.init),
                within: .network(output: name),
                "\(what), \(name)"
            )
        }
    }

    @Test("Every optional pass has a test of its own")
    func allPassesAreTested() {
        #expect(
            GraphOptimizer.optional.map(\.name) == [
                "fuse-activations", "convolve-before-resize", "fuse-residuals", "fuse-stem",
                "fuse-expansions",
            ]
        )
    }

    @Test("Passes that say so give the same bits together", arguments: RealModels.all)
    func exactPasses(model: String) throws {
        let bytes = try RealModels.bytes(model)
        let passes = GraphOptimizer.exact.dropFirst(GraphOptimizer.required.count)
        #expect(passes.count == GraphOptimizer.optional.count - 1)
        compare(try compile(bytes, Array(passes)), try compile(bytes), bits: true, model)
    }

    @Test("Fused activations give the same bits", .needsFile(RealModels.faceShortRange))
    func fuseActivations() throws {
        let model = RealModels.faceShortRange
        let bytes = try RealModels.bytes(model)
        let (plain, fused) = (try compile(bytes), try compile(bytes, [try optional("fuse-activations")]))
        compare(fused, plain, bits: true, model)
        #expect(plain.count(of: "RELU") == 17)
        #expect(fused.count(of: "RELU") == 0)
        #expect(fused.steps.count == plain.steps.count - 17)
        #expect(fused.arenaCount <= plain.arenaCount)
    }

    @Test("An activation of what clamps already, is pooled or is read elsewhere stays a step of its own")
    func unfusableActivations() throws {
        for what in ["clamped", "pooled", "shared"] {
            var network = TestNetwork(seed: 31)
            let wide = network.convolution(
                network.input([1, 6, 8, 3]),
                channels: 12,
                clamped: what == "clamped"
            )
            let x = what == "pooled" ? network.maxPool(wide) : wide
            network.outputs = [network.relu(x)]
            if what == "shared" { network.outputs.append(x) }
            let model = try compile(network.bytes(), GraphOptimizer.optional)
            #expect(model.count(of: "RELU") == 1, "\(what)")
            try EngineHarness.check(network, what)
        }
    }

    @Test("Convolving before resizing gives the same values", arguments: RealModels.pose)
    func convolveBeforeResize(model: String) throws {
        let bytes = try RealModels.bytes(model)
        let pass = try optional("convolve-before-resize")
        compare(try compile(bytes, [pass]), try compile(bytes), model)
    }

    @Test("Fused residuals give the same bits", arguments: RealModels.pose)
    func fuseResiduals(model: String) throws {
        let bytes = try RealModels.bytes(model)
        let (plain, fused) = (try compile(bytes), try compile(bytes, [try optional("fuse-residuals")]))
        compare(fused, plain, bits: true, model)
        #expect(fused.multiplyAccumulateCount == plain.multiplyAccumulateCount)
        #expect(fused.count(of: "ADD") < plain.count(of: "ADD"))
        // Where a residual is fused, zeros may be left out, which takes a step of its own and changes no bit either.
        func others(_ model: CompiledModel) -> Int {
            model.steps.count - model.count(of: "ADD") - model.count(of: "ACTIVE CHANNELS")
        }
        #expect(others(fused) == others(plain))
    }

    @Test("A resize adds behind its own activation, which gives the same bits")
    func fuseResidualsOfResizes() throws {
        let bytes = try RealModels.bytes(RealModels.detector)
        let move = try optional("convolve-before-resize")
        let plain = try compile(bytes, [move])
        let fused = try compile(bytes, [move, try optional("fuse-residuals")])
        compare(fused, plain, bits: true, RealModels.detector)
        #expect(plain.count(of: "ADD") > 0)
        #expect(fused.count(of: "ADD") == 0)
    }

    @Test("Fused expansions give the same bits", arguments: RealModels.pose)
    func fuseExpansions(model: String) throws {
        let bytes = try RealModels.bytes(model)
        let (plain, fused) = (try compile(bytes), try compile(bytes, [try optional("fuse-expansions")]))
        compare(fused, plain, bits: true, model)
        #expect(fused.multiplyAccumulateCount == plain.multiplyAccumulateCount)
        let count = fused.steps.count {
            $0.description.operation.contains(" + DEPTHWISE_CONV_2D")
        }
        #expect(count > 0)
        #expect(fused.steps.count == plain.steps.count - count)
        #expect(fused.arenaCount <= plain.arenaCount)
    }

    @Test("A fused stem gives the same bits", arguments: RealModels.pose)
    func fuseStem(model: String) throws {
        let bytes = try RealModels.bytes(model)
        let (plain, fused) = (try compile(bytes), try compile(bytes, [try optional("fuse-stem")]))
        compare(fused, plain, bits: true, model)
        #expect(fused.multiplyAccumulateCount == plain.multiplyAccumulateCount)
        #expect(fused.steps.count == plain.steps.count - 2)
        #expect(fused.arenaCount <= plain.arenaCount)
        let stem = "CONV_2D 3x3 + DEPTHWISE_CONV_2D 3x3 + CONV_2D 1x1"
        #expect(fused.steps.first?.description.operation == stem)
    }

    @Test("Stems of odd sizes", arguments: [1, 2])
    func oddStems(stride: Int) throws {
        for (height, width) in [(1, 1), (2, 3), (5, 9), (16, 17), (33, 20), (70, 40)] {
            for (channels, kernel) in [(5, 3), (17, 5), (24, 3)] {
                var network = TestNetwork(seed: UInt64(height * width + channels))
                let x = network.input([1, height, width, 3])
                let wide = network.convolution(
                    x,
                    channels: channels,
                    kernel: 3,
                    stride: stride,
                    clamped: true
                )
                let padded = width % 2 == 0 ? wide : network.pad(wide, top: 2, bottom: 2, left: 3, right: 1)
                let same = width % 2 == 0 || kernel == 3
                let y = network.depthwise(padded, kernel: kernel, same: same, clamped: true)
                guard network.shape(y)[1] > 0, network.shape(y)[2] > 0 else { continue }
                network.outputs = [network.convolution(y, channels: 11)]
                let model = try compile(network.bytes(), GraphOptimizer.optional)
                #expect(model.steps.count == 2, "the stem and the copy of its result")
                try EngineHarness.check(
                    network,
                    "\(height) × \(width), \(channels) channels, kernel \(kernel)"
                )
            }
        }
    }

    @Test("A stem whose middle is read elsewhere, strides or lacks its image stays apart")
    func unfusableStems() throws {
        for what in ["shared", "strides", "no image"] {
            var network = TestNetwork(seed: 30)
            var x = network.input([1, 9, 8, 3])
            if what == "no image" { x = network.convolution(x, channels: 3) }
            let wide = network.convolution(x, channels: 12, kernel: 3, clamped: true)
            let y = network.depthwise(wide, kernel: 3, stride: what == "strides" ? 2 : 1)
            network.outputs = [network.convolution(y, channels: 6)]
            if what == "shared" { network.outputs.append(wide) }
            let model = try compile(network.bytes(), GraphOptimizer.optional)
            #expect(!model.steps.contains { $0.description.operation.hasSuffix("+ CONV_2D 1x1") })
            try EngineHarness.check(network, what)
        }
    }

    @Test("All passes together give the same values", arguments: RealModels.all)
    func allPasses(model: String) throws {
        let bytes = try RealModels.bytes(model)
        compare(try compile(bytes, GraphOptimizer.optional), try compile(bytes), model)
    }

    @Test("Convolving before resizing saves three quarters of two wide convolutions in the detector")
    func detectorSavings() throws {
        let bytes = try RealModels.bytes(RealModels.detector)
        let pass = try optional("convolve-before-resize")
        var (before, after) = (try ModelReader.read(bytes), try ModelReader.read(bytes))
        try GraphOptimizer.optimize(&before, passes: GraphOptimizer.required)
        try GraphOptimizer.optimize(&after, passes: GraphOptimizer.required + [pass])
        #expect(before.denseMultiplyAccumulateCount - after.denseMultiplyAccumulateCount == 43_352_064)
        let (plain, moved) = (try compile(bytes), try compile(bytes, [pass]))
        #expect(moved.multiplyAccumulateCount < plain.multiplyAccumulateCount)
        let layouts = { (model: CompiledModel) in model.count(of: "change of layout") }
        #expect(moved.steps.count - layouts(moved) == plain.steps.count - layouts(plain))
        #expect(moved.arenaCount <= plain.arenaCount)
    }

    @Test("Outputs that nobody asks for cost nothing", arguments: RealModels.landmarks)
    func deadOutputs(model: String) throws {
        let bytes = try RealModels.bytes(model)
        let full = try compile(bytes, GraphOptimizer.optional)
        let asked = [full.outputNames[4], full.outputNames[0]]
        let less = try compile(bytes, outputs: asked, GraphOptimizer.optional)
        #expect(less.outputNames == asked)
        #expect(less.steps.count < full.steps.count)
        #expect(less.multiplyAccumulateCount < full.multiplyAccumulateCount)
        #expect(less.weightCount < full.weightCount)
        let inputs = EngineHarness.inputs(for: full)
        let (all, some) = (EngineHarness.run(full, inputs), EngineHarness.run(less, inputs))
        expectSameBits(some[0], all[4], asked[0])
        expectSameBits(some[1], all[0], asked[1])
    }

    @Test("Padding, half-precision and sparse constants leave no step behind", arguments: RealModels.pose)
    func requiredPasses(model: String) throws {
        var graph = try ModelReader.read(try RealModels.bytes(model))
        let before = Set(graph.nodes.map(\.operation.name))
        #expect(before.contains("DEQUANTIZE"))
        try GraphOptimizer.optimize(&graph)
        for node in graph.nodes {
            #expect(!(node.operation is any ConstantOperator), "\(node.operation.name) is left")
            #expect((node.operation as? Pad)?.channels != 0, "PAD of rows and columns is left")
        }
    }

    // MARK: - Where a pass must not act

    @Test("A sum whose summands are read elsewhere stays a sum")
    func sharedSummands() throws {
        var network = TestNetwork(seed: 20)
        let x = network.convolution(network.input([1, 4, 4, 3]), channels: 6)
        let y = network.convolution(x, channels: 6)
        network.outputs = [network.add(x, y), x, y]
        let model = try compile(network.bytes(), GraphOptimizer.optional)
        #expect(model.count(of: "ADD") == 1)
        try EngineHarness.check(network, "x + y, x, y")
    }

    @Test(
        "A sum whose later summand cannot take the addition is added by the earlier one, which waits for it"
    )
    func sumWithALaterPadding() throws {
        for isFirst in [false, true] {
            var network = TestNetwork(seed: 32)
            let x = network.convolution(network.input([1, 4, 6, 3]), channels: 6, clamped: true)
            let y = network.convolution(network.depthwise(x, kernel: 3), channels: 10)
            let z = network.pad(x, channels: 4)
            network.outputs = [network.relu(isFirst ? network.add(y, z) : network.add(z, y))]
            #expect(try compile(network.bytes(), GraphOptimizer.optional).count(of: "ADD") == 0)
            try EngineHarness.check(network, "y first: \(isFirst)")
        }
    }

    @Test("A convolution that clamps, pads, strides or has a window keeps its sum apart")
    func unfusableConvolutions() throws {
        for (kernel, stride, clamped) in [(1, 1, true), (3, 1, false), (1, 2, false)] {
            var network = TestNetwork(seed: 21)
            let x = network.convolution(network.input([1, 6, 6, 3]), channels: 6)
            let y = network.convolution(x, channels: 6, kernel: kernel, stride: stride, clamped: clamped)
            let z = network.depthwise(x, kernel: 3, stride: stride)
            network.outputs = [network.add(y, z)]
            #expect(try compile(network.bytes(), GraphOptimizer.optional).count(of: "ADD") == 1)
            try EngineHarness.check(network, "kernel \(kernel), stride \(stride), clamped \(clamped)")
        }
        var network = TestNetwork(seed: 22)
        let x = network.convolution(network.input([1, 3, 3, 3]), channels: 6)
        let y = network.convolution(network.pad(x, top: 1, bottom: 1, left: 1, right: 1), channels: 6)
        network.outputs = [network.add(y, network.convolution(network.pad(x, top: 2, right: 2), channels: 6))]
        try EngineHarness.check(network, "padded")
    }

    @Test("A sum with a convolution of the input itself")
    func sumOnTheInput() throws {
        var network = TestNetwork(seed: 23)
        let x = network.input([1, 4, 5, 3])
        network.outputs = [
            network.add(network.convolution(x, channels: 6), network.convolution(x, channels: 6))
        ]
        try EngineHarness.check(network, "two convolutions of the input")
    }

    @Test("Chains of sums, each the next one's summand")
    func chainsOfSums() throws {
        var network = TestNetwork(seed: 24)
        var x = network.convolution(network.input([1, 5, 5, 3]), channels: 9)
        for round in 0..<4 {
            let y = network.convolution(network.depthwise(x, kernel: 3, clamped: true), channels: 9)
            x = round % 2 == 0 ? network.add(y, x, clamped: round == 2) : network.add(x, y)
        }
        network.outputs = [x]
        #expect(try compile(network.bytes(), GraphOptimizer.optional).count(of: "ADD") == 0)
        try EngineHarness.check(network, "four sums")
    }

    @Test("A resize that others read too, or that a wider window follows, stays in front")
    func sharedResize() throws {
        let pass = try optional("convolve-before-resize")
        for kernel in [1, 3] {
            var network = TestNetwork(seed: 25)
            let x = network.convolution(network.input([1, 3, 4, 3]), channels: 8)
            let large = network.resize(x)
            network.outputs = [network.convolution(large, channels: 4, kernel: kernel, clamped: true)]
            if kernel == 1 { network.outputs.append(large) }
            let bytes = network.bytes()
            #expect(
                try compile(bytes, [pass]).multiplyAccumulateCount == compile(bytes).multiplyAccumulateCount
            )
            try EngineHarness.check(network, "kernel \(kernel)")
        }
    }

    @Test("A resize between two convolutions, the second one moved and clamped after")
    func movedConvolution() throws {
        var network = TestNetwork(seed: 26)
        let x = network.convolution(network.input([1, 3, 4, 3]), channels: 20)
        let y = network.convolution(network.resize(x), channels: 5, clamped: true)
        network.outputs = [network.add(network.convolution(network.resize(x), channels: 5), y)]
        let pass = try optional("convolve-before-resize")
        let bytes = network.bytes()
        let saved =
            try compile(bytes).multiplyAccumulateCount - compile(bytes, [pass]).multiplyAccumulateCount
        #expect(saved == 2 * (48 - 12) * 20 * 5)
        try EngineHarness.check(network, "moved")
    }
}

extension Graph {
    /// Multiply-accumulates of the convolutions, zeros among the weights included.
    var denseMultiplyAccumulateCount: Int {
        nodes.reduce(0) { sum, node in
            let output = tensors[node.output].shape
            guard node.operation is any WindowedOperation else { return sum }
            return sum + output[1] * output[2] * tensors[node.inputs[1]].elementCount
        }
    }
}

extension CompiledModel {
    var steps: [ExecutionPlan.Step] { plan.steps }
    var arenaCount: Int { plan.arenaCount }
    var weightCount: Int { plan.weightCount }
    var multiplyAccumulateCount: Int { steps.reduce(0) { $0 + $1.description.multiplyAccumulateCount } }

    func count(of operation: String) -> Int { steps.count { $0.description.operation == operation } }
}
