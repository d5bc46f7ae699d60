// SPDX-License-Identifier: Apache-2.0

import PoseTestSupport

/// A network under construction, written as a `.tflite` file.
struct TestNetwork: Sendable {
    /// A constant's bytes, and where its zeros are left out.
    struct Constant: Sendable {
        var type: Int8
        var bytes: [UInt8]
        var sparsity: FlatBufferWriter.Value?
    }

    struct Tensor: Sendable {
        var name: String
        var shape: [Int]
        var constant: Constant?
        var type: Int8 = 0
    }

    struct Operator: Sendable {
        var code: Int
        var inputs: [Int]
        var outputs: [Int]
        var options: [Int: FlatBufferWriter.Value]
    }

    var tensors: [Tensor] = []
    var operators: [Operator] = []
    var inputs: [Int] = []
    var outputs: [Int] = []
    var version: Int32 = 3
    /// Versions of operators, by code; 1 where there is none.
    var versions: [Int: Int32] = [:]
    /// The name of operators of code 32.
    var customName: String?
    var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    func shape(_ tensor: Int) -> [Int] { tensors[tensor].shape }

    /// The file.
    func bytes() -> [UInt8] { FlatBufferWriter.file(model(), identifier: "TFL3") }

    // Field ids of the TFLite schema.
    private func model() -> FlatBufferWriter.Value {
        var buffers: [FlatBufferWriter.Value] = [.table([:])]
        var tensorTables: [FlatBufferWriter.Value] = []
        for tensor in tensors {
            var fields: [Int: FlatBufferWriter.Value] = [
                0: .int32s(tensor.shape.map(Int32.init)), 1: .int8(tensor.constant?.type ?? tensor.type),
                2: .int32(0), 3: .text(tensor.name),
            ]
            if let constant = tensor.constant {
                fields[2] = .int32(Int32(buffers.count))
                fields[6] = constant.sparsity
                buffers.append(.table([0: .uint8s(constant.bytes)]))
            }
            tensorTables.append(.table(fields))
        }
        let codes = Array(Set(operators.map(\.code))).sorted()
        return .table([
            0: .int32(version),
            1: .tables(
                codes.map { code in
                    var fields: [Int: FlatBufferWriter.Value] = [
                        0: .int8(Int8(code)), 2: .int32(versions[code] ?? 1), 3: .int32(Int32(code)),
                    ]
                    if code == 32 { fields[1] = customName.map { .text($0) } }
                    return .table(fields)
                }
            ),
            2: .tables([
                .table([
                    0: .tables(tensorTables), 1: .int32s(inputs.map(Int32.init)),
                    2: .int32s(outputs.map(Int32.init)),
                    3: .tables(
                        operators.map { node in
                            .table([
                                0: .int32(Int32(codes.firstIndex(of: node.code) ?? 0)),
                                1: .int32s(node.inputs.map(Int32.init)),
                                2: .int32s(node.outputs.map(Int32.init)),
                                3: .int8(1), 4: .table(node.options),
                            ])
                        }
                    ),
                ])
            ]),
            4: .tables(buffers),
        ])
    }

    // MARK: - Tensors

    mutating func add(_ name: String, _ shape: [Int], constant: Constant? = nil) -> Int {
        tensors.append(Tensor(name: "\(name)\(tensors.count)", shape: shape, constant: constant))
        return tensors.count - 1
    }

    mutating func input(_ shape: [Int]) -> Int {
        let tensor = add("input", shape)
        inputs.append(tensor)
        return tensor
    }

    mutating func constant(_ shape: [Int], in range: ClosedRange<Float> = -1...1) -> Int {
        let values = random.floats(shape.reduce(1, *), in: range)
        let bytes = values.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
        }
        return add("weights", shape, constant: Constant(type: 0, bytes: bytes))
    }

    mutating func constant(_ shape: [Int], int32s values: [Int]) -> Int {
        let bytes = values.flatMap { value in withUnsafeBytes(of: Int32(value).littleEndian) { Array($0) } }
        return add("numbers", shape, constant: Constant(type: 2, bytes: bytes))
    }

    /// Appends an operator with one output.
    mutating func append(
        _ code: Int,
        _ inputs: [Int],
        shape: [Int],
        options: [Int: FlatBufferWriter.Value] = [:]
    ) -> Int {
        let output = add("value", shape)
        operators.append(Operator(code: code, inputs: inputs, outputs: [output], options: options))
        return output
    }
}
