// SPDX-License-Identifier: Apache-2.0

/// An operator that gives a constant another form, and goes away when constants are folded.
package protocol ConstantOperator: SchemaOperator {
    init()
}

extension ConstantOperator {
    package init(decoding encoded: EncodedOperator) throws(ModelError) {
        try encoded.requireSameShape()
        self.init()
    }

    package func lower(_ node: Graph.Node, into plan: inout PlanBuilder) throws(ModelError) {
        throw notFolded(node)
    }

    /// What is wrong with one of something else than a constant.
    func notFolded(_ node: Graph.Node) -> ModelError {
        ModelError(
            .unsupported,
            "\(name) of tensor \(node.inputs[0]), which is not a constant. Supported on constants only."
        )
    }
}
