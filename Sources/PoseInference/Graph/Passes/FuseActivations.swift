// SPDX-License-Identifier: Apache-2.0

extension GraphOptimizer {
    /// Clamps in the epilogue of the operator that computes the value, where that has no activation yet.
    ///
    /// The value is rounded as before, so the bits stay the same.
    static func fuseActivations(_ graph: inout Graph) throws(ModelError) {
        let uses = graph.useCounts()
        var producers = graph.producers()
        var fused: Set<Int> = []
        for index in graph.nodes.indices {
            let node = graph.nodes[index]
            guard case .activation(let activation) = node.operation, uses[node.inputs[0]] == 1,
                let producer = producers[node.inputs[0]],
                let operation = graph.nodes[producer].operation.followed(by: activation)
            else { continue }
            graph.nodes[producer].operation = operation
            graph.nodes[producer].output = node.output
            producers[node.output] = producer
            fused.insert(index)
        }
        graph.nodes = graph.nodes.enumerated().filter { !fused.contains($0.offset) }.map(\.element)
    }
}

extension Operation {
    /// The same operation with an activation, when it can have one and has none yet.
    fileprivate func followed(by activation: Activation) -> Operation? {
        switch self {
        case .convolution2D(var attributes) where attributes.activation == .none:
            attributes.activation = activation
            return .convolution2D(attributes)
        case .depthwiseConvolution2D(var attributes) where attributes.activation == .none:
            attributes.activation = activation
            return .depthwiseConvolution2D(attributes)
        case .add(.none): return .add(activation)
        case .resizeBilinear2x(.none): return .resizeBilinear2x(activation)
        default: return nil
        }
    }
}
