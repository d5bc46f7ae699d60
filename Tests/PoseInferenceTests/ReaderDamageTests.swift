// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseInference
import PoseTestSupport
import Testing

/// Damaged files give errors or networks that run within their memory, and nothing else.
@Suite("Damaged model files")
struct ReaderDamageTests {
    /// One of everything that the reader decodes, small.
    static let network: TestNetwork = {
        var network = TestNetwork(seed: 11)
        let x = network.input([1, 7, 7, 3])
        let stem = network.convolution(
            network.pad(x, bottom: 1, right: 1),
            channels: 8,
            kernel: 3,
            same: false
        )
        let deep = network.depthwise(stem, kernel: 3, clamped: true)
        let filter = network.densified([8, 1, 1, 8], indices: .uint8)
        let mixed = network.add(network.convolution(deep, channels: 8, filter: filter), stem, clamped: true)
        let pooled = network.maxPool(network.pad(mixed, channels: 4))
        let large = network.add(network.resize(pooled), network.pad(mixed, channels: 4))
        let spread = network.depthToSpace(large)
        let halves = network.dequantized([2, 3, 3, 3])
        let clamped = network.relu6(network.relu(spread))
        let last = network.convolution(clamped, channels: 2, kernel: 3, stride: 2, filter: halves)
        let rows = [network.reshape(last, [1, 36, 2]), network.reshape(pooled, [1, 54, 2])]
        network.outputs = [network.logistic(network.concatenation(rows)), last]
        return network
    }()

    /// Reads, and what can be read compiles and, when it is small, runs between guards.
    private func survive(_ bytes: [UInt8], _ what: String) throws {
        let model: CompiledModel
        do {
            model = try CompiledModel(bytes: bytes)
        } catch {
            #expect(!error.message.isEmpty, "\(what)")
            return
        }
        let work = model.plan.steps.reduce(0) { $0 + $1.description.multiplyAccumulateCount }
        guard work < 10_000_000, model.plan.arenaCount < 1_000_000 else { return }
        _ = EngineHarness.run(model, EngineHarness.inputs(for: model))
    }

    @Test("The undamaged network is right")
    func undamaged() throws {
        try EngineHarness.check(Self.network, "one of everything")
    }

    @Test("Cut short at every length")
    func truncated() throws {
        let bytes = Self.network.bytes()
        for length in 0..<bytes.count {
            #expect(throws: ModelError.self, "\(length) of \(bytes.count) bytes") {
                try ModelReader.read(Array(bytes[..<length]))
            }
        }
    }

    @Test("Each byte replaced by its extremes and neighbours")
    func everyByte() throws {
        let bytes = Self.network.bytes()
        for index in bytes.indices {
            for value in [0, 1, 0x7F, 0x80, 0xFF, bytes[index] &+ 1, bytes[index] &- 1, bytes[index] ^ 0x10] {
                var damaged = bytes
                damaged[index] = value
                try survive(damaged, "byte \(index) as \(value)")
            }
        }
    }

    @Test("Several random bytes changed", arguments: 0..<16)
    func flipped(batch: UInt64) throws {
        let bytes = Self.network.bytes()
        for round in 0..<500 {
            let seed = batch * 1000 + UInt64(round)
            var random = SeededGenerator(seed: seed)
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                damaged[Int.random(in: damaged.indices, using: &random)] = UInt8.random(
                    in: 0...255,
                    using: &random
                )
            }
            try survive(damaged, "seed \(seed)")
        }
    }

    @Test("Each aligned word replaced by wild offsets and sizes")
    func wildWords() throws {
        let bytes = Self.network.bytes()
        let extremes: [UInt32] = [
            0, 1, 2, 64, 1024, 65_536, 1 << 24, 1 << 26, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
            UInt32(bytes.count),
            UInt32(bytes.count - 4),
        ]
        for start in stride(from: 0, to: bytes.count - 3, by: 4) {
            for word in extremes {
                var damaged = bytes
                withUnsafeBytes(of: word.littleEndian) {
                    damaged.replaceSubrange(start..<(start + 4), with: $0)
                }
                try survive(damaged, "word at \(start) as \(word)")
            }
        }
    }

    @Test("The real detector, cut short and with bytes changed in its tables")
    func detector() throws {
        let bytes = try RealModels.bytes("pose_detection")
        for step in 0..<200 {
            let length = bytes.count * step / 200
            #expect(throws: ModelError.self, "\(length) of \(bytes.count) bytes") {
                try ModelReader.read(Array(bytes[..<length]))
            }
        }
        for seed in 0..<300 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            var damaged = bytes
            // Weights fill most of the file: half of the changes go where tables are, to either end of it.
            for _ in 0..<8 {
                let reach = Bool.random(using: &random) ? 100_000 : bytes.count
                let distance = Int.random(in: 0..<reach, using: &random)
                let index = Bool.random(using: &random) ? distance : bytes.count - 1 - distance
                damaged[index] = UInt8.random(in: 0...255, using: &random)
            }
            do {
                _ = try ModelReader.read(damaged)
            } catch {
                #expect(!error.message.isEmpty, "seed \(seed)")
            }
        }
    }

    @Test("Vectors that many tables share do not multiply")
    func amplification() throws {
        let shape = FlatBufferWriter.Value.int32s([Int32](repeating: 1, count: 100_000))
        let wide = FlatBufferWriter.Value.repeated(.table([0: shape]), count: 100_000)
        let named = FlatBufferWriter.Value.repeated(
            .table([0: .int32s([1]), 3: .text(String(repeating: "a", count: 1_000_000))]),
            count: 4000
        )
        let filled = FlatBufferWriter.Value.repeated(
            .table([0: .int32s([250_000]), 2: .int32(0), 3: .text("x")]),
            count: 4000
        )
        let buffers = FlatBufferWriter.Value.tables([
            .table([0: .uint8s([UInt8](repeating: 0, count: 1_000_000))])
        ])
        for tensors in [wide, named, filled] {
            let model = FlatBufferWriter.Value.table([
                0: .int32(3), 2: .tables([.table([0: tensors])]), 4: buffers,
            ])
            #expect(throws: ModelError.self) {
                try ModelReader.read(FlatBufferWriter.file(model, identifier: "TFL3"))
            }
        }
    }

    @Test("A small file cannot ask for gigabytes of packed weights, scratch or arena")
    func sparseGiants() throws {
        let tensors: [(inputs: [Int], kernel: Int, channels: Int)] = [
            ([1, 1, 1, 1 << 26], 1, 1), ([1, 1, 1 << 26, 1], 5, 1), ([1, 1 << 13, 1 << 13, 1], 3, 1),
        ]
        for (shape, kernel, channels) in tensors {
            var network = TestNetwork(seed: 12)
            let x = network.input(shape)
            let axes: [FlatBufferWriter.Value] =
                [channels, kernel, kernel].map { .table([0: .int8(0), 1: .int32(Int32($0))]) }
                + [
                    .table([
                        0: .int8(1), 2: .int8(1),
                        3: .table([0: .int32s([0] + [Int32](repeating: 1, count: channels * kernel * kernel))]
                        ),
                        4: .int8(1), 5: .table([0: .int32s([0])]),
                    ])
                ]
            let sparsity = FlatBufferWriter.Value.table([0: .int32s([0, 1, 2, 3]), 2: .tables(axes)])
            let filterShape = [channels, kernel, kernel, shape[3]]
            let sparse = network.add(
                "sparse",
                filterShape,
                constant: .init(type: 1, bytes: [0, 0x3C], sparsity: sparsity)
            )
            let filter = network.append(
                6,
                [network.append(124, [sparse], shape: filterShape)],
                shape: filterShape
            )
            network.outputs = [network.convolution(x, channels: channels, kernel: kernel, filter: filter)]
            for instructionSet in InstructionSet.runnable where instructionSet != .scalar {
                let error = #expect(throws: ModelError.self, "\(shape), \(instructionSet)") {
                    try CompiledModel(bytes: network.bytes(), instructionSet: instructionSet)
                }
                #expect(error?.code == .unsupported, "\(shape): \(error?.message ?? "")")
            }
        }
    }
}
