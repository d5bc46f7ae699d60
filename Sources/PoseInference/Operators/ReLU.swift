// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// An activation that stands by itself, of an image.
package protocol ActivationOperator: SchemaOperator {
    static var activation: Activation { get }

    init()
}

/// `max(x, 0)`.
package struct ReLU: ActivationOperator {
    package static let declaration = OperatorDeclaration(code: 19, name: "RELU", versions: 1...1)
    package static let activation = Activation.relu

    package init() {}
}

/// `min(max(x, 0), 6)`.
package struct ReLU6: ActivationOperator {
    package static let declaration = OperatorDeclaration(code: 21, name: "RELU6", versions: 1...1)
    package static let activation = Activation.relu6

    package init() {}
}

extension ActivationOperator {
    package init(decoding encoded: EncodedOperator) throws(ModelError) {
        try encoded.requireSameShape()
        _ = try encoded.image(encoded.output)
        self.init()
    }

    package func lower(_ node: Graph.Node, into plan: inout PlanBuilder) throws(ModelError) {
        let isPlanar = plan.isPlanar(node.inputs[0])
        let source = try plan.place(of: node.inputs[0], isPlanar: isPlanar)
        let target = plan.makePlace(for: node.output, isPlanar: isPlanar)
        let count = plan.floatCount(of: node.output, isPlanar: isPlanar)
        let chunk = PlanBuilder.elementwiseChunk
        let range = Self.activation.range
        unsafe plan.append(
            node,
            operation: name,
            kernel: plan.kernels.clamp,
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
