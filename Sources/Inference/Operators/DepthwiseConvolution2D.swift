// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension PlanBuilder {
    mutating func lowerDepthwiseConvolution(
        _ node: Graph.Node,
        _ attributes: ConvolutionAttributes
    ) throws(ModelError) {
        let (x, y) = (shape(node.inputs[0]), shape(node.output))
        let kernel = shape(node.inputs[1])[1]
        try checkDepthwise(kernel: kernel)
        if isPlanar(node.inputs[0]) { return try lowerPlanarDepthwiseConvolution(node, attributes) }
        let weights = try packedTaps(node.inputs[1])
        let bias = try packedBias(node.inputs[2])
        let source = try blockedPlace(of: node.inputs[0])
        let target = makeBlocked(node.output)
        let blocks = blockCount(y[3])
        // About 16 KiB of padded input rows, half of a first-level cache.
        let rowBytes = ((y[2] - 1) * attributes.strideWidth + kernel) * lanes * MemoryLayout<Float>.size
        let fitting = (16_384 / rowBytes - kernel) / attributes.strideHeight + 1
        let rowChunk = min(max(fitting, 4), y[1])
        let range = attributes.activation.range
        let arguments: @Sendable (Resolver?) -> pk_depthwise_args = { at in
            unsafe pk_depthwise_args(
                x: at?(source),
                weights: weights.buffer.baseAddress,
                bias: bias.buffer.baseAddress,
                y: at?(target),
                blocks: blocks,
                in_height: x[1],
                in_width: x[2],
                out_height: y[1],
                out_width: y[2],
                kernel: kernel,
                stride: attributes.strideHeight,
                pad_top: attributes.padding.top,
                pad_left: attributes.padding.left,
                row_chunk: rowChunk,
                lower: range.lowerBound,
                upper: range.upperBound
            )
        }
        let scratch = unsafe withUnsafePointer(to: arguments(nil)) { unsafe pk_depthwise_scratch($0, lanes) }
        unsafe append(
            node,
            operation: "DEPTHWISE_CONV_2D \(kernel)x\(kernel)",
            macs: y[1] * y[2] * y[3] * kernel * kernel,
            kernel: kernels.depthwise,
            units: blocks * ((y[1] + rowChunk - 1) / rowChunk),
            scratch: scratch,
            touching: [source, target],
            arguments: arguments
        )
    }

    func checkDepthwise(kernel: Int) throws(ModelError) {
        guard kernel == 3 || kernel == 5 else {
            throw ModelError(
                .unsupported,
                "A depthwise convolution of \(kernel) × \(kernel). Supported are 3 × 3 and 5 × 5."
            )
        }
    }
}
