// SPDX-License-Identifier: Apache-2.0

import PoseInference

/// A network computed node by node in double precision, in loops that follow the operators' definitions.
///
/// Shares nothing with the engine but the graph as it was read.
struct ReferenceInterpreter {
    /// A value: NHWC.
    struct Value {
        var shape: [Int]
        var elements: [Double]

        init(_ shape: [Int], filledWith value: Double = 0) {
            self.shape = shape
            elements = [Double](repeating: value, count: shape.reduce(1, *))
        }

        var height: Int { shape[1] }
        var width: Int { shape[2] }
        var channels: Int { shape[3] }

        subscript(y: Int, x: Int, c: Int) -> Double {
            get { elements[(y * shape[2] + x) * shape[3] + c] }
            set { elements[(y * shape[2] + x) * shape[3] + c] = newValue }
        }
    }

    let graph: Graph
    let file: [UInt8]

    init(_ bytes: [UInt8]) throws {
        graph = try ModelReader.read(bytes)
        file = bytes
    }

    /// The outputs for given inputs.
    func run(_ inputs: [[Float]]) throws -> [[Double]] {
        var values = [Int: Value]()
        for (tensor, input) in zip(graph.inputs, inputs) {
            var value = Value(graph.tensors[tensor].shape)
            value.elements = input.map(Double.init)
            values[tensor] = value
        }
        for (index, tensor) in graph.tensors.enumerated() {
            if let constant = tensor.constant { values[index] = constantValue(constant, shape: tensor.shape) }
        }
        for node in graph.nodes {
            let operands = node.inputs.compactMap { values[$0] }
            values[node.output] = compute(node.operation, operands, shape: graph.tensors[node.output].shape)
        }
        return graph.outputs.map { values[$0]?.elements ?? [] }
    }

    private func compute(_ operation: Operation, _ operands: [Value], shape: [Int]) -> Value {
        let x = operands[0]
        switch operation {
        case .convolution2D(let attributes):
            return ReferenceOps.convolution(x, filter: operands[1], bias: operands[2], attributes, shape)
        case .depthwiseConvolution2D(let attributes):
            return ReferenceOps.depthwise(x, filter: operands[1], bias: operands[2], attributes, shape)
        case .expandedDepthwiseConvolution2D, .stem:
            preconditionFailure("made by a pass, not read from a file")
        case .add(let activation): return ReferenceOps.add(x, operands[1], activation)
        case .activation(let activation): return ReferenceOps.activate(x, activation)
        case .pad(let padding): return ReferenceOps.pad(x, top: padding.top, left: padding.left, shape)
        case .padChannels: return ReferenceOps.pad(x, top: 0, left: 0, shape)
        case .resizeBilinear2x: return ReferenceOps.resize(x, shape)
        case .maxPool2x2: return ReferenceOps.maxPool(x, shape)
        case .depthToSpace2: return ReferenceOps.depthToSpace(x, shape)
        case .logistic:
            var y = x
            for i in y.elements.indices { y.elements[i] = ReferenceOps.sigmoid(x.elements[i]) }
            return y
        case .concatenation:
            var y = Value(shape)
            y.elements = operands.flatMap(\.elements)
            return y
        case .reshape, .dequantize, .densify:
            var y = x
            y.shape = shape
            return y
        }
    }

    // MARK: - Constants

    private func integer(at offset: Int, bytes count: Int) -> UInt32 {
        (0..<count).reduce(0) { $0 | UInt32(file[offset + $1]) << UInt32(8 * $1) }
    }

    private func half(at offset: Int) -> Double {
        Double(Float16(bitPattern: UInt16(integer(at: offset, bytes: 2))))
    }

    private func constantValue(_ constant: Graph.Constant, shape: [Int]) -> Value {
        var value = Value(shape)
        switch constant {
        case .float32(let range):
            for i in value.elements.indices {
                let bits = integer(at: range.lowerBound + 4 * i, bytes: 4)
                value.elements[i] = Double(Float(bitPattern: bits))
            }
        case .float16(let range):
            for i in value.elements.indices { value.elements[i] = half(at: range.lowerBound + 2 * i) }
        case .int32(let range):
            for i in value.elements.indices {
                let bits = integer(at: range.lowerBound + 4 * i, bytes: 4)
                value.elements[i] = Double(Int32(bitPattern: bits))
            }
        case .sparseFloat16(let range, let sparsity):
            let rowLength = shape[shape.count - 1]
            for row in 0..<(sparsity.segments.count - 1) {
                for stored in sparsity.segments[row]..<sparsity.segments[row + 1] {
                    value.elements[row * rowLength + sparsity.indices[stored]] = half(
                        at: range.lowerBound + 2 * stored
                    )
                }
            }
        }
        return value
    }
}
