// SPDX-License-Identifier: Apache-2.0

extension GraphOptimizer {
    /// Clamps in the epilogue of the operator that computes the value, where that has no activation yet.
    ///
    /// The value is rounded as before, so the bits stay the same.
    static func fuseActivations(_ graph: inout Graph) throws(ModelError) {
        let uses = graph.useCounts()
        let producers = graph.producers()
        var fused: Set<Int> = []
        for index in graph.nodes.indices {
            let node = graph.nodes[index]
            guard let clamp = node.operation as? any ActivationOperator, uses[node.inputs[0]] == 1,
                let producer = producers[node.inputs[0]],
                var operation = graph.nodes[producer].operation as? any ActivatedOperation,
                operation.activation == .none
            else { continue }
            operation.activation = type(of: clamp).activation
            graph.nodes[producer].operation = operation
            graph.nodes[producer].output = node.output
            fused.insert(index)
        }
        graph.removeNodes(fused)
    }
}
