// SPDX-License-Identifier: Apache-2.0

/// The same values in another shape.
package struct Reshape: SchemaOperator {
    package static let declaration = OperatorDeclaration(code: 22, name: "RESHAPE", versions: 1...1)
    package static let keptOperandCount = 1

    package var makesImage: Bool { false }

    package init(decoding encoded: EncodedOperator) throws(ModelError) {
        try encoded.requireInputs(1...2)
        let (from, to) = (encoded.graph.tensors[encoded.inputs[0]], encoded.graph.tensors[encoded.output])
        guard from.elementCount == to.elementCount else {
            throw encoded.malformed("reshapes \(from.shape) to \(to.shape)")
        }
    }

    package func lower(_ node: Graph.Node, into plan: inout PlanBuilder) throws(ModelError) {
        try plan.reshape(node)
    }
}
