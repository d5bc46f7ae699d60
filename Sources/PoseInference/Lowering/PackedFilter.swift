// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// Memory in which one constant after the other is widened to single precision.
final class ConversionBuffer {
    fileprivate var floats = AlignedFloats(count: 0)

    /// Room for `count` floats; what was there before is gone.
    fileprivate func room(for count: Int) -> AlignedFloats {
        if floats.count < count { floats = AlignedFloats(count: count) }
        return floats
    }
}

extension Graph {
    /// The values of a constant, single precision, dense.
    func floats(of tensor: Int) throws(ModelError) -> [Float] {
        let buffer = try floats(of: tensor, in: ConversionBuffer())
        return (0..<tensors[tensor].elementCount).map { buffer[$0] }
    }

    /// The values of a constant, single precision, dense, until the buffer's next use.
    func floats(of tensor: Int, in buffer: ConversionBuffer) throws(ModelError) -> AlignedFloats {
        let count = tensors[tensor].elementCount
        let values = buffer.room(for: count)
        switch tensors[tensor].constant {
        case .float32(let range):
            for index in 0..<count {
                let bits = try file.load(UInt32.self, at: range.lowerBound + 4 * index)
                values[index] = Float(bitPattern: bits)
            }
        case .float16(let range):
            unsafe widen(range, into: values.buffer)
        case .sparseFloat16(let range, let sparsity):
            let rowLength = tensors[tensor].shape.last ?? 1
            let stored = halves(in: range)
            for index in 0..<count { values[index] = 0 }
            for row in 0..<(sparsity.segments.count - 1) {
                for position in sparsity.segments[row]..<sparsity.segments[row + 1] {
                    values[row * rowLength + sparsity.indices[position]] = stored[position]
                }
            }
        case .int32, nil:
            throw ModelError(
                .unsupported,
                "'\(tensors[tensor].name)' is used as weights. Expected a constant of type float32 or float16."
            )
        }
        return values
    }

    /// Half-precision values of the file, widened.
    func halves(in range: Range<Int>) -> [Float] {
        let count = range.count / 2
        return unsafe [Float](unsafeUninitializedCapacity: count) { single, initialized in
            unsafe widen(range, into: single)
            initialized = count
        }
    }

    private func widen(_ range: Range<Int>, into values: UnsafeMutableBufferPointer<Float>) {
        precondition(range.count / 2 <= values.count, "the values fit")
        unsafe file.bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, let target = values.baseAddress else { return }
            unsafe pk_half_to_float(base + range.lowerBound, target, range.count / 2)
        }
    }
}

extension PlanBuilder {
    /// A bias, padded with zeros to whole blocks.
    mutating func packedBias(_ tensor: Int) throws(ModelError) -> AlignedFloats {
        let values = try graph.floats(of: tensor, in: conversion)
        let count = graph.tensors[tensor].elementCount
        let packed = AlignedFloats(count: blockCount(count) * lanes)
        for index in 0..<count { packed[index] = values[index] }
        return keep(packed)
    }

    /// A dense filter `[O, inputs…]` as panels `[panel][input][vectors·L]`.
    ///
    ///     panel 0: input 0: o0 … o(vectors·L−1) | input 1: …      panel 1: …
    mutating func packedPanels(
        _ tensor: Int,
        panelVectors: (_ blocksLeft: Int) -> Int
    ) throws(ModelError) -> AlignedFloats {
        let values = try graph.floats(of: tensor, in: conversion)
        let outputs = graph.tensors[tensor].shape[0]
        let inputs = graph.tensors[tensor].elementCount / outputs
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
        let values = try graph.floats(of: tensor, in: conversion)
        let channels = shape(tensor)[3]
        let taps = graph.tensors[tensor].elementCount / channels
        let packed = AlignedFloats(count: blockCount(channels) * lanes * taps)
        for channel in 0..<channels {
            let start = channel / lanes * taps * lanes + channel % lanes
            for tap in 0..<taps { packed[start + tap * lanes] = values[tap * channels + channel] }
        }
        return keep(packed)
    }

    /// A depthwise filter `[1, k, k, C]` as `[channel][tap]`.
    mutating func channelTaps(_ tensor: Int) throws(ModelError) -> AlignedFloats {
        let values = try graph.floats(of: tensor, in: conversion)
        let channels = shape(tensor)[3]
        let taps = graph.tensors[tensor].elementCount / channels
        let packed = AlignedFloats(count: channels * taps)
        for channel in 0..<channels {
            for tap in 0..<taps { packed[channel * taps + tap] = values[tap * channels + channel] }
        }
        return keep(packed)
    }
}
