// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension PlanBuilder {
    mutating func lowerMaxPool(_ node: Graph.Node) throws(ModelError) {
        let y = shape(node.output)
        let source = try blockedPlace(of: node.inputs[0])
        let target = makeBlocked(node.output)
        let blocks = blockCount(y[3])
        unsafe append(
            node,
            operation: "MAX_POOL_2D 2x2",
            kernel: kernels.pool2x2,
            units: blocks,
            touching: [source, target]
        ) { at in
            unsafe pk_pool_args(
                x: at?(source),
                y: at?(target),
                blocks: blocks,
                out_height: y[1],
                out_width: y[2]
            )
        }
    }
}
