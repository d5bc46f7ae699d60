// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// The sum of two images of one shape.
package struct Add: SchemaOperator, ActivatedOperation {
    package static let declaration = OperatorDeclaration(code: 0, name: "ADD", versions: 1...1)

    package var activation: Activation

    package init(decoding encoded: EncodedOperator) throws(ModelError) {
        try encoded.requireInputs(2...2)
        let (a, b) = (encoded.shape(encoded.inputs[0]), encoded.shape(encoded.inputs[1]))
        guard a == b, a == encoded.shape(encoded.output) else {
            throw encoded.unsupported("adds shapes \(a) and \(b)", expected: "equal shapes")
        }
        _ = try encoded.image(encoded.output)
        activation = try encoded.activation(0)
    }

    package func lower(_ node: Graph.Node, into plan: inout PlanBuilder) throws(ModelError) {
        let isPlanar = node.inputs.contains(where: plan.isPlanar)
        let a = try plan.place(of: node.inputs[0], isPlanar: isPlanar)
        let b = try plan.place(of: node.inputs[1], isPlanar: isPlanar)
        let target = plan.makePlace(for: node.output, isPlanar: isPlanar)
        let count = plan.floatCount(of: node.output, isPlanar: isPlanar)
        let chunk = PlanBuilder.elementwiseChunk
        let range = activation.range
        unsafe plan.append(
            node,
            operation: name,
            kernel: plan.kernels.add,
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
