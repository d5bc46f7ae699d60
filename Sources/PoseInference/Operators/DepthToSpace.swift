// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// `out[2y+a, 2x+b, c] = in[y, x, (2a+b)·C' + c]`.
package struct DepthToSpace: SchemaOperator {
    package static let declaration = OperatorDeclaration(code: 5, name: "DEPTH_TO_SPACE", versions: 1...1)

    package init(decoding encoded: EncodedOperator) throws(ModelError) {
        try encoded.requireInputs(1...1)
        let (x, y) = (try encoded.image(encoded.inputs[0]), try encoded.image(encoded.output))
        guard try encoded.option(0, default: Int32(0)) == 2, x.channels == 4 * y.channels,
            2 * x.height == y.height, 2 * x.width == y.width
        else {
            throw encoded.unsupported("moves \(x) to \(y)", expected: "block size 2")
        }
    }

    package func lower(_ node: Graph.Node, into plan: inout PlanBuilder) throws(ModelError) {
        let (x, y) = (plan.shape(node.inputs[0]), plan.shape(node.output))
        let isPlanar = plan.isPlanar(node.inputs[0])
        let source = try plan.place(of: node.inputs[0], isPlanar: isPlanar)
        let target = plan.makeBlocked(node.output)
        unsafe plan.append(
            node,
            operation: "\(name) 2\(isPlanar ? " of planes" : "")",
            kernel: isPlanar ? plan.kernels.depth_to_space2_planes : plan.kernels.depth_to_space2,
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
