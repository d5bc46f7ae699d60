// SPDX-License-Identifier: Apache-2.0

extension GraphOptimizer {
    /// Moves a 1×1 convolution below the bilinear resize in front of it; the activation stays last.
    ///
    /// Both are linear and the resize's weights sum to one, so they commute, bias included. The convolution
    /// then runs on a quarter of the pixels, and the wide enlarged tensor never exists.
    static func convolveBeforeResize(_ graph: inout Graph) throws(ModelError) {
        let uses = graph.useCounts()
        let producers = graph.producers()
        for index in graph.nodes.indices {
            let node = graph.nodes[index]
            guard var convolution = node.operation as? Convolution2D, node.inputs.count == 3,
                graph.isPointwise(node, convolution), let producer = producers[node.inputs[0]],
                var resize = graph.nodes[producer].operation as? ResizeBilinear, resize.activation == .none,
                graph.nodes[producer].inputs.count == 1, uses[node.inputs[0]] == 1
            else { continue }
            let small = graph.nodes[producer].inputs[0]
            resize.activation = convolution.activation
            convolution.activation = .none
            var shape = graph.tensors[small].shape
            shape[3] = graph.tensors[node.output].shape[3]
            let convolved = graph.tensors.count
            graph.tensors.append(
                Graph.Tensor(name: graph.tensors[node.output].name + "/small", shape: shape, constant: nil)
            )
            graph.nodes[producer] = Graph.Node(
                operation: convolution,
                inputs: [small] + node.inputs[1...],
                output: convolved
            )
            graph.nodes[index] = Graph.Node(
                operation: resize,
                inputs: [convolved],
                output: node.output
            )
        }
    }
}
