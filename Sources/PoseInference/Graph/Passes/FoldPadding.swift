// SPDX-License-Identifier: Apache-2.0

extension GraphOptimizer {
    /// Moves `PAD` into the convolutions that read it.
    static func foldPadding(_ graph: inout Graph) throws(ModelError) {
        let producers = graph.producers()
        for index in graph.nodes.indices {
            let node = graph.nodes[index]
            guard let source = node.inputs.first, let producer = producers[source],
                let pad = graph.nodes[producer].operation as? Pad, pad.channels == 0,
                var convolution = node.operation as? any WindowedOperation
            else { continue }
            convolution.attributes.padding = convolution.attributes.padding + pad.padding
            graph.nodes[index].operation = convolution
            graph.nodes[index].inputs[0] = graph.nodes[producer].inputs[0]
        }
        try dropDeadNodes(&graph)
    }
}
