// SPDX-License-Identifier: Apache-2.0

extension GraphOptimizer {
    /// Drops every node that no output needs.
    static func dropDeadNodes(_ graph: inout Graph) throws(ModelError) {
        var needed = [Bool](repeating: false, count: graph.tensors.count)
        for output in graph.outputs { needed[output] = true }
        var kept: [Graph.Node] = []
        for node in graph.nodes.reversed() where needed[node.output] {
            for input in node.inputs { needed[input] = true }
            kept.append(node)
        }
        graph.nodes = kept.reversed()
    }
}
