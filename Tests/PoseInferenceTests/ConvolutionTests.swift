// SPDX-License-Identifier: Apache-2.0

import PoseInference
import Testing

@Suite("Convolutions against the reference")
struct ConvolutionTests {
    /// Around every lane count and panel width.
    static let channelCounts = [1, 2, 3, 7, 8, 9, 15, 16, 17, 24, 31, 33, 39, 40, 195]

    @Test(arguments: channelCounts, channelCounts)
    func pointwiseChannels(from: Int, to: Int) throws {
        for clamped in [false, true] {
            var network = TestNetwork(seed: UInt64(1000 * from + to))
            let x = network.convolution(network.input([1, 3, 5, 3]), channels: from)
            network.outputs = [network.convolution(x, channels: to, clamped: clamped)]
            try EngineHarness.check(network, "\(from) → \(to), clamped \(clamped)")
        }
    }

    @Test(arguments: 1...27)
    func pointwisePixels(count: Int) throws {
        for (from, to) in [(5, 9), (16, 32), (17, 40)] {
            var network = TestNetwork(seed: UInt64(count))
            let x = network.convolution(network.input([1, 1, count, 4]), channels: from)
            network.outputs = [network.convolution(x, channels: to)]
            try EngineHarness.check(network, "\(count) pixels, \(from) → \(to)")
        }
    }

    @Test(arguments: [1, 3, 8, 16, 20, 33], [false, true])
    func pointwiseResidual(channels: Int, clamped: Bool) throws {
        var network = TestNetwork(seed: UInt64(channels))
        let x = network.convolution(network.input([1, 3, 7, 3]), channels: channels)
        let y = network.convolution(x, channels: channels)
        network.outputs = [network.add(y, x, clamped: clamped)]
        try EngineHarness.check(network, "\(channels) channels")
    }

    @Test("Many pixels and channels are cut into units without seams")
    func pointwiseUnits() throws {
        var network = TestNetwork(seed: 6)
        let x = network.convolution(network.input([1, 37, 29, 3]), channels: 70)
        network.outputs = [network.convolution(x, channels: 300)]
        try EngineHarness.check(network, "70 → 300")
    }

    @Test(arguments: [3, 5], [1, 2])
    func depthwise(kernel: Int, stride: Int) throws {
        for height in 1...9 {
            for width in 1...9 {
                for same in [true, false] where same || min(height, width) >= kernel {
                    let channels = [1, 4, 5, 8, 9, 16, 19][(height + 2 * width) % 7]
                    var network = TestNetwork(seed: UInt64(height * 10 + width))
                    let x = network.convolution(network.input([1, height, width, 3]), channels: channels)
                    network.outputs = [
                        network.depthwise(
                            x,
                            kernel: kernel,
                            stride: stride,
                            same: same,
                            clamped: width % 2 == 0
                        )
                    ]
                    try EngineHarness.check(network, "\(height) × \(width) × \(channels), same \(same)")
                }
            }
        }
    }

    @Test("Rows are cut into chunks without seams", arguments: [3, 5], [1, 2])
    func depthwiseTall(kernel: Int, stride: Int) throws {
        for (height, width) in [(61, 67), (130, 2), (2, 131)] {
            var network = TestNetwork(seed: 7)
            let x = network.convolution(network.input([1, height, width, 3]), channels: 6)
            network.outputs = [network.depthwise(x, kernel: kernel, stride: stride)]
            try EngineHarness.check(network, "\(height) × \(width)")
        }
    }

    @Test("PAD in front, more on one side than on the other", arguments: [3, 5], [1, 2])
    func depthwisePadded(kernel: Int, stride: Int) throws {
        for (top, bottom, left, right) in [
            (0, 1, 0, 1), (1, 2, 2, 1), (4, 0, 0, 3), (2, 2, 9, 0), (0, 7, 1, 8),
        ] {
            for same in [false, true] {
                var network = TestNetwork(seed: 8)
                let x = network.convolution(network.input([1, 5, 6, 3]), channels: 11)
                let padded = network.pad(x, top: top, bottom: bottom, left: left, right: right)
                network.outputs = [network.depthwise(padded, kernel: kernel, stride: stride, same: same)]
                try EngineHarness.check(network, "padded by \((top, bottom, left, right)), same \(same)")
            }
        }
    }

    @Test("A convolution and the depthwise one behind it, as one step or two", arguments: [3, 5], [1, 2])
    func expanded(kernel: Int, stride: Int) throws {
        let sizes = [(1, 1), (1, 6), (2, 2), (5, 1), (5, 7), (8, 9), (13, 4), (40, 33)]
        for (index, (height, width)) in sizes.enumerated() {
            for (from, to) in [(3, 8), (7, 9), (16, 48), (17, 40), (9, 83)] {
                var network = TestNetwork(seed: UInt64(index * to))
                let x = network.convolution(network.input([1, height, width, 3]), channels: from, kernel: 3)
                let wide = network.convolution(x, channels: to, clamped: to % 2 == 0)
                let padding = index % 3
                let padded =
                    padding > 0 ? network.pad(wide, top: padding, bottom: 11 * (padding - 1), right: 1) : wide
                network.outputs = [
                    network.depthwise(padded, kernel: kernel, stride: stride, clamped: index % 2 == 0)
                ]
                try EngineHarness.check(
                    network,
                    "\(height) × \(width), \(from) → \(to), padded by \(padding)"
                )
            }
        }
    }

    @Test("One output channel", arguments: [1, 3, 8, 16, 17, 39, 130], [false, true])
    func singleChannel(from: Int, clamped: Bool) throws {
        for (height, width) in [(1, 1), (1, 7), (4, 4), (9, 15), (40, 41)] {
            var network = TestNetwork(seed: UInt64(from + width))
            let x = network.convolution(network.input([1, height, width, 3]), channels: from)
            network.outputs = [network.convolution(x, channels: 1, clamped: clamped)]
            try EngineHarness.check(network, "\(height) × \(width), \(from) → 1")
        }
    }

    @Test(arguments: 1...7, [1, 2])
    func image(kernel: Int, stride: Int) throws {
        for channels in 1...4 {
            for (height, width) in [(kernel, kernel), (9, 13), (8, 30), (1, 1), (3, 2)] {
                for same in [true, false] where same || min(height, width) >= kernel {
                    let outputs = [1, 8, 13, 24, 48][(height + channels) % 5]
                    var network = TestNetwork(seed: UInt64(kernel * channels))
                    network.outputs = [
                        network.convolution(
                            network.input([1, height, width, channels]),
                            channels: outputs,
                            kernel: kernel,
                            stride: stride,
                            same: same,
                            clamped: channels == 2
                        )
                    ]
                    try EngineHarness.check(
                        network,
                        "\(height) × \(width) × \(channels) → \(outputs), same \(same)"
                    )
                }
            }
        }
    }

    @Test("Padding in front of the first convolution")
    func imagePadded() throws {
        for (top, bottom, left, right) in [(0, 1, 0, 1), (3, 0, 0, 2), (5, 1, 6, 6)] {
            for stride in [1, 2] {
                var network = TestNetwork(seed: 9)
                let x = network.input([1, 7, 6, 3])
                let padded = network.pad(x, top: top, bottom: bottom, left: left, right: right)
                network.outputs = [
                    network.convolution(padded, channels: 10, kernel: 3, stride: stride, same: false)
                ]
                try EngineHarness.check(network, "padded by \((top, bottom, left, right)), stride \(stride)")
            }
        }
    }

    @Test(arguments: 1...4, [1, 2])
    func dense(kernel: Int, stride: Int) throws {
        for (from, to) in [(5, 1), (6, 9), (8, 16), (17, 33), (20, 48), (40, 70)] {
            for (height, width) in [(kernel, kernel), (4, 6), (7, 5)] {
                for same in [true, false] where same || min(height, width) >= kernel {
                    var network = TestNetwork(seed: UInt64(from * to))
                    let x = network.convolution(network.input([1, height, width, 3]), channels: from)
                    let y = network.convolution(x, channels: to, kernel: kernel, stride: stride, same: same)
                    network.outputs = [y]
                    try EngineHarness.check(network, "\(height) × \(width), \(from) → \(to), same \(same)")
                }
            }
        }
    }

    @Test("Half-precision and sparse weights", arguments: TestNetwork.IndexWidth.allCases)
    func compressedWeights(indices: TestNetwork.IndexWidth) throws {
        for (from, to) in [(5, 3), (16, 33), (40, 17), (24, 25), (39, 24), (60, 72), (195, 40), (33, 130)] {
            for (height, width) in [(1, 1), (1, 7), (3, 5), (8, 8), (9, 15), (17, 16)] {
                let network = sparse(from, to, height: height, width: width, indices)
                try EngineHarness.check(network, "\(from) → \(to), \(height) × \(width)")
            }
        }
    }

    /// A sparse convolution with a residual, after a half-precision one.
    private func sparse(
        _ from: Int,
        _ to: Int,
        height: Int,
        width: Int,
        _ indices: TestNetwork.IndexWidth
    ) -> TestNetwork {
        var network = TestNetwork(seed: UInt64(from * to + width))
        let halves = network.dequantized([from, 1, 1, 3])
        let x = network.convolution(network.input([1, height, width, 3]), channels: from, filter: halves)
        let filter = network.densified([to, 1, 1, from], scale: 0.5, indices: indices)
        let y = network.convolution(x, channels: to, clamped: width % 2 == 0, filter: filter)
        let other = network.densified([to, 1, 1, to], scale: 0.5, indices: indices)
        network.outputs = [network.add(network.convolution(y, channels: to, filter: other), y, clamped: true)]
        return network
    }

    @Test("Sparse filters stay right where threads share their units", arguments: [2, 3, 7])
    func sparseThreads(threads: Int) throws {
        for (height, width) in [(2, 3), (16, 16), (21, 37)] {
            let bytes = sparse(96, 144, height: height, width: width, .uint16).bytes()
            for instructionSet in InstructionSet.runnable {
                let model = try CompiledModel(bytes: bytes, instructionSet: instructionSet)
                let inputs = EngineHarness.inputs(for: model)
                let alone = EngineHarness.run(model, inputs)
                let shared = EngineHarness.run(model, inputs, threads: threads)
                expectSameBits(shared[0], alone[0], "\(instructionSet), \(height) × \(width)")
                let sparseSteps = model.plan.steps.count { $0.description.operation.hasSuffix("sparse") }
                #expect(sparseSteps == (instructionSet == .scalar ? 0 : 2))
            }
        }
    }

    @Test("Depthwise convolutions between sparse ones, in planes", arguments: [3, 5])
    func planarDepthwise(kernel: Int) throws {
        for width in [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 18, 23, 24, 27, 30, 31, 33, 36, 40, 48, 66] {
            for (height, stride) in [(1, 1), (3, 2), (7, 1), (8, 2), (11, 1)] {
                var network = TestNetwork(seed: UInt64(width * 31 + height))
                var x = network.convolution(network.input([1, height, width, 3]), channels: 24)
                let expansion = network.densified([27, 1, 1, 24], scale: 0.5, indices: .uint8)
                x = network.convolution(x, channels: 27, clamped: true, filter: expansion)
                let left = width % 3
                if left > 0 { x = network.pad(x, top: 2, bottom: 2, left: left, right: kernel - 1) }
                x = network.depthwise(x, kernel: kernel, stride: stride, same: left == 0, clamped: true)
                let projection = network.densified([24, 1, 1, 27], scale: 0.5, indices: .uint16)
                network.outputs = [network.convolution(x, channels: 24, filter: projection)]
                try EngineHarness.check(network, "\(height) × \(width), stride \(stride), padding \(left)")
            }
        }
    }

    @Test("What planes are turned into blocks for, and back")
    func changesOfLayout() throws {
        for (height, width) in [(1, 1), (3, 5), (8, 8), (14, 14), (9, 17)] {
            var network = TestNetwork(seed: UInt64(height * width))
            let x = network.convolution(network.input([1, height, width, 3]), channels: 32)
            let filter = network.densified([48, 1, 1, 32], scale: 0.5, indices: .uint16)
            let y = network.convolution(x, channels: 48, filter: filter)
            let large = network.resize(y)
            let other = network.densified([48, 1, 1, 48], scale: 0.5, indices: .uint16)
            let z = network.convolution(network.depthwise(large, kernel: 3), channels: 48, filter: other)
            let wide = network.add(network.resize(z), network.resize(large), clamped: true)
            let sum = network.add(z, large, clamped: true)
            network.outputs = [
                network.depthToSpace(y), network.convolution(sum, channels: 5, kernel: 3),
                network.maxPool(sum), network.depthwise(wide, kernel: 3),
                network.reshape(y, [1, height * width, 48]),
            ]
            try EngineHarness.check(network, "\(height) × \(width)")
        }
    }
}
