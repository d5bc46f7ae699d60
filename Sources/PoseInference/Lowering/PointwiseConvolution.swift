// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension PlanBuilder {
    mutating func lowerPointwiseConvolution(
        _ node: Graph.Node,
        _ attributes: ConvolutionAttributes
    ) throws(ModelError) {
        var convolution = try pointwise(
            filter: node.inputs[1],
            bias: node.inputs[2],
            attributes,
            pixels: SpatialSize(shape(node.output)).pixels
        )
        (convolution.pixelChunks, convolution.panelChunk) = chunks(of: convolution)
        let source = try blockedPlace(of: node.inputs[0])
        let residual = node.inputs.count > 3 ? try blockedPlace(of: node.inputs[3]) : nil
        let active =
            graph.isWorthSkippingZeros(node)
            ? gatherActiveChannels(node, of: source, pixels: convolution.pixels, channels: convolution.inputs)
            : nil
        let target = makeBlocked(node.output)
        unsafe append(
            node,
            operation: "CONV_2D 1x1",
            macs: convolution.multiplyAccumulateCount,
            kernel: kernels.pointwise,
            units: convolution.pixelChunks
                * ((convolution.panels + convolution.panelChunk - 1) / convolution.panelChunk),
            touching: [source, target] + [residual, active].compactMap(\.self)
        ) { [convolution] at in
            unsafe convolution.arguments(
                x: at?(source),
                residual: residual.flatMap { unsafe UnsafePointer(at?($0)) },
                active: active.flatMap { unsafe UnsafePointer(at?($0)) },
                y: at?(target)
            )
        }
    }

    /// Chunks of pixels, and panels of a unit of work.
    ///
    /// Where weights outweigh the pixels, a unit takes half of the pixels and a few panels: weights are read twice, and
    /// two threads leave each other's pixels alone. Elsewhere it takes whole tiles whose inputs are about 64 KiB and
    /// stay in the second-level cache while the panels pass over them. Either way there are at least eight units
    /// where the shape allows it, and an even number of chunks, so that threads finish together.
    private func chunks(of convolution: PointwiseConvolution) -> (chunks: Int, panels: Int) {
        let (pixels, inputs, panels) = (convolution.pixels, convolution.inputs, convolution.panels)
        let tile = kernels.pointwise_pixels
        let tiles = (pixels + tile - 1) / tile
        let pixelBytes = pixels * inputs * MemoryLayout<Float>.size
        if pixels <= panels * 2 * lanes, pixelBytes <= 524_288 {
            return (min(2, tiles), max(1, panels / 8))
        }
        let fitting = 65_536 / (inputs * MemoryLayout<Float>.size)
        let chunk = max(tile, min(fitting, (pixels + 7) / 8))
        let chunks = min(((pixels + chunk - 1) / chunk).roundedUp(toMultipleOf: 2), tiles)
        return (chunks, chunks >= 8 ? panels : max(1, panels * chunks / 8))
    }

    /// Packs a 1×1 convolution of so many pixels.
    mutating func pointwise(
        filter: Int,
        bias: Int,
        _ attributes: ConvolutionAttributes,
        pixels: Int
    ) throws(ModelError) -> PointwiseConvolution {
        let filterShape = shape(filter)
        return PointwiseConvolution(
            weights: try packedPanels(filter, panelVectors: pk_panel_vectors),
            bias: try packedBias(bias),
            pixels: pixels,
            inputs: filterShape[3],
            outputs: filterShape[0],
            blocks: blockCount(filterShape[0]),
            range: attributes.activation.range
        )
    }
}

/// A dense 1×1 convolution with all that the kernel needs but the places of its operands.
struct PointwiseConvolution: Sendable {
    let weights: AlignedFloats
    let bias: AlignedFloats
    let pixels: Int
    let inputs: Int
    let outputs: Int
    /// Blocks of output channels.
    let blocks: Int
    let range: ClosedRange<Float>
    /// Chunks of pixels, and panels of a unit of work; 0 where another kernel shares the work out.
    var pixelChunks = 0
    var panelChunk = 0

    var panels: Int { pk_panel_count(blocks) }
    var multiplyAccumulateCount: Int { pixels * inputs * outputs }

    func arguments(
        x: UnsafePointer<Float>? = nil,
        residual: UnsafePointer<Float>? = nil,
        active: UnsafePointer<Float>? = nil,
        y: UnsafeMutablePointer<Float>? = nil
    ) -> pk_pointwise_args {
        unsafe pk_pointwise_args(
            x: x,
            weights: weights.buffer.baseAddress,
            bias: bias.buffer.baseAddress,
            residual: residual,
            active: active,
            y: y,
            pixels: pixels,
            in_channels: inputs,
            out_blocks: blocks,
            pixel_chunks: pixelChunks,
            panel_chunk: panelChunk,
            lower: range.lowerBound,
            upper: range.upperBound
        )
    }
}
