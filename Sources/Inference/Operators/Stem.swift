// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension PlanBuilder {
    /// Bytes that a band of rows may take between the three convolutions: half a second-level cache of 512 KiB.
    private static let bandByteCount = 262_144

    mutating func lowerStem(
        _ node: Graph.Node,
        _ first: ConvolutionAttributes,
        _ second: ConvolutionAttributes,
        _ third: ConvolutionAttributes
    ) throws(ModelError) {
        let (x, y) = (shape(node.inputs[0]), shape(node.output))
        let filter = shape(node.inputs[1])
        let kernel = shape(node.inputs[3])[1]
        try checkDepthwise(kernel: kernel)
        let imageWeights = try packedPanels(node.inputs[1], panelVectors: pk_panel_vectors)
        let imageBias = try packedBias(node.inputs[2])
        let taps = try packedTaps(node.inputs[3])
        let tapBias = try packedBias(node.inputs[4])
        let weights = try packedPanels(node.inputs[5], panelVectors: pk_panel_vectors)
        let bias = try packedBias(node.inputs[6])
        let source = try plainPlace(of: node.inputs[0])
        let target = makeBlocked(node.output)
        let channels = filter[0]
        // What the image convolution gives, from what the depthwise one at stride 1 makes of it.
        let height = y[1] + kernel - 1 - second.padding.top - second.padding.bottom
        let width = y[2] + kernel - 1 - second.padding.left - second.padding.right
        let rowBytes = blockCount(channels) * lanes * (y[2] + kernel) * MemoryLayout<Float>.size
        // Bands of at least eight rows, or the rows that two of them share weigh; at least four of them for threads.
        let rowChunk = min(y[1], max(8, min(Self.bandByteCount / rowBytes / 2, y[1] / 4)))
        let (wideBlocks, blocks) = (blockCount(channels), blockCount(y[3]))
        let arguments: @Sendable (Resolver?) -> pk_stem_args = { at in
            unsafe pk_stem_args(
                image: pk_image_args(
                    x: at?(source),
                    weights: imageWeights.buffer.baseAddress,
                    bias: imageBias.buffer.baseAddress,
                    y: nil,
                    channels: x[3],
                    in_height: x[1],
                    in_width: x[2],
                    out_height: height,
                    out_width: width,
                    out_blocks: wideBlocks,
                    kernel: filter[1],
                    stride: first.strideHeight,
                    pad_top: first.padding.top,
                    pad_left: first.padding.left,
                    lower: first.activation.range.lowerBound,
                    upper: first.activation.range.upperBound
                ),
                depthwise: pk_depthwise_args(
                    x: nil,
                    weights: taps.buffer.baseAddress,
                    bias: tapBias.buffer.baseAddress,
                    y: nil,
                    blocks: wideBlocks,
                    in_height: height,
                    in_width: width,
                    out_height: y[1],
                    out_width: y[2],
                    kernel: kernel,
                    stride: 1,
                    pad_top: second.padding.top,
                    pad_left: second.padding.left,
                    row_chunk: rowChunk,
                    lower: second.activation.range.lowerBound,
                    upper: second.activation.range.upperBound
                ),
                projection: pk_pointwise_args(
                    x: nil,
                    weights: weights.buffer.baseAddress,
                    bias: bias.buffer.baseAddress,
                    residual: nil,
                    y: at?(target),
                    pixels: y[1] * y[2],
                    in_channels: channels,
                    out_blocks: blocks,
                    pixel_chunk: 0,
                    panel_chunk: 0,
                    lower: third.activation.range.lowerBound,
                    upper: third.activation.range.upperBound
                )
            )
        }
        let scratch = unsafe withUnsafePointer(to: arguments(nil)) { unsafe pk_stem_scratch($0, lanes) }
        let pixels = y[1] * y[2]
        unsafe append(
            node,
            operation:
                "CONV_2D \(filter[1])x\(filter[2]) + DEPTHWISE_CONV_2D \(kernel)x\(kernel) + CONV_2D 1x1",
            macs: height * width * channels * filter[1] * filter[2] * x[3] + pixels * channels * kernel
                * kernel
                + pixels * channels * y[3],
            kernel: kernels.stem,
            units: (y[1] + rowChunk - 1) / rowChunk,
            scratch: scratch,
            touching: [source, target],
            arguments: arguments
        )
    }
}
