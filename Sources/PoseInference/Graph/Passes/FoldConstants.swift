// SPDX-License-Identifier: Apache-2.0

extension GraphOptimizer {
    /// Replaces `DEQUANTIZE` and `DENSIFY` of constants by constants that are converted when they are packed.
    static func foldConstants(_ graph: inout Graph) throws(ModelError) {
        var kept: [Graph.Node] = []
        for node in graph.nodes {
            switch node.operation {
            case .dequantize, .densify:
                guard let constant = graph.tensors[node.inputs[0]].constant else {
                    throw ModelError(
                        .unsupported,
                        "\(node.operation.name) of tensor \(node.inputs[0]), which is not a constant. Supported on "
                            + "constants only."
                    )
                }
                graph.tensors[node.output].constant = constant
            default:
                kept.append(node)
            }
        }
        graph.nodes = kept
    }
}
