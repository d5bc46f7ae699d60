// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// A convolution of an image, the depthwise one that alone reads it and the 1×1 one that alone reads that, made by a
/// pass.
///
/// Inputs: x, then filter and bias of each.
package struct Stem: Operation {
    package var image: Convolution2D
    package var depthwise: DepthwiseConvolution2D
    package var projection: Convolution2D

    package var name: String { "\(image.name) + \(depthwise.name) + \(projection.name)" }
    package var filterOperands: [Int] { [1, 3, 5] }

    package func lower(_ node: Graph.Node, into plan: inout PlanBuilder) throws(ModelError) {
        try plan.lowerStem(node, image.attributes, depthwise.attributes, projection.attributes)
    }
}

extension PlanBuilder {
    /// Bytes that a band of rows may take between the three convolutions: half a second-level cache of 512 KiB.
    private static let bandByteCount = 262_144

    fileprivate mutating func lowerStem(
        _ node: Graph.Node,
        _ first: ConvolutionAttributes,
        _ second: ConvolutionAttributes,
        _ third: ConvolutionAttributes
    ) throws(ModelError) {
        let output = SpatialSize(shape(node.output))
        // What the image convolution gives, from what the depthwise one at stride 1 makes of it.
        let kernel = shape(node.inputs[3])[1]
        let wide = SpatialSize(
            height: output.height + kernel - 1 - second.padding.top - second.padding.bottom,
            width: output.width + kernel - 1 - second.padding.left - second.padding.right
        )
        let image = try image(
            filter: node.inputs[1],
            bias: node.inputs[2],
            first,
            from: SpatialSize(shape(node.inputs[0])),
            to: wide
        )
        var middle = try depthwise(
            filter: node.inputs[3],
            bias: node.inputs[4],
            second,
            from: wide,
            to: output
        )
        let projection = try pointwise(
            filter: node.inputs[5],
            bias: node.inputs[6],
            third,
            pixels: output.pixels
        )
        let rowBytes = image.blocks * lanes * (output.width + kernel) * MemoryLayout<Float>.size
        // Bands of at least eight rows, or the rows that two of them share weigh; at least four of them for threads, and
        // an even number, so that two finish together.
        middle.rowChunk = min(
            output.height,
            max(8, min(Self.bandByteCount / rowBytes / 2, output.height / 4))
        )
        if middle.chunks > 1, middle.chunks % 2 > 0 {
            middle.rowChunk = (output.height + middle.chunks - 2) / (middle.chunks - 1)
        }
        let source = try plainPlace(of: node.inputs[0])
        let target = makeBlocked(node.output)
        let arguments: @Sendable (Resolver?) -> pk_stem_args = { [middle] at in
            unsafe pk_stem_args(
                image: image.arguments(x: at?(source)),
                depthwise: middle.arguments(),
                projection: projection.arguments(y: at?(target))
            )
        }
        let scratch = unsafe withUnsafePointer(to: arguments(nil)) { unsafe pk_stem_scratch($0, lanes) }
        unsafe append(
            node,
            operation: "\(image.operation) + \(middle.operation) + CONV_2D 1x1",
            macs: image.multiplyAccumulateCount + middle.multiplyAccumulateCount
                + projection.multiplyAccumulateCount,
            kernel: kernels.stem,
            units: middle.chunks,
            turns: 2,  // neighbouring bands of one turn share rows
            scratch: scratch,
            touching: [source, target],
            arguments: arguments
        )
    }
}
