// SPDX-License-Identifier: Apache-2.0

extension GraphOptimizer {
    /// Joins a 1×1 convolution with the depthwise convolution that alone reads it.
    ///
    /// Every sum keeps its order, so the bits stay the same; the wide tensor between them never reaches memory.
    static func fuseExpansions(_ graph: inout Graph) throws(ModelError) {
        let uses = graph.useCounts()
        let producers = graph.producers()
        var fused: Set<Int> = []
        for index in graph.nodes.indices {
            let node = graph.nodes[index]
            guard let depthwise = node.operation as? DepthwiseConvolution2D, uses[node.inputs[0]] == 1,
                let producer = producers[node.inputs[0]],
                let expansion = graph.nodes[producer].operation as? Convolution2D,
                canExpand(graph.nodes[producer], expansion, into: depthwise, of: node, in: graph)
            else { continue }
            graph.nodes[index] = Graph.Node(
                operation: ExpandedDepthwiseConvolution2D(expansion: expansion, depthwise: depthwise),
                inputs: graph.nodes[producer].inputs + node.inputs[1...],
                output: node.output
            )
            fused.insert(producer)
        }
        graph.removeNodes(fused)
    }

    private static func canExpand(
        _ producer: Graph.Node,
        _ expansion: Convolution2D,
        into depthwise: DepthwiseConvolution2D,
        of node: Graph.Node,
        in graph: Graph
    ) -> Bool {
        guard producer.inputs.count == 3, graph.isPointwise(producer, expansion), graph.readsBlocks(producer)
        else { return false }
        // Every input column is read by some window, as the kernel expects.
        let (x, y) = (graph.tensors[node.inputs[0]].shape, graph.tensors[node.output].shape)
        let kernel = graph.tensors[node.inputs[1]].shape[2]
        return (y[2] - 1) * depthwise.attributes.strideWidth + kernel >= depthwise.attributes.padding.left
            + x[2]
    }
}
