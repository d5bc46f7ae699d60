// SPDX-License-Identifier: Apache-2.0

/// Values behind one another, along axis 1.
package struct Concatenation: SchemaOperator {
    package static let declaration = OperatorDeclaration(code: 2, name: "CONCATENATION", versions: 1...1)

    package var makesImage: Bool { false }

    package init(decoding encoded: EncodedOperator) throws(ModelError) {
        try encoded.requireInputs(1...64)
        let axis = try encoded.option(0, default: Int32(0))
        let output = encoded.shape(encoded.output)
        let inputs = encoded.inputs.map(encoded.shape)
        guard axis == 1, try encoded.activation(1) == .none, output.count == 3, output[0] == 1,
            inputs.allSatisfy({ $0.count == 3 && $0[0] == 1 && $0[2] == output[2] }),
            inputs.reduce(0, { $0 + $1[1] }) == output[1]
        else {
            throw encoded.unsupported(
                "concatenates \(inputs) to \(output) along axis \(axis)",
                expected: "[1, N, C] along axis 1 without activation"
            )
        }
    }

    /// The operands have their places inside the result and are written there.
    package func lower(_ node: Graph.Node, into plan: inout PlanBuilder) throws(ModelError) {
        for input in node.inputs { _ = try plan.plainPlace(of: input) }
    }
}
