// SPDX-License-Identifier: Apache-2.0

/// Maps a file's operators to operations, checking operand counts, ranks and shapes.
struct OperatorDecoder {
    let model: FlatBufferTable
    let graph: Graph

    /// The nodes of a subgraph, in the file's order.
    func nodes(of subgraph: FlatBufferTable) throws(ModelError) -> [Graph.Node] {
        var codes: [Int] = []
        for table in try model.tables(1, atMost: ModelReader.maxTableCount) {
            // The 8-bit field came first; newer operators use the 32-bit one. The larger of the two counts.
            let old = Int(try table.scalar(0, default: Int8(0)))
            codes.append(max(old, Int(try table.scalar(3, default: Int32(0)))))
        }
        var nodes: [Graph.Node] = []
        for table in try subgraph.tables(3, atMost: ModelReader.maxTableCount) {
            nodes.append(try node(table, index: nodes.count, codes: codes))
        }
        return nodes
    }

    private func node(
        _ table: FlatBufferTable,
        index: Int,
        codes: [Int]
    ) throws(ModelError) -> Graph.Node {
        let codeIndex = Int(try table.scalar(0, default: UInt32(0)))
        guard codeIndex < codes.count else {
            throw ModelError(.malformed, "Operator \(index) has code index \(codeIndex) of \(codes.count).")
        }
        let limit = ModelReader.maxOperandCount
        let inputs = try table.integers(1, of: Int32.self, atMost: limit)
        let outputs = try table.integers(2, of: Int32.self, atMost: limit)
        for tensor in inputs + outputs where tensor < 0 || tensor >= graph.tensors.count {
            throw ModelError(
                .malformed,
                "Operator \(index) names tensor \(tensor) of \(graph.tensors.count)."
            )
        }
        guard let output = outputs.first, outputs.count == 1 else {
            throw ModelError(.unsupported, "Operator \(index) has \(outputs.count) outputs. Expected one.")
        }
        let context = Context(
            index: index,
            code: codes[codeIndex],
            inputs: inputs,
            output: output,
            options: try table.table(4)
        )
        let operation = try decode(context)
        // Shape operands are read here and not at run time.
        let kept: [Int]
        switch operation {
        case .pad, .padChannels, .resizeBilinear2x, .reshape: kept = [inputs[0]]
        default: kept = inputs
        }
        return Graph.Node(operation: operation, inputs: kept, output: output)
    }

    /// One operator of the file.
    struct Context {
        let index: Int
        let code: Int
        let inputs: [Int]
        let output: Int
        let options: FlatBufferTable?

        func malformed(_ what: String) -> ModelError {
            ModelError(.malformed, "Operator \(index), code \(code), \(what). The model is damaged.")
        }

        func unsupported(_ what: String, expected: String) -> ModelError {
            ModelError(.unsupported, "Operator \(index), code \(code), \(what). Supported: \(expected).")
        }

        func option<T: FixedWidthInteger & BitwiseCopyable>(_ id: Int, default value: T) throws(ModelError)
            -> T
        {
            guard let options else { return value }
            return try options.scalar(id, default: value)
        }

        func activation(_ id: Int) throws(ModelError) -> Activation {
            switch try option(id, default: Int8(0)) {
            case 0: return .none
            case 1: return .relu
            case 3: return .relu6
            case let other:
                throw unsupported("has activation \(other)", expected: "0 NONE, 1 RELU, 3 RELU6")
            }
        }

        func requireInputs(_ count: ClosedRange<Int>) throws(ModelError) {
            guard count.contains(inputs.count) else {
                throw malformed("has \(inputs.count) operands instead of \(count)")
            }
        }
    }

    // Codes of the TFLite schema's BuiltinOperator.
    private func decode(_ context: Context) throws(ModelError) -> Operation {
        switch context.code {
        case 0: return try add(context)
        case 2: return try concatenation(context)
        case 3: return .convolution2D(try convolution(context))
        case 4: return .depthwiseConvolution2D(try depthwise(context))
        case 5: return try depthToSpace(context)
        case 6: return try sameShape(context, .dequantize)
        case 14: return try sameShape(context, .logistic)
        case 17: return try maxPool(context)
        case 19: return try activation(context, .relu)
        case 21: return try activation(context, .relu6)
        case 22: return try reshape(context)
        case 23: return try resize(context)
        case 34: return try pad(context)
        case 124: return try sameShape(context, .densify)
        default:
            throw context.unsupported(
                "is not one that this engine runs",
                expected:
                    "ADD, CONCATENATION, CONV_2D, DEPTHWISE_CONV_2D, DEPTH_TO_SPACE, DEQUANTIZE, LOGISTIC, "
                    + "MAX_POOL_2D, RELU, RELU6, RESHAPE, RESIZE_BILINEAR, PAD, DENSIFY"
            )
        }
    }

    func shape(_ tensor: Int) -> [Int] { graph.tensors[tensor].shape }

    /// A batch of one image: `[1, H, W, C]`.
    func image(_ tensor: Int, _ context: Context) throws(ModelError) -> (
        height: Int, width: Int, channels: Int
    ) {
        let shape = shape(tensor)
        guard shape.count == 4, shape[0] == 1 else {
            throw context.unsupported("has an operand of shape \(shape)", expected: "[1, H, W, C]")
        }
        return (shape[1], shape[2], shape[3])
    }
}
