// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension PlanBuilder {
    /// A convolution with a window, of blocks into blocks.
    mutating func lowerDenseConvolution(
        _ node: Graph.Node,
        _ attributes: ConvolutionAttributes
    ) throws(ModelError) {
        let (x, y) = (shape(node.inputs[0]), shape(node.output))
        let filter = shape(node.inputs[1])
        let vectors = kernels.dense_vectors
        let weights = try packedPanels(node.inputs[1]) { min($0, vectors) }
        let bias = try packedBias(node.inputs[2])
        let source = try blockedPlace(of: node.inputs[0])
        let target = makeBlocked(node.output)
        let range = attributes.activation.range
        let blocks = blockCount(y[3])
        unsafe append(
            node,
            operation: "CONV_2D \(filter[1])x\(filter[2])",
            macs: y[1] * y[2] * y[3] * filter[1] * filter[2] * x[3],
            kernel: kernels.dense,
            units: y[1] * ((blocks + vectors - 1) / vectors),
            touching: [source, target]
        ) { at in
            unsafe pk_dense_args(
                x: at?(source),
                weights: weights.buffer.baseAddress,
                bias: bias.buffer.baseAddress,
                y: at?(target),
                in_channels: x[3],
                in_height: x[1],
                in_width: x[2],
                out_height: y[1],
                out_width: y[2],
                out_blocks: blocks,
                kernel: filter[1],
                stride: attributes.strideHeight,
                pad_top: attributes.padding.top,
                pad_left: attributes.padding.left,
                lower: range.lowerBound,
                upper: range.upperBound
            )
        }
    }
}
