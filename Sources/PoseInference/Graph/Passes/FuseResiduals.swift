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
                    let operation = graph.withResidual(graph.nodes[producer], activation: add.activation)
                else { continue }
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
    /// A node's operation with another value added to its result and an activation behind the sum; `nil` where the kernel
    /// cannot, or adds one already.
    fileprivate func withResidual(_ node: Node, activation: Activation) -> (any Operation)? {
        switch node.operation {
        case var convolution as Convolution2D:
            guard convolution.activation == .none, node.inputs.count == 3, isPointwise(node, convolution),
                readsBlocks(node)
            else { return nil }
            convolution.activation = activation
            return convolution
        case var resize as ResizeBilinear:
            guard node.inputs.count == 1 else { return nil }
            resize.summandActivation = resize.activation
            resize.activation = activation
            return resize
        default: return nil
        }
    }
}
