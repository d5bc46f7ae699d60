// SPDX-License-Identifier: Apache-2.0

extension GraphOptimizer {
    /// Adds in the epilogue of the 1×1 convolution or resize that computes one of the summands.
    ///
    /// The sum is rounded as before, so the bits stay the same.
    static func fuseResiduals(_ graph: inout Graph) throws(ModelError) {
        let uses = graph.useCounts()
        var producers = graph.producers()
        var fusedSums: Set<Int> = []
        for index in graph.nodes.indices {
            let sum = graph.nodes[index]
            guard case .add(let activation) = sum.operation else { continue }
            // The later summand takes the addition, so that the other one exists by then.
            let order = sum.inputs.sorted { (producers[$0] ?? -1) > (producers[$1] ?? -1) }
            guard let summand = order.first, let residual = order.last, summand != residual,
                uses[summand] == 1, let producer = producers[summand],
                let fused = operation(of: graph.nodes[producer], in: graph, followedBy: activation)
            else { continue }
            graph.nodes[producer].operation = fused
            graph.nodes[producer].inputs.append(residual)
            graph.nodes[producer].output = sum.output
            producers[sum.output] = producer
            fusedSums.insert(index)
        }
        graph.nodes = graph.nodes.enumerated().filter { !fusedSums.contains($0.offset) }.map(\.element)
    }

    /// The operation of a node when it can take a residual and an activation, which it must not have yet.
    private static func operation(
        of node: Graph.Node,
        in graph: Graph,
        followedBy activation: Activation
    ) -> Operation? {
        switch node.operation {
        case .convolution2D(var attributes):
            guard attributes.activation == .none, node.inputs.count == 3,
                graph.isPointwise(node, attributes), graph.readsBlocks(node)
            else { return nil }
            attributes.activation = activation
            return .convolution2D(attributes)
        case .resizeBilinear2x(.none):
            return node.inputs.count == 1 ? .resizeBilinear2x(activation) : nil
        default:
            return nil
        }
    }
}
