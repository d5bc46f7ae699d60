// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension PlanBuilder {
    /// Bytes that a unit's padded rows may take: a part of a second-level cache of 512 KiB or more.
    static let expandedByteCount = 294_912

    mutating func lowerExpandedDepthwiseConvolution(
        _ node: Graph.Node,
        _ expansion: ConvolutionAttributes,
        _ depthwise: ConvolutionAttributes
    ) throws(ModelError) {
        if let stored = sparsityWorthUsing(node.inputs[1]) {
            return try lowerExpandedPlanarConvolution(node, expansion, depthwise, stored)
        }
        let (x, y) = (shape(node.inputs[0]), shape(node.output))
        let kernel = shape(node.inputs[3])[1]
        try checkDepthwise(kernel: kernel)
        let weights = try packedPanels(node.inputs[1], panelVectors: pk_panel_vectors)
        let bias = try packedBias(node.inputs[2])
        let taps = try packedTaps(node.inputs[3])
        let tapBias = try packedBias(node.inputs[4])
        let source = try blockedPlace(of: node.inputs[0])
        let target = makeBlocked(node.output)
        let blocks = blockCount(y[3])
        let panels = pk_panel_count(blocks)
        let rowBytes =
            ((y[2] - 1) * depthwise.strideWidth + kernel) * lanes * min(blocks, 2) * MemoryLayout<Float>.size
        let fitting = max(1, (Self.expandedByteCount / rowBytes - kernel) / depthwise.strideHeight + 1)
        // Even chunks, at least as many as give eight units where the rows allow it.
        let chunks = max((y[1] + fitting - 1) / fitting, min((7 + panels) / panels, (y[1] + 7) / 8))
        let rowChunk = (y[1] + chunks - 1) / chunks
        let (inner, outer) = (expansion.activation.range, depthwise.activation.range)
        let arguments: @Sendable (Resolver?) -> pk_expand_args = { at in
            unsafe pk_expand_args(
                expansion: pk_pointwise_args(
                    x: at?(source),
                    weights: weights.buffer.baseAddress,
                    bias: bias.buffer.baseAddress,
                    residual: nil,
                    y: nil,
                    pixels: x[1] * x[2],
                    in_channels: x[3],
                    out_blocks: blocks,
                    pixel_chunk: 0,
                    panel_chunk: 0,
                    lower: inner.lowerBound,
                    upper: inner.upperBound
                ),
                depthwise: pk_depthwise_args(
                    x: nil,
                    weights: taps.buffer.baseAddress,
                    bias: tapBias.buffer.baseAddress,
                    y: at?(target),
                    blocks: blocks,
                    in_height: x[1],
                    in_width: x[2],
                    out_height: y[1],
                    out_width: y[2],
                    kernel: kernel,
                    stride: depthwise.strideHeight,
                    pad_top: depthwise.padding.top,
                    pad_left: depthwise.padding.left,
                    row_chunk: rowChunk,
                    lower: outer.lowerBound,
                    upper: outer.upperBound
                )
            )
        }
        let scratch = unsafe withUnsafePointer(to: arguments(nil)) { unsafe pk_expand_scratch($0, lanes) }
        unsafe append(
            node,
            operation: "CONV_2D 1x1 + DEPTHWISE_CONV_2D \(kernel)x\(kernel)",
            macs: x[1] * x[2] * x[3] * y[3] + y[1] * y[2] * y[3] * kernel * kernel,
            kernel: kernels.expand,
            units: panels * ((y[1] + rowChunk - 1) / rowChunk),
            scratch: scratch,
            touching: [source, target],
            arguments: arguments
        )
    }
}
