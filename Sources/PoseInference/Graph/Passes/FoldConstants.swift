// SPDX-License-Identifier: Apache-2.0

extension GraphOptimizer {
    /// Replaces `DEQUANTIZE` and `DENSIFY` of constants by constants that are converted when they are packed.
    static func foldConstants(_ graph: inout Graph) throws(ModelError) {
        var kept: [Graph.Node] = []
        for node in graph.nodes {
            guard let operation = node.operation as? any ConstantOperator else {
                kept.append(node)
                continue
            }
            guard let constant = graph.tensors[node.inputs[0]].constant else {
                throw operation.notFolded(node)
            }
            graph.tensors[node.output].constant = constant
        }
        graph.nodes = kept
    }
}
