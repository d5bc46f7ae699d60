// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension PlanBuilder {
    /// Chooses between the pointwise, image and dense kernels.
    mutating func lowerConvolution(
        _ node: Graph.Node,
        _ attributes: ConvolutionAttributes
    ) throws(ModelError) {
        let filter = shape(node.inputs[1])
        if hasPlain(node.inputs[0]), filter[3] <= 4, node.inputs.count == 3 {
            try lowerImageConvolution(node, attributes)
        } else if filter[1] == 1, attributes.strideHeight == 1, attributes.padding == SpatialPadding() {
            if let stored = sparsityWorthUsing(node.inputs[1]) {
                try lowerSparseConvolution(node, attributes, stored)
            } else {
                try lowerPointwiseConvolution(node, attributes)
            }
        } else if node.inputs.count == 3, filter[0] == 1, attributes.strideHeight == 1,
            shape(node.output)[2] > 1
        {
            try lowerSingleConvolution(node, attributes)
        } else if node.inputs.count == 3 {
            try lowerDenseConvolution(node, attributes)
        } else {
            throw ModelError(.unsupported, "A convolution of shape \(filter) cannot take a residual.")
        }
    }

    private mutating func lowerPointwiseConvolution(
        _ node: Graph.Node,
        _ attributes: ConvolutionAttributes
    ) throws(ModelError) {
        let (x, y) = (shape(node.inputs[0]), shape(node.output))
        let weights = try packedPanels(node.inputs[1], panelVectors: pk_panel_vectors)
        let bias = try packedBias(node.inputs[2])
        let source = try blockedPlace(of: node.inputs[0])
        let residual = node.inputs.count > 3 ? try blockedPlace(of: node.inputs[3]) : nil
        let target = makeBlocked(node.output)
        let pixels = y[1] * y[2]
        let blocks = blockCount(y[3])
        let panels = pk_panel_count(blocks)
        let (pixelChunk, panelChunk) = pointwiseChunks(pixels: pixels, inputs: x[3], panels: panels)
        let pixelUnits = (pixels + pixelChunk - 1) / pixelChunk
        let range = attributes.activation.range
        unsafe append(
            node,
            operation: "CONV_2D 1x1",
            macs: pixels * x[3] * y[3],
            kernel: kernels.pointwise,
            units: pixelUnits * ((panels + panelChunk - 1) / panelChunk),
            touching: [source, target] + (residual.map { [$0] } ?? [])
        ) { at in
            unsafe pk_pointwise_args(
                x: at?(source),
                weights: weights.buffer.baseAddress,
                bias: bias.buffer.baseAddress,
                residual: residual.flatMap { unsafe UnsafePointer(at?($0)) },
                y: at?(target),
                pixels: pixels,
                in_channels: x[3],
                out_blocks: blocks,
                pixel_chunk: pixelChunk,
                panel_chunk: panelChunk,
                lower: range.lowerBound,
                upper: range.upperBound
            )
        }
    }

    /// Pixels and panels of a unit of work.
    ///
    /// Where weights outweigh the pixels, every unit takes all pixels and a few panels, so that weights are read
    /// once. Elsewhere it takes whole tiles whose inputs are about 64 KiB and stay in the second-level cache while
    /// the panels pass over them. Either way there are at least eight units where the shape allows it, so that
    /// threads finish together.
    private func pointwiseChunks(pixels: Int, inputs: Int, panels: Int) -> (pixels: Int, panels: Int) {
        let tile = kernels.pointwise_pixels
        let pixelBytes = pixels * inputs * MemoryLayout<Float>.size
        if pixels <= panels * 2 * lanes, pixelBytes <= 524_288 {
            return (pixels.roundedUp(toMultipleOf: tile), max(1, panels / 16))
        }
        let fitting = 65_536 / (inputs * MemoryLayout<Float>.size)
        let chunk = max(tile, min(fitting, (pixels + 7) / 8)).roundedUp(toMultipleOf: tile)
        let units = (pixels + chunk - 1) / chunk
        return (chunk, units >= 8 ? panels : max(1, panels * units / 8))
    }

    private mutating func lowerImageConvolution(
        _ node: Graph.Node,
        _ attributes: ConvolutionAttributes
    ) throws(ModelError) {
        let (x, y) = (shape(node.inputs[0]), shape(node.output))
        let filter = shape(node.inputs[1])
        let weights = try packedPanels(node.inputs[1], panelVectors: pk_panel_vectors)
        let bias = try packedBias(node.inputs[2])
        let source = try plainPlace(of: node.inputs[0])
        let target = makeBlocked(node.output)
        let range = attributes.activation.range
        let blocks = blockCount(y[3])
        let arguments: @Sendable (Resolver?) -> pk_image_args = { at in
            unsafe pk_image_args(
                x: at?(source),
                weights: weights.buffer.baseAddress,
                bias: bias.buffer.baseAddress,
                y: at?(target),
                channels: x[3],
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
        let scratch = unsafe withUnsafePointer(to: arguments(nil)) { unsafe pk_image_scratch($0) }
        unsafe append(
            node,
            operation: "CONV_2D \(filter[1])x\(filter[2])",
            macs: y[1] * y[2] * y[3] * filter[1] * filter[2] * x[3],
            kernel: kernels.image,
            units: y[1],
            scratch: scratch,
            touching: [source, target],
            arguments: arguments
        )
    }

    private mutating func lowerDenseConvolution(
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
