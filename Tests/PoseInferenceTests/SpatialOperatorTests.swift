// SPDX-License-Identifier: Apache-2.0

import PoseInference
import Testing

@Suite("Other operators against the reference")
struct SpatialOperatorTests {
    static let channelCounts = [1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 33]

    /// A network of a convolution, which makes channels of an image, and one operator.
    private func network(
        _ height: Int,
        _ width: Int,
        _ channels: Int,
        _ operation: (inout TestNetwork, Int) -> Int
    ) -> TestNetwork {
        var network = TestNetwork(seed: UInt64(height * 10_000 + width * 100 + channels))
        let x = network.convolution(network.input([1, height, width, 3]), channels: channels)
        network.outputs = [operation(&network, x)]
        return network
    }

    @Test(arguments: channelCounts)
    func resize(channels: Int) throws {
        for (height, width) in [(1, 1), (1, 2), (1, 9), (7, 1), (2, 2), (5, 4), (3, 8)] {
            let plain = network(height, width, channels) { network, x in network.resize(x) }
            try EngineHarness.check(plain, "\(height) × \(width) × \(channels)")
            let followed = network(height, width, channels) { network, x in
                let large = network.resize(x)
                let other = network.convolution(network.resize(x), channels: channels, clamped: true)
                return network.add(large, other, clamped: true)
            }
            try EngineHarness.check(followed, "\(height) × \(width) × \(channels) with a residual")
        }
    }

    @Test(arguments: channelCounts)
    func maxPool(channels: Int) throws {
        for (height, width) in [(2, 2), (2, 10), (8, 4), (6, 6)] {
            let pooled = network(height, width, channels) { network, x in network.maxPool(x) }
            try EngineHarness.check(pooled, "\(height) × \(width) × \(channels)")
        }
    }

    @Test(arguments: channelCounts)
    func depthToSpace(channels: Int) throws {
        for (height, width) in [(1, 1), (1, 3), (4, 1), (3, 5)] {
            let moved = network(height, width, 4 * channels) { network, x in network.depthToSpace(x) }
            try EngineHarness.check(moved, "\(height) × \(width) × \(4 * channels)")
        }
    }

    @Test("Channels behind, then an operator that reads what pads the last block", arguments: channelCounts)
    func padChannels(channels: Int) throws {
        for more in [1, 3, 8, 16, 21] {
            let padded = network(3, 4, channels) { network, x in
                let wide = network.depthwise(network.pad(x, channels: more), kernel: 3)
                return network.add(network.convolution(wide, channels: channels + more), wide)
            }
            try EngineHarness.check(padded, "\(channels) + \(more)")
        }
    }

    @Test(arguments: channelCounts, [false, true])
    func add(channels: Int, clamped: Bool) throws {
        for (height, width) in [(1, 1), (3, 5), (40, 41)] {
            let sum = network(height, width, channels) { network, x in
                let y = network.depthwise(x, kernel: 3, clamped: true)
                return network.add(x, y, clamped: clamped)
            }
            try EngineHarness.check(sum, "\(height) × \(width) × \(channels)")
        }
    }

    @Test("Clamps by themselves, of blocks and of planes", arguments: channelCounts)
    func activations(channels: Int) throws {
        for (height, width) in [(1, 1), (3, 5), (40, 41)] {
            for isBounded in [false, true] {
                let clamped = network(height, width, channels) { network, x in
                    isBounded ? network.relu6(x) : network.relu(x)
                }
                try EngineHarness.check(clamped, "\(height) × \(width) × \(channels)")
            }
            var planar = TestNetwork(seed: UInt64(height * width + channels))
            let filter = planar.densified([24 + channels, 1, 1, 24], indices: .uint8)
            let x = planar.convolution(planar.input([1, height, width, 3]), channels: 24, clamped: true)
            let y = planar.convolution(x, channels: 24 + channels, filter: filter)
            planar.outputs = [planar.add(planar.relu(y), y)]
            try EngineHarness.check(planar, "planar, \(height) × \(width) × \(channels)")
        }
    }

    @Test("Fused activations that only bound from below", arguments: [1, 3])
    func fusedRELU(kernel: Int) throws {
        var network = TestNetwork(seed: UInt64(kernel))
        let x = network.relu(network.convolution(network.input([1, 6, 7, 3]), channels: 20, kernel: kernel))
        let y = network.relu(network.depthwise(x, kernel: 3))
        let z = network.convolution(y, channels: 20, kernel: kernel)
        network.outputs = [network.relu(network.add(z, x)), network.relu(network.resize(y))]
        let model = try CompiledModel(bytes: network.bytes())
        #expect(model.count(of: "RELU") == 0)
        try EngineHarness.check(network, "kernel \(kernel)")
    }

    @Test("A value added to itself")
    func addTwice() throws {
        try EngineHarness.check(network(3, 5, 7) { network, x in network.add(x, x) }, "x + x")
    }

    @Test("Blocks to plain, whole and reshaped", arguments: channelCounts)
    func unpack(channels: Int) throws {
        for (height, width) in [(1, 1), (3, 5), (37, 41)] {
            var plain = network(height, width, channels) { _, x in x }
            plain.outputs.append(plain.reshape(plain.outputs[0], [1, height * width * channels]))
            plain.outputs.append(plain.reshape(plain.outputs[1], [height, width * channels]))
            try EngineHarness.check(plain, "\(height) × \(width) × \(channels)")
        }
    }

    @Test("Reshaped values behind one another")
    func concatenation() throws {
        var network = TestNetwork(seed: 3)
        let x = network.convolution(network.input([1, 4, 6, 3]), channels: 14)
        let y = network.convolution(network.depthwise(x, kernel: 3, stride: 2), channels: 21)
        let parts = [
            network.reshape(x, [1, 48, 7]), network.reshape(y, [1, 18, 7]), network.reshape(x, [1, 48, 7]),
        ]
        let all = network.concatenation(parts)
        network.outputs = [all, x, network.logistic(all), network.reshape(all, [7, 114])]
        try EngineHarness.check(network, "48 + 18 + 48")
    }

    @Test("The sigmoid far out on both sides")
    func logistic() throws {
        var network = TestNetwork(seed: 4)
        let x = network.input([1, 1, 64, 1])
        network.outputs = [network.logistic(x)]
        let model = try CompiledModel(bytes: network.bytes())
        let input = (0..<64).map { Float($0 - 32) * 4 }
        let output = EngineHarness.run(model, [input])[0]
        expectClose(output, input.map { ReferenceOps.sigmoid(Double($0)) }, within: .sums, "sigmoid")
        #expect(output.first == 0 && output[32] == 0.5 && output.last == 1)
    }

    @Test("An input that is an output, and one that nothing reads")
    func inputsPassThrough() throws {
        var network = TestNetwork(seed: 5)
        let (x, unused) = (network.input([1, 2, 3, 3]), network.input([1, 5]))
        network.outputs = [x, network.convolution(x, channels: 4), unused]
        try EngineHarness.check(network, "inputs as outputs")
    }
}
