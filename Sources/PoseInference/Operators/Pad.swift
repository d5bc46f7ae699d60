// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// Zeros around the spatial axes, or behind the channels.
package struct Pad: SchemaOperator {
    package static let declaration = OperatorDeclaration(code: 34, name: "PAD", versions: 1...1)
    package static let keptOperandCount = 1

    /// Rows and columns; none where there are channels.
    package var padding: SpatialPadding
    /// Channels of zeros behind the image's.
    package var channels: Int

    package init(decoding encoded: EncodedOperator) throws(ModelError) {
        try encoded.requireInputs(2...2)
        let (x, y) = (try encoded.image(encoded.inputs[0]), try encoded.image(encoded.output))
        guard encoded.shape(encoded.inputs[1]) == [4, 2],
            case .int32(let range)? = encoded.graph.tensors[encoded.inputs[1]].constant
        else {
            throw encoded.unsupported(
                "has no constant paddings",
                expected: "an int32 constant of shape [4, 2]"
            )
        }
        var amounts: [Int] = []
        for index in 0..<8 {
            amounts.append(Int(try encoded.graph.file.load(Int32.self, at: range.lowerBound + 4 * index)))
        }
        padding = SpatialPadding(top: amounts[2], bottom: amounts[3], left: amounts[4], right: amounts[5])
        channels = amounts[7]
        guard amounts.allSatisfy({ (0...4096).contains($0) }), amounts[0] + amounts[1] + amounts[6] == 0,
            padding == SpatialPadding() || channels == 0, x.channels + channels == y.channels,
            x.height + padding.top + padding.bottom == y.height,
            x.width + padding.left + padding.right == y.width
        else {
            throw encoded.unsupported(
                "pads \(x) to \(y) by \(amounts)",
                expected: "zeros around the spatial axes, or zeros after the channels"
            )
        }
    }

    package func lower(_ node: Graph.Node, into plan: inout PlanBuilder) throws(ModelError) {
        guard channels > 0 else {
            throw ModelError(
                .unsupported,
                "\(name) that computes '\(plan.graph.tensors[node.output].name)' stands where it cannot be folded. "
                    + "Supported is \(name) of rows and columns in front of convolutions."
            )
        }
        let (x, y) = (plan.shape(node.inputs[0]), plan.shape(node.output))
        let source = try plan.blockedPlace(of: node.inputs[0])
        let target = plan.makeBlocked(node.output)
        let blocks = plan.blockCount(x[3])
        let blockSize = y[1] * y[2] * plan.lanes
        unsafe plan.append(
            node,
            operation: "\(name) channels",
            kernel: plan.kernels.pad_channels,
            units: plan.blockCount(y[3]),
            touching: [source, target]
        ) { at in
            unsafe pk_pad_channels_args(
                x: at?(source),
                y: at?(target),
                blocks: blocks,
                block_size: blockSize
            )
        }
    }
}
