// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension PlanBuilder {
    mutating func lowerPlanarDepthwiseConvolution(
        _ node: Graph.Node,
        _ attributes: ConvolutionAttributes
    ) throws(ModelError) {
        let convolution = try depthwise(
            filter: node.inputs[1],
            bias: node.inputs[2],
            attributes,
            from: SpatialSize(shape(node.inputs[0])),
            to: SpatialSize(shape(node.output)),
            isPlanar: true
        )
        let source = try planarPlace(of: node.inputs[0])
        let target = makePlanar(node.output)
        let scratch = unsafe withUnsafePointer(to: convolution.arguments()) {
            unsafe pk_depthwise_planes_scratch($0, lanes)
        }
        unsafe append(
            node,
            operation: "\(convolution.operation) planar",
            macs: convolution.multiplyAccumulateCount,
            kernel: kernels.depthwise_planes,
            units: convolution.channels,
            scratch: scratch,
            touching: [source, target]
        ) { at in unsafe convolution.arguments(x: at?(source), y: at?(target)) }
    }

    /// A sparse 1×1 convolution and the depthwise one that alone reads it.
    mutating func lowerExpandedPlanarConvolution(
        _ node: Graph.Node,
        _ expansion: ConvolutionAttributes,
        _ depthwise: ConvolutionAttributes,
        _ stored: (Range<Int>, Sparsity)
    ) throws(ModelError) {
        let (x, y) = (shape(node.inputs[0]), shape(node.output))
        // Groups that the second-level cache holds once expanded, and two for every thread where there are channels; an
        // even number, for two threads to finish together.
        let fitting = max(1, Self.expandedByteCount / (planeCount(x) * MemoryLayout<Float>.size))
        let parts = 2 * threadCount
        let groupOutputs = min(fitting, max(8, (y[3] + parts - 1) / parts))
        let taps = shape(node.inputs[3])[1] * shape(node.inputs[3])[2]
        let first = try sparseConvolution(
            node,
            expansion,
            stored,
            costBehind: taps * SpatialSize(y).pixels / SpatialSize(x).pixels
        ) { outputs, _ in
            let groups = (outputs + groupOutputs - 1) / groupOutputs
            return groups > 1 ? min(groups.roundedUp(toMultipleOf: 2), outputs) : 1
        }
        let second = try self.depthwise(
            filter: node.inputs[3],
            bias: node.inputs[4],
            depthwise,
            from: SpatialSize(x),
            to: SpatialSize(y),
            isPlanar: true
        )
        let source = try planarPlace(of: node.inputs[0])
        let target = makePlanar(node.output)
        let arguments: @Sendable (Resolver?) -> pk_expand_planes_args = { at in
            unsafe pk_expand_planes_args(
                expansion: first.arguments(x: at?(source), residual: nil, y: nil),
                depthwise: second.arguments(y: at?(target))
            )
        }
        let scratch = unsafe withUnsafePointer(to: arguments(nil)) {
            unsafe pk_expand_planes_scratch($0, first.filter.largestGroup, lanes)
        }
        unsafe append(
            node,
            operation: "CONV_2D 1x1 sparse + \(second.operation)",
            macs: first.multiplyAccumulateCount + second.multiplyAccumulateCount,
            kernel: kernels.expand_planes,
            units: first.filter.groups.count,
            scratch: scratch,
            touching: [source, target],
            arguments: arguments
        )
    }
}
