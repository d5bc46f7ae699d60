// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension Graph {
    /// The largest share of weights that may be other than zero for the sparse kernel to be the faster one.
    ///
    /// Measured with `pose-bench model --layers` on the detector, whose layers keep 25%: the sparse kernel
    /// reaches about half of the dense one's rate.
    private static let largestSparseDensity = 0.4

    /// The fewest channels in and out for which the sparse kernel pays.
    ///
    /// Measured likewise: at 16 → 64 and 24 → 16 the dense kernel, fused with its neighbours, is no slower;
    /// 24 → 144 and 64 → 24 win.
    private static let fewestSparseChannels = 24

    /// The non-zero weights of a 1×1 filter that is stored sparse, when the sparse kernel is the faster one for it.
    ///
    /// A rule on shapes and not a race at plan time: the order of summation, and with it the last bit, must not
    /// depend on how busy the machine is.
    func sparsityWorthUsing(_ filter: Int) -> (Range<Int>, Sparsity)? {
        let tensor = tensors[filter]
        guard case .sparseFloat16(let range, let sparsity)? = tensor.constant,
            min(tensor.shape[0], tensor.shape[3]) >= Self.fewestSparseChannels
        else { return nil }
        let density = Double(sparsity.indices.count) / Double(tensor.elementCount)
        return density <= Self.largestSparseDensity ? (range, sparsity) : nil
    }
}

extension PlanBuilder {
    /// The same for this instruction set: the sparse kernel needs vectors.
    func sparsityWorthUsing(_ filter: Int) -> (Range<Int>, Sparsity)? {
        lanes > 1 ? graph.sparsityWorthUsing(filter) : nil
    }

    mutating func lowerSparseConvolution(
        _ node: Graph.Node,
        _ attributes: ConvolutionAttributes,
        _ stored: (Range<Int>, Sparsity)
    ) throws(ModelError) {
        // Fewer tiles than threads are cut by output channels too. Each group costs: it fetches its tile anew.
        let threads = threadCount
        let convolution = try sparseConvolution(node, attributes, stored, costBehind: 0) { outputs, tiles in
            min(outputs, (threads + tiles - 1) / tiles)
        }
        let source = try planarPlace(of: node.inputs[0])
        let residual = node.inputs.count > 3 ? try planarPlace(of: node.inputs[3]) : nil
        let target = makePlanar(node.output)
        unsafe append(
            node,
            operation: "CONV_2D 1x1 sparse",
            macs: convolution.multiplyAccumulateCount,
            kernel: kernels.sparse,
            units: convolution.tileCount * convolution.filter.groups.count,
            touching: [source, target] + (residual.map { [$0] } ?? [])
        ) { at in
            unsafe convolution.arguments(
                x: at?(source),
                residual: residual.flatMap { unsafe UnsafePointer(at?($0)) },
                y: at?(target)
            )
        }
    }

    /// Sorts a sparse filter in `groupCount(outputs, tiles)` groups for the pixels of a node's input.
    mutating func sparseConvolution(
        _ node: Graph.Node,
        _ attributes: ConvolutionAttributes,
        _ stored: (Range<Int>, Sparsity),
        costBehind: Int,
        groupCount: (_ outputs: Int, _ tiles: Int) -> Int
    ) throws(ModelError) -> SparseConvolution {
        let x = shape(node.inputs[0])
        let outputs = shape(node.inputs[1])[0]
        let vectors = (x[1] * x[2] + lanes - 1) / lanes
        // As even as whole vectors allow, each of at most as many as the kernel takes; where there are several, an even
        // number and four at least, for threads to share.
        let fewest = (vectors + kernels.sparse_vectors - 1) / kernels.sparse_vectors
        let tiles = fewest > 1 ? max(4, fewest.roundedUp(toMultipleOf: 2)) : 1
        let tileVectors = (vectors + tiles - 1) / tiles
        let filter = SparseFilter(
            stored.1,
            values: graph.halves(in: stored.0),
            outputs: outputs,
            inputs: x[3],
            plane: planeCount(x),
            tile: tileVectors * lanes,
            groupCount: groupCount(outputs, tiles),
            costBehind: costBehind
        )
        count(weights: 2 * filter.weightCount)
        return SparseConvolution(
            filter: filter,
            bias: try packedBias(node.inputs[2]),
            plane: planeCount(x),
            vectors: vectors,
            tileCount: tiles,
            range: attributes.activation.range,
            multiplyAccumulateCount: x[1] * x[2] * stored.1.indices.count
        )
    }
}

/// A sparse filter with all that the kernel needs but the places of its operands.
struct SparseConvolution: Sendable {
    let filter: SparseFilter
    let bias: AlignedFloats
    let plane: Int
    let vectors: Int
    let tileCount: Int
    let range: ClosedRange<Float>
    let multiplyAccumulateCount: Int

    func arguments(
        x: UnsafePointer<Float>?,
        residual: UnsafePointer<Float>?,
        y: UnsafeMutablePointer<Float>?
    ) -> pk_sparse_args {
        unsafe pk_sparse_args(
            x: x,
            groups: filter.groups.buffer.baseAddress,
            chunks: filter.chunks.buffer.baseAddress,
            runs: filter.runs.buffer.baseAddress,
            channels: filter.channels.buffer.baseAddress,
            weights: filter.weights.buffer.baseAddress,
            bias: bias.buffer.baseAddress,
            residual: residual,
            y: y,
            plane: plane,
            vectors: vectors,
            tile_count: tileCount,
            group_count: filter.groups.count,
            lower: range.lowerBound,
            upper: range.upperBound
        )
    }
}
