// SPDX-License-Identifier: Apache-2.0

/// Reads a `.tflite` file into a graph, believing nothing it says.
///
/// Source: the TFLite FlatBuffers schema, version 3; field ids are vtable slots.
package enum ModelReader {
    /// Largest tensor accepted, in elements: far above the networks' 4 million, far below exhausting memory.
    static let maxElementCount = 1 << 26
    /// Most tensors and operators; the largest network has about a thousand.
    static let maxTableCount = 1 << 12
    /// Most axes of a tensor.
    static let maxRank = 6
    /// Most bytes of a tensor's name.
    static let maxNameLength = 1024
    /// Most operands of an operator.
    static let maxOperandCount = 64
    /// Most bytes of constants, each counted as often as a tensor names it; the largest network has 28 MB.
    static let maxConstantByteCount = 1 << 28

    /// Reads the single subgraph of a model.
    ///
    /// - Parameter bytes: the whole file.
    /// - Returns: the graph as the file has it.
    /// - Throws: ``ModelError`` `.malformed` or `.unsupported`.
    package static func read(_ bytes: [UInt8]) throws(ModelError) -> Graph {
        let file = CheckedBytes(bytes)
        guard bytes.count >= 8, bytes[4..<8].elementsEqual("TFL3".utf8) else {
            throw ModelError(
                .malformed,
                "The file of \(bytes.count) bytes does not carry the identifier TFL3 at byte 4. Expected a TFLite "
                    + "model; obtain it again."
            )
        }
        let model = try FlatBufferTable(rootOf: file)
        let version = try model.scalar(0, default: UInt32(0))
        guard version == 3 else {
            throw ModelError(.unsupported, "The model has schema version \(version). Expected version 3.")
        }
        let subgraphs = try model.tables(2)
        guard let subgraph = subgraphs.first, subgraphs.count == 1 else {
            throw ModelError(.unsupported, "The model has \(subgraphs.count) subgraphs. Expected one.")
        }
        let buffers = try model.tables(4)
        var tensors: [Graph.Tensor] = []
        var constantBytes = 0
        for table in try subgraph.tables(0, atMost: maxTableCount) {
            tensors.append(
                try readTensor(table, index: tensors.count, buffers: buffers, constantBytes: &constantBytes)
            )
        }
        var graph = Graph(
            tensors: tensors,
            nodes: [],
            inputs: try subgraph.integers(1, of: Int32.self, atMost: maxOperandCount),
            outputs: try subgraph.integers(2, of: Int32.self, atMost: maxOperandCount),
            file: file
        )
        try checkIndices(graph.inputs + graph.outputs, of: graph, in: "The subgraph")
        graph.nodes = try OperatorDecoder(model: model, graph: graph).nodes(of: subgraph)
        try checkOrder(graph)
        return graph
    }

    private static func readTensor(
        _ table: FlatBufferTable,
        index: Int,
        buffers: [FlatBufferTable],
        constantBytes: inout Int
    ) throws(ModelError) -> Graph.Tensor {
        let shape = try table.integers(0, of: Int32.self, atMost: maxRank)
        let name = try table.string(3, atMost: maxNameLength)
        var elements = 1
        for extent in shape {
            guard extent > 0, !elements.multipliedReportingOverflow(by: extent).overflow,
                elements * extent <= maxElementCount
            else {
                throw ModelError(
                    .malformed,
                    "Tensor \(index) '\(name)' has shape \(shape). Expected positive extents and at most "
                        + "\(maxElementCount) elements."
                )
            }
            elements *= extent
        }
        var tensor = Graph.Tensor(name: name, shape: shape, constant: nil)
        let type = try table.scalar(1, default: Int8(0))
        let buffer = Int(try table.scalar(2, default: UInt32(0)))
        guard buffer < buffers.count else {
            throw ModelError(
                .malformed,
                "Tensor \(index) '\(name)' names buffer \(buffer) of \(buffers.count)."
            )
        }
        guard let range = try buffers[buffer].byteRange(0), !range.isEmpty else { return tensor }
        constantBytes += range.count
        if let sparsity = try table.table(6) {
            // Row starts and positions are widened on reading.
            constantBytes += 8 * (elements / (shape.last ?? 1) + range.count / 2)
            try checkConstantBytes(constantBytes)
            tensor.constant = try readSparse(sparsity, tensor: tensor, type: type, range: range, index: index)
            return tensor
        }
        try checkConstantBytes(constantBytes)
        guard (0...2).contains(type) else {
            throw ModelError(
                .unsupported,
                "Tensor \(index) '\(name)' has type \(type). Supported are 0 float32, 1 float16 and 2 int32."
            )
        }
        let elementSize = type == 1 ? 2 : 4
        guard range.count == elements * elementSize else {
            throw ModelError(
                .malformed,
                "Tensor \(index) '\(name)' of shape \(shape) has \(range.count) bytes of data. Expected "
                    + "\(elements * elementSize)."
            )
        }
        switch type {
        case 0: tensor.constant = .float32(range)
        case 1: tensor.constant = .float16(range)
        default: tensor.constant = .int32(range)
        }
        return tensor
    }

    private static func checkConstantBytes(_ count: Int) throws(ModelError) {
        guard count <= maxConstantByteCount else {
            throw ModelError(
                .unsupported,
                "The model's constants take more than \(maxConstantByteCount >> 20) MiB. Expected at most that."
            )
        }
    }

    private static func checkIndices(
        _ indices: [Int],
        of graph: Graph,
        in owner: String
    ) throws(ModelError) {
        for index in indices where index < 0 || index >= graph.tensors.count {
            throw ModelError(.malformed, "\(owner) names tensor \(index) of \(graph.tensors.count).")
        }
    }

    /// Every tensor is an input, a constant or computed once, before it is read.
    private static func checkOrder(_ graph: Graph) throws(ModelError) {
        var ready = graph.tensors.map { $0.constant != nil }
        for input in graph.inputs {
            guard !ready[input] else {
                throw ModelError(.malformed, "Input tensor \(input) is a constant or listed twice.")
            }
            ready[input] = true
        }
        for (index, node) in graph.nodes.enumerated() {
            if let missing = node.inputs.first(where: { !ready[$0] }) {
                throw ModelError(
                    .malformed,
                    "Operator \(index), \(node.operation.name), reads tensor \(missing) before it is computed."
                )
            }
            guard !ready[node.output] else {
                throw ModelError(
                    .malformed,
                    "Operator \(index), \(node.operation.name), writes tensor \(node.output), which already has "
                        + "a value."
                )
            }
            ready[node.output] = true
        }
        if let missing = graph.outputs.first(where: { !ready[$0] }) {
            throw ModelError(.malformed, "Output tensor \(missing) is never computed.")
        }
    }
}
