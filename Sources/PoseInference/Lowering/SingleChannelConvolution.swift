// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension PlanBuilder {
    /// A dense convolution into one channel, whose blocks would be almost empty: it is written plain.
    mutating func lowerSingleChannelConvolution(
        _ node: Graph.Node,
        _ attributes: ConvolutionAttributes
    ) throws(ModelError) {
        let (x, y) = (shape(node.inputs[0]), shape(node.output))
        let kernel = shape(node.inputs[1])[1]
        // One output channel: `[1, k, k, I]` is laid out like a depthwise filter, only by taps first.
        let values = try graph.floats(of: node.inputs[1])
        let blocks = blockCount(x[3])
        let weights = AlignedFloats(count: kernel * kernel * blocks * lanes)
        for tap in 0..<(kernel * kernel) {
            for channel in 0..<x[3] { weights[tap * blocks * lanes + channel] = values[tap * x[3] + channel] }
        }
        count(weights: weights.count)
        let bias = try graph.floats(of: node.inputs[2])[0]
        let source = try blockedPlace(of: node.inputs[0])
        let target = makePlain(node.output)
        let range = attributes.activation.range
        let arguments: @Sendable (Resolver?) -> pk_single_args = { at in
            unsafe pk_single_args(
                x: at?(source),
                weights: weights.buffer.baseAddress,
                y: at?(target),
                in_blocks: blocks,
                in_height: x[1],
                in_width: x[2],
                out_height: y[1],
                out_width: y[2],
                kernel: kernel,
                pad_top: attributes.padding.top,
                pad_left: attributes.padding.left,
                bias: bias,
                lower: range.lowerBound,
                upper: range.upperBound
            )
        }
        let scratch = unsafe withUnsafePointer(to: arguments(nil)) { unsafe pk_single_scratch($0, lanes) }
        unsafe append(
            node,
            operation: "CONV_2D \(kernel)x\(kernel) to 1",
            macs: y[1] * y[2] * kernel * kernel * x[3],
            kernel: kernels.single,
            units: y[1],
            scratch: scratch,
            touching: [source, target],
            arguments: arguments
        )
    }
}
