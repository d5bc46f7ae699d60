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

    private func compute(_ operation: any PoseInference.Operation, _ operands: [Value], shape: [Int]) -> Value
    {
        let x = operands[0]
        switch operation {
        case let convolution as Convolution2D:
            return ReferenceOps.convolution(
                x,
                filter: operands[1],
                bias: operands[2],
                convolution.attributes,
                shape
            )
        case let convolution as DepthwiseConvolution2D:
            return ReferenceOps.depthwise(
                x,
                filter: operands[1],
                bias: operands[2],
                convolution.attributes,
                shape
            )
        case let sum as Add: return ReferenceOps.add(x, operands[1], sum.activation)
        case is ReLU: return ReferenceOps.activate(x, .relu)
        case is ReLU6: return ReferenceOps.activate(x, .relu6)
        case let pad as Pad: return ReferenceOps.pad(x, top: pad.padding.top, left: pad.padding.left, shape)
        case is ResizeBilinear: return ReferenceOps.resize(x, shape)
        case is MaxPool2D: return ReferenceOps.maxPool(x, shape)
        case is DepthToSpace: return ReferenceOps.depthToSpace(x, shape)
        case is Logistic:
            var y = x
            for i in y.elements.indices { y.elements[i] = ReferenceOps.sigmoid(x.elements[i]) }
            return y
        case is Concatenation:
            var y = Value(shape)
            y.elements = operands.flatMap(\.elements)
            return y
        case is Reshape, is Dequantize, is Densify:
            var y = x
            y.shape = shape
            return y
        default: preconditionFailure("\(operation.name) is made by a pass or has no reference")
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
