// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension PlanBuilder {
    mutating func lowerPadChannels(_ node: Graph.Node) throws(ModelError) {
        let (x, y) = (shape(node.inputs[0]), shape(node.output))
        let source = try blockedPlace(of: node.inputs[0])
        let target = makeBlocked(node.output)
        let blocks = blockCount(x[3])
        let blockSize = y[1] * y[2] * lanes
        unsafe append(
            node,
            operation: "PAD channels",
            kernel: kernels.pad_channels,
            units: blockCount(y[3]),
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
