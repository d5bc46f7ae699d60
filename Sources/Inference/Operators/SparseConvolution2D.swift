// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension PlanBuilder {
    /// The largest share of weights that may be other than zero for the sparse kernel to be the faster one.
    ///
    /// Measured with `pose-bench model --layers` on the detector, whose layers keep 25%: the sparse kernel
    /// reaches about half of the dense one's rate.
    static let largestSparseDensity = 0.4

    /// The fewest channels in and out for which turning tiles pays.
    ///
    /// Measured likewise: 16 → 64 and 24 → 16 lose,
    /// 24 → 144 and 64 → 24 win.
    static let fewestSparseChannels = 24

    /// The non-zero weights of a 1×1 filter that is stored sparse, when the sparse kernel is the faster one for it.
    ///
    /// A rule on shapes and not a race at plan time: the order of summation, and with it the last bit, must not
    /// depend on how busy the machine is.
    func sparsityWorthUsing(_ filter: Int) -> (Range<Int>, Sparsity)? {
        guard case .sparseFloat16(let range, let sparsity)? = graph.tensors[filter].constant, lanes > 1 else {
            return nil
        }
        let filterShape = shape(filter)
        guard min(filterShape[0], filterShape[3]) >= Self.fewestSparseChannels else { return nil }
        let density = Double(sparsity.indices.count) / Double(graph.tensors[filter].elementCount)
        return density <= Self.largestSparseDensity ? (range, sparsity) : nil
    }

    mutating func lowerSparseConvolution(
        _ node: Graph.Node,
        _ attributes: ConvolutionAttributes,
        _ stored: (Range<Int>, Sparsity)
    ) throws(ModelError) {
        let (x, y) = (shape(node.inputs[0]), shape(node.output))
        let pixels = y[1] * y[2]
        let blocks = blockCount(y[3])
        let pitch = sparsePitch(pixels: pixels)
        let tiles = (pixels + pitch - 1) / pitch
        // Few tiles are cut by output channels too, so that threads find work.
        let groups = min(blocks, max(1, 4 / tiles))
        let filter = SparseFilter(
            stored.1,
            values: graph.halves(in: stored.0),
            outputs: y[3],
            inputs: x[3],
            lanes: lanes,
            pitch: pitch,
            groupCount: groups
        )
        count(weights: 2 * filter.weights.count)
        let bias = try packedBias(node.inputs[2])
        let source = try blockedPlace(of: node.inputs[0])
        let residual = node.inputs.count > 3 ? try blockedPlace(of: node.inputs[3]) : nil
        let target = makeBlocked(node.output)
        let range = attributes.activation.range
        let arguments: @Sendable (Resolver?) -> pk_sparse_args = { at in
            unsafe pk_sparse_args(
                x: at?(source),
                groups: filter.groups.buffer.baseAddress,
                runs: filter.runs.buffer.baseAddress,
                channels: filter.channels.buffer.baseAddress,
                weights: filter.weights.buffer.baseAddress,
                bias: bias.buffer.baseAddress,
                residual: residual.flatMap { unsafe UnsafePointer(at?($0)) },
                y: at?(target),
                pixels: pixels,
                in_channels: x[3],
                out_blocks: blocks,
                pitch: pitch,
                group_count: groups,
                lower: range.lowerBound,
                upper: range.upperBound
            )
        }
        let scratch = unsafe withUnsafePointer(to: arguments(nil)) { unsafe pk_sparse_scratch($0, lanes) }
        unsafe append(
            node,
            operation: "CONV_2D 1x1 sparse",
            macs: pixels * filter.weights.count,
            kernel: kernels.sparse,
            units: tiles * groups,
            scratch: scratch,
            touching: [source, target] + (residual.map { [$0] } ?? []),
            arguments: arguments
        )
    }

    /// Pixels of a tile: as even as whole vectors allow, at most as many as the kernel takes.
    private func sparsePitch(pixels: Int) -> Int {
        let vectors = (pixels + lanes - 1) / lanes
        let tiles = (vectors + kernels.sparse_vectors - 1) / kernels.sparse_vectors
        return (vectors + tiles - 1) / tiles * lanes
    }
}
