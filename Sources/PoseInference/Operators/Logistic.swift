// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// The sigmoid.
package struct Logistic: SchemaOperator {
    package static let declaration = OperatorDeclaration(code: 14, name: "LOGISTIC", versions: 1...1)

    package var makesImage: Bool { false }

    package init(decoding encoded: EncodedOperator) throws(ModelError) {
        try encoded.requireSameShape()
    }

    package func lower(_ node: Graph.Node, into plan: inout PlanBuilder) throws(ModelError) {
        let source = try plan.plainPlace(of: node.inputs[0])
        let target = plan.makePlain(node.output)
        let count = plan.graph.tensors[node.output].elementCount
        unsafe plan.append(
            node,
            operation: name,
            kernel: plan.kernels.logistic,
            units: 1,
            touching: [source, target]
        ) { at in
            unsafe pk_logistic_args(x: at?(source), y: at?(target), count: count)
        }
    }
}
