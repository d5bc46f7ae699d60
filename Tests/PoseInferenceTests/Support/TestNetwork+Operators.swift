// SPDX-License-Identifier: Apache-2.0

// Operators with random weights. Codes and option fields of the TFLite schema.
extension TestNetwork {
    /// Sizes that a window makes.
    private func window(_ size: Int, kernel: Int, stride: Int, same: Bool) -> Int {
        same ? (size + stride - 1) / stride : (size - kernel) / stride + 1
    }

    private func options(same: Bool, stride: Int) -> [Int: FlatBufferWriter.Value] {
        [0: .int8(same ? 0 : 1), 1: .int32(Int32(stride)), 2: .int32(Int32(stride))]
    }

    private mutating func bias(_ count: Int, clamped: Bool) -> Int {
        // Wide enough that RELU6 meets both of its ends.
        constant([count], in: clamped ? -4...9 : -1...1)
    }

    mutating func convolution(
        _ x: Int,
        channels: Int,
        kernel: Int = 1,
        stride: Int = 1,
        same: Bool = true,
        clamped: Bool = false,
        filter given: Int? = nil
    ) -> Int {
        let from = shape(x)
        let scale = (3 / Float(kernel * kernel * from[3])).squareRoot()
        let filter = given ?? constant([channels, kernel, kernel, from[3]], in: -scale...scale)
        let bias = bias(channels, clamped: clamped)
        var options = options(same: same, stride: stride)
        options[3] = .int8(clamped ? 3 : 0)
        let height = window(from[1], kernel: kernel, stride: stride, same: same)
        let width = window(from[2], kernel: kernel, stride: stride, same: same)
        return append(3, [x, filter, bias], shape: [1, height, width, channels], options: options)
    }

    mutating func depthwise(
        _ x: Int,
        kernel: Int,
        stride: Int = 1,
        same: Bool = true,
        clamped: Bool = false
    ) -> Int {
        let from = shape(x)
        let scale = 1.7 / Float(kernel)
        let filter = constant([1, kernel, kernel, from[3]], in: -scale...scale)
        let bias = bias(from[3], clamped: clamped)
        var options = options(same: same, stride: stride)
        options[3] = .int32(1)
        options[4] = .int8(clamped ? 3 : 0)
        let height = window(from[1], kernel: kernel, stride: stride, same: same)
        let width = window(from[2], kernel: kernel, stride: stride, same: same)
        return append(4, [x, filter, bias], shape: [1, height, width, from[3]], options: options)
    }

    mutating func add(_ a: Int, _ b: Int, clamped: Bool = false) -> Int {
        append(0, [a, b], shape: shape(a), options: [0: .int8(clamped ? 3 : 0)])
    }

    mutating func relu(_ x: Int) -> Int { append(19, [x], shape: shape(x)) }

    mutating func relu6(_ x: Int) -> Int { append(21, [x], shape: shape(x)) }

    mutating func pad(
        _ x: Int,
        top: Int = 0,
        bottom: Int = 0,
        left: Int = 0,
        right: Int = 0,
        channels: Int = 0
    ) -> Int {
        let from = shape(x)
        let amounts = constant([4, 2], int32s: [0, 0, top, bottom, left, right, 0, channels])
        let shape = [1, from[1] + top + bottom, from[2] + left + right, from[3] + channels]
        return append(34, [x, amounts], shape: shape)
    }

    mutating func resize(_ x: Int) -> Int {
        let from = shape(x)
        let size = constant([2], int32s: [2 * from[1], 2 * from[2]])
        return append(
            23,
            [x, size],
            shape: [1, 2 * from[1], 2 * from[2], from[3]],
            options: [2: .int8(0), 3: .int8(1)]
        )
    }

    mutating func maxPool(_ x: Int) -> Int {
        let from = shape(x)
        return append(
            17,
            [x],
            shape: [1, from[1] / 2, from[2] / 2, from[3]],
            options: [0: .int8(1), 1: .int32(2), 2: .int32(2), 3: .int32(2), 4: .int32(2), 5: .int8(0)]
        )
    }

    mutating func depthToSpace(_ x: Int) -> Int {
        let from = shape(x)
        return append(5, [x], shape: [1, 2 * from[1], 2 * from[2], from[3] / 4], options: [0: .int32(2)])
    }

    mutating func reshape(_ x: Int, _ shape: [Int]) -> Int {
        let numbers = constant([shape.count], int32s: shape)
        return append(22, [x, numbers], shape: shape)
    }

    mutating func concatenation(_ inputs: [Int]) -> Int {
        let length = inputs.reduce(0) { $0 + shape($1)[1] }
        return append(
            2,
            inputs,
            shape: [1, length, shape(inputs[0])[2]],
            options: [0: .int32(1), 1: .int8(0)]
        )
    }

    mutating func logistic(_ x: Int) -> Int { append(14, [x], shape: shape(x)) }

    // MARK: - Half-precision and sparse weights

    /// A half-precision constant, widened by DEQUANTIZE.
    mutating func dequantized(_ shape: [Int], scale: Float = 1) -> Int {
        let values = random.floats(shape.reduce(1, *), in: -scale...scale).map(Float16.init)
        let halves = add("halves", shape, constant: Constant(type: 1, bytes: Self.bytes(of: values)))
        return append(6, [halves], shape: shape)
    }

    /// How a sparse constant's positions are stored.
    enum IndexWidth: UInt8, CaseIterable {
        case int32 = 1
        case uint16 = 2
        case uint8 = 3
    }

    /// A sparse half-precision constant, made dense by DENSIFY and widened by DEQUANTIZE.
    ///
    /// Some rows are empty.
    mutating func densified(_ shape: [Int], scale: Float = 1, indices width: IndexWidth) -> Int {
        let rowLength = shape[shape.count - 1]
        let rows = shape.dropLast().reduce(1, *)
        var (segments, positions, values) = ([0], [Int](), [Float16]())
        for row in 0..<rows {
            for position in 0..<rowLength where row % 5 != 3 && Int.random(in: 0..<4, using: &random) == 0 {
                positions.append(position)
                values.append(Float16(Float.random(in: -scale...scale, using: &random)))
            }
            segments.append(positions.count)
        }
        if values.isEmpty {
            (positions, values) = ([rowLength - 1], [1])
            segments[rows] = 1
        }
        var axes: [FlatBufferWriter.Value] = shape.dropLast().map {
            .table([0: .int8(0), 1: .int32(Int32($0))])
        }
        axes.append(
            .table([
                0: .int8(1), 2: .int8(1), 3: .table([0: .int32s(segments.map(Int32.init))]),
                4: .int8(Int8(width.rawValue)), 5: .table([0: Self.vector(positions, width)]),
            ])
        )
        let sparsity = FlatBufferWriter.Value.table([
            0: .int32s(shape.indices.map(Int32.init)), 2: .tables(axes),
        ])
        let constant = Constant(type: 1, bytes: Self.bytes(of: values), sparsity: sparsity)
        let sparse = add("sparse", shape, constant: constant)
        return append(6, [append(124, [sparse], shape: shape)], shape: shape)
    }

    private static func vector(_ values: [Int], _ width: IndexWidth) -> FlatBufferWriter.Value {
        switch width {
        case .int32: .int32s(values.map(Int32.init))
        case .uint16: .uint16s(values.map(UInt16.init))
        case .uint8: .uint8s(values.map(UInt8.init))
        }
    }

    private static func bytes(of halves: [Float16]) -> [UInt8] {
        halves.flatMap { half in withUnsafeBytes(of: half.bitPattern.littleEndian) { Array($0) } }
    }
}
