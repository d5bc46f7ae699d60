// SPDX-License-Identifier: Apache-2.0

/// Inputs: x `[1,H,W,C]`, filter `[1,kh,kw,C]`, bias `[C]`.
package struct DepthwiseConvolution2D: SchemaOperator, WindowedOperation {
    // Version 2 brought dilation, which is decoded and refused.
    package static let declaration = OperatorDeclaration(code: 4, name: "DEPTHWISE_CONV_2D", versions: 1...2)

    package var attributes: ConvolutionAttributes
    package var filterOperands: [Int] { [1] }

    package init(decoding encoded: EncodedOperator) throws(ModelError) {
        try encoded.requireInputs(3...3)
        let filter = encoded.shape(encoded.inputs[1])
        let (x, y) = (try encoded.image(encoded.inputs[0]), try encoded.image(encoded.output))
        guard filter.count == 4, filter[0] == 1, filter[3] == y.channels, x.channels == y.channels,
            encoded.shape(encoded.inputs[2]) == [y.channels]
        else {
            throw encoded.unsupported(
                "has a depthwise filter of shape \(filter) and \(x.channels) → \(y.channels) channels",
                expected: "channel multiplier 1"
            )
        }
        attributes = try ConvolutionAttributes(
            decoding: encoded,
            kernel: (filter[1], filter[2]),
            activation: 4,
            dilation: 5
        )
    }

    package func lower(_ node: Graph.Node, into plan: inout PlanBuilder) throws(ModelError) {
        if plan.isPlanar(node.inputs[0]) {
            try plan.lowerPlanarDepthwiseConvolution(node, attributes)
        } else {
            try plan.lowerDepthwiseConvolution(node, attributes)
        }
    }
}
