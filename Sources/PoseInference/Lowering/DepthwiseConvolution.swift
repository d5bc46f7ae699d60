// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension PlanBuilder {
    mutating func lowerDepthwiseConvolution(
        _ node: Graph.Node,
        _ attributes: ConvolutionAttributes
    ) throws(ModelError) {
        var convolution = try depthwise(
            filter: node.inputs[1],
            bias: node.inputs[2],
            attributes,
            from: SpatialSize(shape(node.inputs[0])),
            to: SpatialSize(shape(node.output))
        )
        // About 16 KiB of padded input rows, half of a first-level cache.
        let rowByteCount = convolution.rowByteCount(vectors: 1, lanes: lanes)
        let fitting = convolution.rows(fitting: 16_384, rowByteCount: rowByteCount)
        convolution.rowChunk = min(max(fitting, 4), convolution.output.height)
        let source = try blockedPlace(of: node.inputs[0])
        let target = makeBlocked(node.output)
        let scratch = unsafe withUnsafePointer(to: convolution.arguments()) {
            unsafe pk_depthwise_scratch($0, lanes)
        }
        unsafe append(
            node,
            operation: convolution.operation,
            macs: convolution.multiplyAccumulateCount,
            kernel: kernels.depthwise,
            units: convolution.blocks * convolution.chunks,
            scratch: scratch,
            touching: [source, target]
        ) { [convolution] at in unsafe convolution.arguments(x: at?(source), y: at?(target)) }
    }

    /// Packs a depthwise convolution, in one chunk of rows.
    mutating func depthwise(
        filter: Int,
        bias: Int,
        _ attributes: ConvolutionAttributes,
        from input: SpatialSize,
        to output: SpatialSize,
        isPlanar: Bool = false
    ) throws(ModelError) -> DepthwiseConvolution {
        let (kernel, channels) = (shape(filter)[1], shape(filter)[3])
        guard kernel == 3 || kernel == 5 else {
            throw ModelError(
                .unsupported,
                "A depthwise convolution of \(kernel) × \(kernel). Supported are 3 × 3 and 5 × 5."
            )
        }
        return DepthwiseConvolution(
            weights: isPlanar ? try channelTaps(filter) : try packedTaps(filter),
            bias: try packedBias(bias),
            attributes: attributes,
            input: input,
            output: output,
            channels: channels,
            blocks: isPlanar ? channels : blockCount(channels),
            kernel: kernel,
            rowChunk: output.height,
            isByRows: !keepsBits
        )
    }
}

/// A depthwise convolution with all that the kernels need but the places of its operands.
struct DepthwiseConvolution: Sendable {
    let weights: AlignedFloats
    let bias: AlignedFloats
    let attributes: ConvolutionAttributes
    let input: SpatialSize
    let output: SpatialSize
    let channels: Int
    /// Blocks of channels, or channels where the layout is planar.
    let blocks: Int
    let kernel: Int
    /// Output rows of a unit of work.
    var rowChunk: Int
    /// Whether sums of planar values may go through the window row by row.
    let isByRows: Bool

    var chunks: Int { (output.height + rowChunk - 1) / rowChunk }
    var multiplyAccumulateCount: Int { output.pixels * channels * kernel * kernel }
    var operation: String { "DEPTHWISE_CONV_2D \(kernel)x\(kernel)" }

    /// Bytes of the padded input that one row of outputs takes, for a number of vectors.
    func rowByteCount(vectors: Int, lanes: Int) -> Int {
        ((output.width - 1) * attributes.strideWidth + kernel) * vectors * lanes * MemoryLayout<Float>.size
    }

    /// How many rows of outputs have their padded inputs in a number of bytes; may be less than one.
    func rows(fitting byteCount: Int, rowByteCount: Int) -> Int {
        (byteCount / rowByteCount - kernel) / attributes.strideHeight + 1
    }

    func arguments(
        x: UnsafePointer<Float>? = nil,
        y: UnsafeMutablePointer<Float>? = nil
    ) -> pk_depthwise_args {
        unsafe pk_depthwise_args(
            x: x,
            weights: weights.buffer.baseAddress,
            bias: bias.buffer.baseAddress,
            y: y,
            blocks: blocks,
            in_height: input.height,
            in_width: input.width,
            out_height: output.height,
            out_width: output.width,
            kernel: kernel,
            stride: attributes.strideHeight,
            pad_top: attributes.padding.top,
            pad_left: attributes.padding.left,
            row_chunk: rowChunk,
            by_rows: isByRows ? 1 : 0,
            lower: attributes.activation.range.lowerBound,
            upper: attributes.activation.range.upperBound
        )
    }
}
