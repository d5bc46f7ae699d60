// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// Rows and columns of one channel of an output.
package struct OutputWindow: Sendable {
    package var channel: Int
    package var rows: Range<Int>
    package var columns: Range<Int>

    package init(channel: Int, rows: Range<Int>, columns: Range<Int>) {
        self.channel = channel
        self.rows = rows
        self.columns = columns
    }
}

/// An output that is no part of a pass: a 1×1 convolution, computed where it is asked for afterwards.
///
/// For heatmaps, of which a window around each point is read.
@safe struct WindowedOutput: Sendable {
    /// `[1, rows, columns, channels]`.
    let shape: [Int]
    let weights: AlignedFloats
    let bias: AlignedFloats
    let range: ClosedRange<Float>
    let inputBlocks: Int
    let kernel: pk_kernel
    /// Floats from the arena's start to what the convolution reads.
    var offset = 0

    func arguments(
        _ addresses: ArenaAddresses,
        windows: UnsafePointer<pk_window>?,
        values: UnsafeMutablePointer<Float>?,
        stride: Int
    ) -> pk_windows_args {
        unsafe pk_windows_args(
            x: addresses.at(offset),
            weights: weights.buffer.baseAddress,
            bias: bias.buffer.baseAddress,
            windows: windows,
            y: values,
            in_blocks: inputBlocks,
            pixels: shape[1] * shape[2],
            width: shape[2],
            stride: stride,
            lower: range.lowerBound,
            upper: range.upperBound
        )
    }
}

extension PlanBuilder {
    /// The convolution of an output that is computed by windows; nothing else may read the output.
    func windowedNode(_ tensor: Int) throws(ModelError) -> (node: Graph.Node, activation: Activation) {
        guard let node = graph.nodes.first(where: { $0.output == tensor }),
            let convolution = node.operation as? Convolution2D,
            graph.isPointwise(node, convolution), graph.readsBlocks(node),
            node.inputs.count == 3, graph.useCounts()[tensor] == 1
        else {
            throw ModelError(
                .unsupported,
                "'\(graph.tensors[tensor].name)' is to be computed by windows. It is not a 1×1 convolution of an image "
                    + "that nothing else reads."
            )
        }
        return (node, convolution.activation)
    }

    /// Packs that convolution.
    mutating func windowedOutput(
        _ node: Graph.Node,
        _ activation: Activation
    ) throws(ModelError) -> WindowedOutput {
        let (outputs, inputs) = (shape(node.inputs[1])[0], shape(node.inputs[1])[3])
        let stride = blockCount(inputs) * lanes
        let values = try graph.floats(of: node.inputs[1], in: conversion)
        let weights = AlignedFloats(count: outputs * stride)
        for output in 0..<outputs {
            for input in 0..<inputs { weights[output * stride + input] = values[output * inputs + input] }
        }
        return unsafe WindowedOutput(
            shape: shape(node.output),
            weights: keep(weights),
            bias: try packedBias(node.inputs[2]),
            range: activation.range,
            inputBlocks: blockCount(inputs),
            kernel: kernels.windows
        )
    }
}

extension InferenceSession {
    /// Computes parts of the output that the model was compiled to compute so, from what the last pass left.
    ///
    /// - Parameters:
    ///   - windows: within the output.
    ///   - values: each window's values row by row, `stride` floats behind those of the window before.
    ///   - stride: at least the values of the largest window.
    package mutating func compute(
        _ windows: [OutputWindow],
        into values: UnsafeMutableBufferPointer<Float>,
        stride: Int
    ) {
        guard let output = windowedOutput else {
            preconditionFailure("no output is computed by windows")
        }
        precondition(values.count >= windows.count * stride, "the windows' values fit")
        unsafe withUnsafeTemporaryAllocation(of: pk_window.self, capacity: windows.count) { packed in
            for (index, window) in windows.enumerated() {
                precondition(
                    0..<output.shape[3] ~= window.channel
                        && window.rows.count * window.columns.count <= stride
                        && window.rows.lowerBound >= 0 && window.rows.upperBound <= output.shape[1]
                        && window.columns.lowerBound >= 0 && window.columns.upperBound <= output.shape[2],
                    "a window lies within the output"
                )
                unsafe packed.initializeElement(at: index, to: pk_window(window))
            }
            unsafe run(output, packed, into: values, stride: stride)
        }
    }
}

extension pk_window {
    fileprivate init(_ window: OutputWindow) {
        self.init(
            channel: UInt32(window.channel),
            first_row: UInt32(window.rows.lowerBound),
            row_count: UInt32(window.rows.count),
            first_column: UInt32(window.columns.lowerBound),
            column_count: UInt32(window.columns.count)
        )
    }
}
