// SPDX-License-Identifier: Apache-2.0

/// One operator as a file has it, for the operator's own decoding.
package struct EncodedOperator {
    let index: Int
    /// Name and version, in the schema's words: `CONV_2D v1`.
    let label: String
    let inputs: [Int]
    let output: Int
    /// The tensors that the operands name.
    let graph: Graph
    let options: FlatBufferTable?

    // MARK: - Attributes

    /// A field of the operator's options; ids and defaults are those of the schema.
    func option<T: FixedWidthInteger & BitwiseCopyable>(
        _ id: Int,
        default value: T
    ) throws(ModelError) -> T {
        guard let options else { return value }
        return try options.scalar(id, default: value)
    }

    /// The field that holds a value of the schema's `ActivationFunctionType`.
    func activation(_ id: Int) throws(ModelError) -> Activation {
        switch try option(id, default: Int8(0)) {
        case 0: return .none
        case 1: return .relu
        case 3: return .relu6
        case let other:
            throw unsupported("has activation \(other)", expected: "0 NONE, 1 RELU, 3 RELU6")
        }
    }

    // MARK: - Operands

    func requireInputs(_ count: ClosedRange<Int>) throws(ModelError) {
        guard count.contains(inputs.count) else {
            throw malformed("has \(inputs.count) operands instead of \(count)")
        }
    }

    func shape(_ tensor: Int) -> [Int] { graph.tensors[tensor].shape }

    /// A batch of one image: `[1, H, W, C]`.
    func image(_ tensor: Int) throws(ModelError) -> (height: Int, width: Int, channels: Int) {
        let shape = shape(tensor)
        guard shape.count == 4, shape[0] == 1 else {
            throw unsupported("has an operand of shape \(shape)", expected: "[1, H, W, C]")
        }
        return (shape[1], shape[2], shape[3])
    }

    /// Checks that there is one operand, of the result's shape.
    func requireSameShape() throws(ModelError) {
        try requireInputs(1...1)
        guard shape(inputs[0]) == shape(output) else {
            throw malformed("changes shape \(shape(inputs[0])) to \(shape(output))")
        }
    }

    // MARK: - Errors

    func malformed(_ what: String) -> ModelError {
        ModelError(.malformed, "Operator \(index), \(label), \(what). The model is damaged.")
    }

    func unsupported(_ what: String, expected: String) -> ModelError {
        ModelError(.unsupported, "Operator \(index), \(label), \(what). Supported: \(expected).")
    }
}
