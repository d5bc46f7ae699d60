// SPDX-License-Identifier: Apache-2.0

extension GraphOptimizer {
    /// Adds in the epilogue of the 1×1 convolution or resize that computes one of the summands.
    ///
    /// The sum is rounded as before, so the bits stay the same.
    static func fuseResiduals(_ graph: inout Graph) throws(ModelError) {
        let uses = graph.useCounts()
        var producers = graph.producers()
        var removed: Set<Int> = []
        for index in graph.nodes.indices {
            let sum = graph.nodes[index]
            guard let add = sum.operation as? Add else { continue }
            // The later summand by preference: where it stands, the other one exists.
            let order = sum.inputs.sorted { (producers[$0] ?? -1) > (producers[$1] ?? -1) }
            guard let later = order.first, let earlier = order.last, later != earlier else { continue }
            for (summand, residual) in [(later, earlier), (earlier, later)] {
                guard uses[summand] == 1, let producer = producers[summand],
                    var operation = graph.nodes[producer].operation as? any ActivatedOperation,
                    operation.activation == .none, graph.takesResidual(graph.nodes[producer])
                else { continue }
                operation.activation = add.activation
                var fused = graph.nodes[producer]
                fused.operation = operation
                fused.inputs.append(residual)
                fused.output = sum.output
                // An earlier summand, which nobody else reads, is computed in the sum's place.
                let place = summand == later ? producer : index
                graph.nodes[place] = fused
                producers[sum.output] = place
                removed.insert(summand == later ? index : producer)
                break
            }
        }
        graph.removeNodes(removed)
    }
}

extension Graph {
    /// Whether the kernel of a node can add another value to its result, and adds none yet.
    fileprivate func takesResidual(_ node: Node) -> Bool {
        switch node.operation {
        case let convolution as Convolution2D:
            node.inputs.count == 3 && isPointwise(node, convolution) && readsBlocks(node)
        case is ResizeBilinear: node.inputs.count == 1
        default: false
        }
    }
}
