// SPDX-License-Identifier: Apache-2.0

/// Maps a file's operators to nodes; what each one means is in `Operators/`.
struct OperatorDecoder {
    let model: FlatBufferTable
    let graph: Graph

    /// An entry of the file's table of operator codes.
    private struct OperatorCode {
        var code: Int
        var version: Int
        /// The name of a custom operator.
        var customName: String

        /// Name and version, in the schema's words.
        var label: String {
            let name = BuiltinOperatorNames.name(code: code)
            return (customName.isEmpty ? name : "\(name) '\(customName)'") + " v\(version)"
        }
    }

    /// The nodes of a subgraph, in the file's order.
    func nodes(of subgraph: FlatBufferTable) throws(ModelError) -> [Graph.Node] {
        var codes: [OperatorCode] = []
        for table in try model.tables(1, atMost: ModelReader.maxTableCount) {
            // The 8-bit field came first; newer operators use the 32-bit one. The larger of the two counts.
            let old = Int(try table.scalar(0, default: Int8(0)))
            codes.append(
                OperatorCode(
                    code: max(old, Int(try table.scalar(3, default: Int32(0)))),
                    version: Int(try table.scalar(2, default: Int32(1))),
                    customName: try table.string(1, atMost: ModelReader.maxNameLength)
                )
            )
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
        codes: [OperatorCode]
    ) throws(ModelError) -> Graph.Node {
        let codeIndex = Int(try table.scalar(0, default: UInt32(0)))
        guard codeIndex < codes.count else {
            throw ModelError(.malformed, "Operator \(index) has code index \(codeIndex) of \(codes.count).")
        }
        let (code, label) = (codes[codeIndex], codes[codeIndex].label)
        let limit = ModelReader.maxOperandCount
        let inputs = try table.integers(1, of: Int32.self, atMost: limit)
        let outputs = try table.integers(2, of: Int32.self, atMost: limit)
        for tensor in inputs + outputs where tensor < 0 || tensor >= graph.tensors.count {
            throw ModelError(
                .malformed,
                "Operator \(index), \(label), names tensor \(tensor) of \(graph.tensors.count)."
            )
        }
        guard let output = outputs.first, outputs.count == 1 else {
            throw ModelError(
                .unsupported,
                "Operator \(index), \(label), has \(outputs.count) outputs. Expected one."
            )
        }
        let encoded = EncodedOperator(
            index: index,
            label: label,
            inputs: inputs,
            output: output,
            graph: graph,
            options: try table.table(4)
        )
        guard let type = OperatorRegistry.type(code: code.code) else {
            throw encoded.unsupported(
                "is not one that this engine runs",
                expected: OperatorRegistry.all.map { $0.declaration.name }.joined(separator: ", ")
            )
        }
        let versions = type.declaration.versions
        guard versions.contains(code.version) else {
            throw encoded.unsupported(
                "is of a version that this engine does not run",
                expected: versions.count == 1
                    ? "v\(versions.lowerBound)" : "v\(versions.lowerBound)–v\(versions.upperBound)"
            )
        }
        return Graph.Node(
            operation: try type.init(decoding: encoded),
            inputs: Array(inputs.prefix(type.keptOperandCount)),
            output: output
        )
    }
}
