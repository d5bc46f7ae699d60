// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

extension Graph {
    /// The values of a constant, single precision, dense.
    func floats(of tensor: Int) throws(ModelError) -> [Float] {
        let count = tensors[tensor].elementCount
        switch tensors[tensor].constant {
        case .float32(let range):
            var values: [Float] = []
            values.reserveCapacity(count)
            for index in 0..<count {
                values.append(Float(bitPattern: try file.load(UInt32.self, at: range.lowerBound + 4 * index)))
            }
            return values
        case .float16(let range):
            return halves(in: range)
        case .sparseFloat16(let range, let sparsity):
            var values = [Float](repeating: 0, count: count)
            let rowLength = tensors[tensor].shape.last ?? 1
            let stored = halves(in: range)
            for row in 0..<(sparsity.segments.count - 1) {
                for position in sparsity.segments[row]..<sparsity.segments[row + 1] {
                    values[row * rowLength + sparsity.indices[position]] = stored[position]
                }
            }
            return values
        case .int32, nil:
            throw ModelError(
                .unsupported,
                "'\(tensors[tensor].name)' is used as weights. Expected a constant of type float32 or float16."
            )
        }
    }

    /// Half-precision values of the file, widened.
    func halves(in range: Range<Int>) -> [Float] {
        let count = range.count / 2
        return unsafe [Float](unsafeUninitializedCapacity: count) { single, initialized in
            unsafe file.bytes.withUnsafeBytes { bytes in
                guard let base = bytes.baseAddress, let target = single.baseAddress else { return }
                unsafe pk_half_to_float(base + range.lowerBound, target, count)
            }
            initialized = count
        }
    }
}

extension PlanBuilder {
    /// A bias, padded with zeros to whole blocks.
    mutating func packedBias(_ tensor: Int) throws(ModelError) -> AlignedFloats {
        let values = try graph.floats(of: tensor)
        let packed = AlignedFloats(count: blockCount(values.count) * lanes)
        for (index, value) in values.enumerated() { packed[index] = value }
        return keep(packed)
    }

    /// A dense filter `[O, inputs…]` as panels `[panel][input][vectors·L]`.
    ///
    ///     panel 0: input 0: o0 … o(vectors·L−1) | input 1: …      panel 1: …
    mutating func packedPanels(
        _ tensor: Int,
        panelVectors: (_ blocksLeft: Int) -> Int
    ) throws(ModelError) -> AlignedFloats {
        let values = try graph.floats(of: tensor)
        let outputs = graph.tensors[tensor].shape[0]
        let inputs = values.count / outputs
        let blocks = blockCount(outputs)
        let packed = AlignedFloats(count: blocks * lanes * inputs)
        var block = 0
        while block < blocks {
            let width = panelVectors(blocks - block) * lanes
            let first = block * lanes
            let start = first * inputs
            for output in first..<min(first + width, outputs) {
                for input in 0..<inputs {
                    packed[start + input * width + output - first] = values[output * inputs + input]
                }
            }
            block += width / lanes
        }
        return keep(packed)
    }

    /// A depthwise filter `[1, k, k, C]` as `[block][tap][L]`.
    mutating func packedTaps(_ tensor: Int) throws(ModelError) -> AlignedFloats {
        let values = try graph.floats(of: tensor)
        let channels = shape(tensor)[3]
        let taps = values.count / channels
        let packed = AlignedFloats(count: blockCount(channels) * lanes * taps)
        for channel in 0..<channels {
            let start = channel / lanes * taps * lanes + channel % lanes
            for tap in 0..<taps { packed[start + tap * lanes] = values[tap * channels + channel] }
        }
        return keep(packed)
    }
}
