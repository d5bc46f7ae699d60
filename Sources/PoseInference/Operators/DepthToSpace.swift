// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension PlanBuilder {
    mutating func lowerDepthToSpace(_ node: Graph.Node) throws(ModelError) {
        let (x, y) = (shape(node.inputs[0]), shape(node.output))
        let source = try blockedPlace(of: node.inputs[0])
        let target = makeBlocked(node.output)
        unsafe append(
            node,
            operation: "DEPTH_TO_SPACE 2",
            kernel: kernels.depth_to_space2,
            units: y[1],
            touching: [source, target]
        ) { at in
            unsafe pk_depth_to_space_args(
                x: at?(source),
                y: at?(target),
                out_channels: y[3],
                in_height: x[1],
                in_width: x[2]
            )
        }
    }
}
