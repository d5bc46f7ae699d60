// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension PlanBuilder {
    mutating func lowerImageConvolution(
        _ node: Graph.Node,
        _ attributes: ConvolutionAttributes
    ) throws(ModelError) {
        let convolution = try image(
            filter: node.inputs[1],
            bias: node.inputs[2],
            attributes,
            from: SpatialSize(shape(node.inputs[0])),
            to: SpatialSize(shape(node.output))
        )
        let source = try plainPlace(of: node.inputs[0])
        let target = makeBlocked(node.output)
        let scratch = unsafe withUnsafePointer(to: convolution.arguments()) { unsafe pk_image_scratch($0) }
        unsafe append(
            node,
            operation: convolution.operation,
            macs: convolution.multiplyAccumulateCount,
            kernel: kernels.image,
            units: convolution.output.height,
            scratch: scratch,
            touching: [source, target]
        ) { at in unsafe convolution.arguments(x: at?(source), y: at?(target)) }
    }

    /// Packs a convolution of an interleaved picture.
    mutating func image(
        filter: Int,
        bias: Int,
        _ attributes: ConvolutionAttributes,
        from input: SpatialSize,
        to output: SpatialSize
    ) throws(ModelError) -> ImageConvolution {
        ImageConvolution(
            weights: try packedPanels(filter, panelVectors: pk_panel_vectors),
            bias: try packedBias(bias),
            attributes: attributes,
            input: input,
            output: output,
            filter: shape(filter),
            blocks: blockCount(shape(filter)[0])
        )
    }
}

/// A convolution of an interleaved picture with all that the kernel needs but the places of its operands.
struct ImageConvolution: Sendable {
    let weights: AlignedFloats
    let bias: AlignedFloats
    let attributes: ConvolutionAttributes
    let input: SpatialSize
    let output: SpatialSize
    /// Outputs, rows, columns and inputs.
    let filter: [Int]
    let blocks: Int

    var multiplyAccumulateCount: Int { output.pixels * filter.reduce(1, *) }
    var operation: String { "CONV_2D \(filter[1])x\(filter[2])" }

    func arguments(
        x: UnsafePointer<Float>? = nil,
        y: UnsafeMutablePointer<Float>? = nil
    ) -> pk_image_args {
        unsafe pk_image_args(
            x: x,
            weights: weights.buffer.baseAddress,
            bias: bias.buffer.baseAddress,
            y: y,
            channels: filter[3],
            in_height: input.height,
            in_width: input.width,
            out_height: output.height,
            out_width: output.width,
            out_blocks: blocks,
            kernel: filter[1],
            stride: attributes.strideHeight,
            pad_top: attributes.padding.top,
            pad_left: attributes.padding.left,
            lower: attributes.activation.range.lowerBound,
            upper: attributes.activation.range.upperBound
        )
    }
}
