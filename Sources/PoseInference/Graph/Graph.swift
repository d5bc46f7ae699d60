// SPDX-License-Identifier: Apache-2.0

/// A network as tensors and the nodes that compute them, in executable order.
///
/// Built by ``ModelReader``, made smaller by the passes in this folder, then frozen into an
/// ``ExecutionPlan``.
package struct Graph: Sendable {
    /// A value that a node reads or writes.
    package struct Tensor: Sendable {
        package var name: String
        /// NHWC, or whatever rank the file gives.
        package var shape: [Int]
        /// Where the value lies in the file, for a constant.
        package var constant: Constant?

        package var elementCount: Int { shape.reduce(1, *) }
    }

    /// A constant's bytes in the file and how to read them.
    package enum Constant: Sendable {
        case float32(Range<Int>)
        case float16(Range<Int>)
        case int32(Range<Int>)
        case sparseFloat16(Range<Int>, Sparsity)
    }

    /// One operator with its operands.
    package struct Node: Sendable {
        package var operation: any Operation
        /// Tensor indices: activations first, then weights and bias, then a residual where one is fused.
        package var inputs: [Int]
        package var output: Int
    }

    package var tensors: [Tensor]
    package var nodes: [Node]
    package var inputs: [Int]
    package var outputs: [Int]
    let file: CheckedBytes

    /// How many nodes and outputs read each tensor.
    func useCounts() -> [Int] {
        var counts = [Int](repeating: 0, count: tensors.count)
        for node in nodes { for input in node.inputs { counts[input] += 1 } }
        for output in outputs { counts[output] += 1 }
        return counts
    }

    /// Whether a convolution reads what another operator computed, and not plain values such as an input's.
    func readsBlocks(_ convolution: Node) -> Bool {
        guard let producer = nodes.first(where: { $0.output == convolution.inputs[0] }) else { return false }
        return producer.operation.makesImage
    }

    /// Whether a convolution is 1×1, one output a pixel.
    func isPointwise(_ node: Node, _ convolution: Convolution2D) -> Bool {
        tensors[node.inputs[1]].shape[1...2] == [1, 1] && convolution.attributes.strideHeight == 1
            && convolution.attributes.padding == SpatialPadding()
    }

    /// Takes nodes out, by index.
    mutating func removeNodes(_ removed: Set<Int>) {
        nodes = nodes.enumerated().filter { !removed.contains($0.offset) }.map(\.element)
    }

    /// The index of the node that computes each tensor.
    func producers() -> [Int?] {
        var producers = [Int?](repeating: nil, count: tensors.count)
        for (index, node) in nodes.enumerated() { producers[node.output] = index }
        return producers
    }
}

/// The rows of a constant whose zeros are left out: compressed along its last axis.
package struct Sparsity: Sendable {
    /// Where each row's values start, one more than there are rows.
    package var segments: [Int]
    /// The position within its row of each value.
    package var indices: [Int]
}
