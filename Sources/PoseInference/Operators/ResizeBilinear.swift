// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension PlanBuilder {
    mutating func lowerResize(_ node: Graph.Node, _ activation: Activation) throws(ModelError) {
        let x = shape(node.inputs[0])
        let source = try blockedPlace(of: node.inputs[0])
        let residual = node.inputs.count > 1 ? try blockedPlace(of: node.inputs[1]) : nil
        let target = makeBlocked(node.output)
        let blocks = blockCount(x[3])
        let range = activation.range
        unsafe append(
            node,
            operation: "RESIZE_BILINEAR 2x",
            kernel: kernels.resize2x,
            units: blocks * x[1],
            touching: [source, target] + (residual.map { [$0] } ?? [])
        ) { at in
            unsafe pk_resize_args(
                x: at?(source),
                residual: residual.flatMap { unsafe UnsafePointer(at?($0)) },
                y: at?(target),
                blocks: blocks,
                in_height: x[1],
                in_width: x[2],
                lower: range.lowerBound,
                upper: range.upperBound
            )
        }
    }
}
