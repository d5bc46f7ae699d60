// SPDX-License-Identifier: Apache-2.0

import PoseInference
import PoseTestSupport
import Testing

@Suite("An output that is computed by windows")
struct WindowedOutputTests {
    /// Corners, single cells, rows, the whole map, and nothing at all.
    private static func windows(rows: Int, columns: Int, channels: Int) -> [OutputWindow] {
        [
            (0, 0..<1, 0..<1), (channels - 1, rows - 1..<rows, columns - 1..<columns),
            (channels / 2, 0..<rows, 0..<columns), (0, rows / 2..<rows, columns / 3..<columns),
            (channels / 3, 0..<rows, columns / 2..<columns / 2 + 1), (0, 0..<0, 0..<0),
        ].map { OutputWindow(channel: $0, rows: $1, columns: $2) }
    }

    /// Compares every window with the same part of the whole output, whose bits it has.
    private func check(
        _ bytes: [UInt8],
        output: String,
        _ instructionSet: InstructionSet,
        threads: Int,
        _ what: String
    ) throws {
        let pool = ThreadPool(threadCount: threads)
        let whole = try CompiledModel(bytes: bytes, instructionSet: instructionSet)
        let model = try CompiledModel(bytes: bytes, windowed: output, instructionSet: instructionSet)
        let index = try #require(whole.outputNames.firstIndex(of: output))
        let shape = try #require(model.windowedShape)
        #expect(shape == whole.outputShapes[index] && !model.outputNames.contains(output))
        let inputs = EngineHarness.pictures(for: whole)
        var reference = InferenceSession(model: whole, threads: pool)
        var session = InferenceSession(model: model, threads: pool)
        reference.withInput { _ = $0.update(fromContentsOf: inputs[0]) }
        session.withInput { _ = $0.update(fromContentsOf: inputs[0]) }
        reference.run()
        session.run()
        let windows = Self.windows(rows: shape[1], columns: shape[2], channels: shape[3])
        let stride = shape[1] * shape[2] + 3
        var values = [Float](repeating: .nan, count: windows.count * stride)
        values.withUnsafeMutableBufferPointer { session.compute(windows, into: $0, stride: stride) }
        for (number, window) in windows.enumerated() {
            var next = number * stride
            for row in window.rows {
                for column in window.columns {
                    let expected = reference.withOutput(index) {
                        $0[(row * shape[2] + column) * shape[3] + window.channel]
                    }
                    #expect(
                        values[next].bitPattern == expected.bitPattern,
                        "\(what), \(instructionSet), window \(number), \(row), \(column)"
                    )
                    next += 1
                }
            }
            let rest = values[next..<(number + 1) * stride]
            let isUntouched = rest.allSatisfy(\.isNaN)
            #expect(isUntouched, "\(what), \(instructionSet): written behind window \(number)")
        }
    }

    @Test(arguments: [1, 3])
    func agreesWithTheWhole(threads: Int) throws {
        for (channels, outputs) in [(3, 1), (8, 5), (17, 39), (48, 16)] {
            for (height, width) in [(1, 1), (3, 5), (8, 8), (11, 17)] {
                var network = TestNetwork(seed: UInt64(channels * width))
                let x = network.convolution(
                    network.input([1, height, width, 3]),
                    channels: channels,
                    clamped: true
                )
                let y = network.convolution(x, channels: outputs, clamped: outputs == 5)
                network.outputs = [y]
                let bytes = network.bytes()
                let name = try #require(try CompiledModel(bytes: bytes).outputNames.first)
                for instructionSet in InstructionSet.runnable {
                    try check(
                        bytes,
                        output: name,
                        instructionSet,
                        threads: threads,
                        "\(channels) → \(outputs), \(height) × \(width)"
                    )
                }
            }
        }
    }

    @Test("The heatmap of every landmark network")
    func heatmaps() throws {
        for name in RealModels.landmarks {
            let bytes = try RealModels.bytes(name)
            try check(bytes, output: "Identity_3", .selected, threads: 2, name)
        }
    }

    @Test func refusesWhatIsNoConvolutionOfItsOwn() throws {
        var network = TestNetwork(seed: 1)
        let x = network.convolution(network.input([1, 8, 8, 3]), channels: 8)
        let y = network.convolution(x, channels: 8, kernel: 3)
        let z = network.convolution(y, channels: 4)
        network.outputs = [y, z, network.convolution(z, channels: 2)]
        let bytes = network.bytes()
        let names = try CompiledModel(bytes: bytes).outputNames
        for name in names.prefix(2) {
            do throws(ModelError) {
                _ = try CompiledModel(bytes: bytes, windowed: name)
                Issue.record("\(name) was taken")
            } catch {
                #expect(error.message.contains("computed by windows"), "\(name)")
            }
        }
        _ = try CompiledModel(bytes: bytes, windowed: names[2])
        #expect(throws: ModelError.self) { _ = try CompiledModel(bytes: bytes, windowed: "nothing") }
    }
}
