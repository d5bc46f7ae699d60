// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension PlanBuilder {
    mutating func lowerPlanarDepthwiseConvolution(
        _ node: Graph.Node,
        _ attributes: ConvolutionAttributes
    ) throws(ModelError) {
        let (x, y) = (shape(node.inputs[0]), shape(node.output))
        let kernel = shape(node.inputs[1])[1]
        let make = unsafe try planarDepthwise(x, y, attributes, filter: node.inputs[1], bias: node.inputs[2])
        let source = try planarPlace(of: node.inputs[0])
        let target = makePlanar(node.output)
        let scratch = unsafe withUnsafePointer(to: make(nil, nil)) {
            unsafe pk_depthwise_planes_scratch($0, lanes)
        }
        unsafe append(
            node,
            operation: "DEPTHWISE_CONV_2D \(kernel)x\(kernel) planar",
            macs: y[1] * y[2] * y[3] * kernel * kernel,
            kernel: kernels.depthwise_planes,
            units: y[3],
            scratch: scratch,
            touching: [source, target]
        ) { at in unsafe make(at?(source), at?(target)) }
    }

    /// A sparse 1×1 convolution and the depthwise one that alone reads it.
    mutating func lowerExpandedPlanarConvolution(
        _ node: Graph.Node,
        _ expansion: ConvolutionAttributes,
        _ depthwise: ConvolutionAttributes,
        _ stored: (Range<Int>, Sparsity)
    ) throws(ModelError) {
        let (x, y) = (shape(node.inputs[0]), shape(node.output))
        let kernel = shape(node.inputs[3])[1]
        // Groups that the second-level cache holds once expanded, and at least eight where there are channels.
        let fitting = max(1, Self.expandedByteCount / (planeCount(x) * MemoryLayout<Float>.size))
        let groupOutputs = min(fitting, max(8, (y[3] + 7) / 8))
        let convolution = try sparseConvolution(node, expansion, stored) { outputs, _ in
            (outputs + groupOutputs - 1) / groupOutputs
        }
        let expanded = [1, x[1], x[2], y[3]]
        let make = unsafe try planarDepthwise(
            expanded,
            y,
            depthwise,
            filter: node.inputs[3],
            bias: node.inputs[4]
        )
        let source = try planarPlace(of: node.inputs[0])
        let target = makePlanar(node.output)
        let arguments: @Sendable (Resolver?) -> pk_expand_planes_args = { at in
            unsafe pk_expand_planes_args(
                expansion: convolution.arguments(x: at?(source), residual: nil, y: nil),
                depthwise: make(nil, at?(target))
            )
        }
        let scratch = unsafe withUnsafePointer(to: arguments(nil)) {
            unsafe pk_expand_planes_scratch($0, groupOutputs, lanes)
        }
        unsafe append(
            node,
            operation: "CONV_2D 1x1 sparse + DEPTHWISE_CONV_2D \(kernel)x\(kernel)",
            macs: convolution.multiplyAccumulateCount + y[1] * y[2] * y[3] * kernel * kernel,
            kernel: kernels.expand_planes,
            units: convolution.filter.groups.count,
            scratch: scratch,
            touching: [source, target],
            arguments: arguments
        )
    }

    /// Maker of a planar depthwise convolution's arguments from the places of its operands.
    private mutating func planarDepthwise(
        _ x: [Int],
        _ y: [Int],
        _ attributes: ConvolutionAttributes,
        filter: Int,
        bias: Int
    ) throws(ModelError)
        -> @Sendable (UnsafePointer<Float>?, UnsafeMutablePointer<Float>?) -> pk_depthwise_args
    {
        let kernel = shape(filter)[1]
        try checkDepthwise(kernel: kernel)
        let weights = try channelTaps(filter)
        let bias = try packedBias(bias)
        let range = attributes.activation.range
        return { source, target in
            unsafe pk_depthwise_args(
                x: source,
                weights: weights.buffer.baseAddress,
                bias: bias.buffer.baseAddress,
                y: target,
                blocks: y[3],
                in_height: x[1],
                in_width: x[2],
                out_height: y[1],
                out_width: y[2],
                kernel: kernel,
                stride: attributes.strideHeight,
                pad_top: attributes.padding.top,
                pad_left: attributes.padding.left,
                row_chunk: y[1],
                lower: range.lowerBound,
                upper: range.upperBound
            )
        }
    }
}
