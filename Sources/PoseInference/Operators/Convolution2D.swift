// SPDX-License-Identifier: Apache-2.0

/// Inputs: x `[1,H,W,I]`, filter `[O,kh,kw,I]`, bias `[O]`, optionally a residual like the output.
package struct Convolution2D: SchemaOperator, WindowedOperation {
    package static let declaration = OperatorDeclaration(code: 3, name: "CONV_2D", versions: 1...1)

    package var attributes: ConvolutionAttributes
    package var filterOperands: [Int] { [1] }

    package init(decoding encoded: EncodedOperator) throws(ModelError) {
        try encoded.requireInputs(3...3)
        let filter = encoded.shape(encoded.inputs[1])
        let (x, y) = (try encoded.image(encoded.inputs[0]), try encoded.image(encoded.output))
        guard filter.count == 4, filter[0] == y.channels, filter[3] == x.channels,
            encoded.shape(encoded.inputs[2]) == [y.channels]
        else {
            throw encoded.malformed(
                "has a filter of shape \(filter) and \(x.channels) → \(y.channels) channels"
            )
        }
        attributes = try ConvolutionAttributes(
            decoding: encoded,
            kernel: (filter[1], filter[2]),
            activation: 3,
            dilation: 4
        )
    }

    /// Chooses between the image, pointwise, sparse, single-channel and dense kernels.
    package func lower(_ node: Graph.Node, into plan: inout PlanBuilder) throws(ModelError) {
        let filter = plan.shape(node.inputs[1])
        if plan.hasPlain(node.inputs[0]), filter[3] <= 4, node.inputs.count == 3 {
            try plan.lowerImageConvolution(node, attributes)
        } else if filter[1] == 1, attributes.strideHeight == 1, attributes.padding == SpatialPadding() {
            if let stored = plan.sparsityWorthUsing(node.inputs[1]) {
                try plan.lowerSparseConvolution(node, attributes, stored)
            } else {
                try plan.lowerPointwiseConvolution(node, attributes)
            }
        } else if node.inputs.count == 3, filter[0] == 1, attributes.strideHeight == 1,
            plan.shape(node.output)[2] > 1
        {
            try plan.lowerSingleChannelConvolution(node, attributes)
        } else if node.inputs.count == 3 {
            try plan.lowerDenseConvolution(node, attributes)
        } else {
            throw ModelError(.unsupported, "A convolution of shape \(filter) cannot take a residual.")
        }
    }
}
