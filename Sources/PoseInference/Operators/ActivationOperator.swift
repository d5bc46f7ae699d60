// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension PlanBuilder {
    mutating func lowerActivation(_ node: Graph.Node, _ activation: Activation) throws(ModelError) {
        let y = shape(node.output)
        let planar = isPlanar(node.inputs[0])
        let source = planar ? try planarPlace(of: node.inputs[0]) : try blockedPlace(of: node.inputs[0])
        let target = planar ? makePlanar(node.output) : makeBlocked(node.output)
        let count = planar ? y[3] * planeCount(y) : y[1] * y[2] * blockCount(y[3]) * lanes
        let chunk = 4096
        let range = activation.range
        unsafe append(
            node,
            operation: activation.name,
            kernel: kernels.clamp,
            units: (count + chunk - 1) / chunk,
            touching: [source, target]
        ) { at in
            unsafe pk_clamp_args(
                x: at?(source),
                y: at?(target),
                count: count,
                chunk: chunk,
                lower: range.lowerBound,
                upper: range.upperBound
            )
        }
    }
}
