// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// The largest of windows of 2 × 2 at stride 2.
package struct MaxPool2D: SchemaOperator {
    package static let declaration = OperatorDeclaration(code: 17, name: "MAX_POOL_2D", versions: 1...1)

    package init(decoding encoded: EncodedOperator) throws(ModelError) {
        try encoded.requireInputs(1...1)
        let (x, y) = (try encoded.image(encoded.inputs[0]), try encoded.image(encoded.output))
        var window: [Int] = []
        for field in 1...4 { window.append(Int(try encoded.option(field, default: Int32(0)))) }
        guard window == [2, 2, 2, 2], try encoded.activation(5) == .none, x.channels == y.channels,
            x.height == 2 * y.height, x.width == 2 * y.width
        else {
            throw encoded.unsupported(
                "pools \(x) to \(y) by \(window)",
                expected: "2 × 2 at stride 2 on even sizes"
            )
        }
    }

    package func lower(_ node: Graph.Node, into plan: inout PlanBuilder) throws(ModelError) {
        let y = plan.shape(node.output)
        let source = try plan.blockedPlace(of: node.inputs[0])
        let target = plan.makeBlocked(node.output)
        let blocks = plan.blockCount(y[3])
        unsafe plan.append(
            node,
            operation: "\(name) 2x2",
            kernel: plan.kernels.pool2x2,
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
