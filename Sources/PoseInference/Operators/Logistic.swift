// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension PlanBuilder {
    mutating func lowerLogistic(_ node: Graph.Node) throws(ModelError) {
        let source = try plainPlace(of: node.inputs[0])
        let target = makePlain(node.output)
        let count = graph.tensors[node.output].elementCount
        unsafe append(
            node,
            operation: "LOGISTIC",
            kernel: kernels.logistic,
            units: 1,
            touching: [source, target]
        ) { at in
            unsafe pk_logistic_args(x: at?(source), y: at?(target), count: count)
        }
    }
}
