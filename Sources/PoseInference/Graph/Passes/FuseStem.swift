// SPDX-License-Identifier: Apache-2.0

extension GraphOptimizer {
    /// Joins the convolution of the image, the depthwise convolution behind it and the 1×1 one behind that.
    ///
    /// Every sum keeps its order, so the bits stay the same; the two large values between them never reach memory.
    static func fuseStem(_ graph: inout Graph) throws(ModelError) {
        let uses = graph.useCounts()
        let producers = graph.producers()
        var fused: Set<Int> = []
        for index in graph.nodes.indices {
            let projection = graph.nodes[index]
            guard let last = projection.operation as? Convolution2D, projection.inputs.count == 3,
                graph.isPointwise(projection, last), graph.sparsityWorthUsing(projection.inputs[1]) == nil,
                uses[projection.inputs[0]] == 1,
                let second = producers[projection.inputs[0]],
                let middle = graph.nodes[second].operation as? DepthwiseConvolution2D,
                middle.attributes.strideHeight == 1, uses[graph.nodes[second].inputs[0]] == 1,
                let first = producers[graph.nodes[second].inputs[0]],
                let image = graph.nodes[first].operation as? Convolution2D,
                graph.inputs.contains(graph.nodes[first].inputs[0]),
                graph.tensors[graph.nodes[first].inputs[1]].shape[3] <= 4
            else { continue }
            graph.nodes[index] = Graph.Node(
                operation: Stem(image: image, depthwise: middle, projection: last),
                inputs: graph.nodes[first].inputs + graph.nodes[second].inputs[1...]
                    + projection.inputs[1...],
                output: projection.output
            )
            fused.formUnion([first, second])
        }
        graph.removeNodes(fused)
    }
}
