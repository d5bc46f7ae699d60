// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension PlanBuilder {
    mutating func lowerAdd(_ node: Graph.Node, _ activation: Activation) throws(ModelError) {
        let y = shape(node.output)
        let planar = node.inputs.contains(where: isPlanar)
        let a = planar ? try planarPlace(of: node.inputs[0]) : try blockedPlace(of: node.inputs[0])
        let b = planar ? try planarPlace(of: node.inputs[1]) : try blockedPlace(of: node.inputs[1])
        let target = planar ? makePlanar(node.output) : makeBlocked(node.output)
        let count = planar ? y[3] * planeCount(y) : y[1] * y[2] * blockCount(y[3]) * lanes
        let chunk = 4096
        let range = activation.range
        unsafe append(
            node,
            operation: "ADD",
            kernel: kernels.add,
            units: (count + chunk - 1) / chunk,
            touching: [a, b, target]
        ) { at in
            unsafe pk_add_args(
                a: at?(a),
                b: at?(b),
                y: at?(target),
                count: count,
                chunk: chunk,
                lower: range.lowerBound,
                upper: range.upperBound
            )
        }
    }
}
