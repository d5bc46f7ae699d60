// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// A 1×1 convolution and the depthwise one that alone reads it, made by a pass.
///
/// Inputs: x, the 1×1 filter and bias, the depthwise filter and bias.
package struct ExpandedDepthwiseConvolution2D: Operation {
    package var expansion: Convolution2D
    package var depthwise: DepthwiseConvolution2D

    package var name: String { "\(expansion.name) + \(depthwise.name)" }
    package var filterOperands: [Int] { [1, 3] }

    package func lower(_ node: Graph.Node, into plan: inout PlanBuilder) throws(ModelError) {
        if let stored = plan.sparsityWorthUsing(node.inputs[1]) {
            try plan.lowerExpandedPlanarConvolution(node, expansion.attributes, depthwise.attributes, stored)
        } else {
            try plan.lowerExpandedConvolution(node, expansion.attributes, depthwise.attributes)
        }
    }
}

extension PlanBuilder {
    /// Bytes that a unit's padded rows may take: a part of a second-level cache of 512 KiB or more.
    static let expandedByteCount = 294_912

    fileprivate mutating func lowerExpandedConvolution(
        _ node: Graph.Node,
        _ expansion: ConvolutionAttributes,
        _ depthwise: ConvolutionAttributes
    ) throws(ModelError) {
        let (input, output) = (SpatialSize(shape(node.inputs[0])), SpatialSize(shape(node.output)))
        let first = try pointwise(
            filter: node.inputs[1],
            bias: node.inputs[2],
            expansion,
            pixels: input.pixels
        )
        var second = try self.depthwise(
            filter: node.inputs[3],
            bias: node.inputs[4],
            depthwise,
            from: input,
            to: output
        )
        let rowByteCount = second.rowByteCount(vectors: min(second.blocks, 2), lanes: lanes)
        let fitting = max(1, second.rows(fitting: Self.expandedByteCount, rowByteCount: rowByteCount))
        // Chunks of equally many rows, at least as many as give eight units where the rows allow it, and an even number
        // where the units are few and odd, or one of two threads waits for the other.
        let (panels, rows) = (first.panels, output.height)
        var chunks = max((rows + fitting - 1) / fitting, min((7 + panels) / panels, (rows + 7) / 8))
        if panels * chunks % 2 > 0, panels * chunks < 16, rows >= 16 * chunks { chunks += 1 }
        second.rowChunk = (rows + chunks - 1) / chunks
        let source = try blockedPlace(of: node.inputs[0])
        let target = makeBlocked(node.output)
        let arguments: @Sendable (Resolver?) -> pk_expand_args = { [second] at in
            unsafe pk_expand_args(
                expansion: first.arguments(x: at?(source)),
                depthwise: second.arguments(y: at?(target))
            )
        }
        let scratch = unsafe withUnsafePointer(to: arguments(nil)) { unsafe pk_expand_scratch($0, lanes) }
        unsafe append(
            node,
            operation: "CONV_2D 1x1 + \(second.operation)",
            macs: first.multiplyAccumulateCount + second.multiplyAccumulateCount,
            kernel: kernels.expand,
            units: panels * second.chunks,
            scratch: scratch,
            touching: [source, target],
            arguments: arguments
        )
    }
}
