// SPDX-License-Identifier: Apache-2.0

extension GraphOptimizer {
    /// Moves `PAD` into the convolutions that read it.
    static func foldPadding(_ graph: inout Graph) throws(ModelError) {
        let producers = graph.producers()
        for index in graph.nodes.indices {
            let node = graph.nodes[index]
            guard let source = node.inputs.first, let producer = producers[source],
                case .pad(let padding) = graph.nodes[producer].operation
            else { continue }
            switch node.operation {
            case .convolution2D(var attributes):
                attributes.padding = attributes.padding + padding
                graph.nodes[index].operation = .convolution2D(attributes)
            case .depthwiseConvolution2D(var attributes):
                attributes.padding = attributes.padding + padding
                graph.nodes[index].operation = .depthwiseConvolution2D(attributes)
            default:
                continue
            }
            graph.nodes[index].inputs[0] = graph.nodes[producer].inputs[0]
        }
        try dropDeadNodes(&graph)
    }
}
