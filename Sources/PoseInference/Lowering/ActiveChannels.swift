// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension Graph {
    /// The fewest channels out, and multiply-adds, for which gathering pays.
    private static let fewestOutputs = 80
    private static let fewestMultiplyAdds = 5_000_000
    /// The channels in from which it pays at the end of a stage too.
    private static let manyInputs = 900

    /// Whether a 1×1 convolution does better to leave out the channels that are zero in its input.
    ///
    /// Such channels are many behind a ReLU, the more so the deeper and wider the layer and where it adds a residual.
    /// A rule on shapes, measured with `pose-bench model --layers --input` on a photo: the landmark networks' layers
    /// that it takes need 0.35 to 0.9 of the time; smaller ones need more with two threads, between whose caches what
    /// is gathered travels.
    func isWorthSkippingZeros(_ convolution: Node) -> Bool {
        let filter = tensors[convolution.inputs[1]].shape
        let multiplyAdds = tensors[convolution.output].elementCount * filter[3]
        guard multiplyAdds >= Self.fewestMultiplyAdds, filter[0] >= Self.fewestOutputs,
            convolution.inputs.count > 3 || filter[3] >= Self.manyInputs,
            let producer = nodes.first(where: { $0.output == convolution.inputs[0] })
        else { return false }
        switch producer.operation {
        case let producer as any WindowedOperation: return producer.activation != .none
        case let producer as ExpandedDepthwiseConvolution2D: return producer.depthwise.activation != .none
        default: return false
        }
    }
}

extension PlanBuilder {
    /// Appends the step that gathers, for each tile of a 1×1 convolution, the input channels that are not zero.
    mutating func gatherActiveChannels(_ node: Graph.Node, of source: Place, pixels: Int, channels: Int)
        -> Place
    {
        let tile = kernels.pointwise_pixels
        let tiles = (pixels + tile - 1) / tile
        let target = Place(
            value: arena.add(count: tiles * pk_active_stride(channels, tile, lanes), first: drafts.count)
        )
        unsafe append(
            node,
            operation: "ACTIVE CHANNELS",
            kernel: kernels.active,
            units: tiles,
            touching: [source, target]
        ) { at in
            unsafe pk_active_args(x: at?(source), y: at?(target), pixels: pixels, channels: channels)
        }
        return target
    }
}
