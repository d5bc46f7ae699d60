// SPDX-License-Identifier: Apache-2.0

extension ModelReader {
    /// Reads a sparse half-precision constant: dense rows, the last axis compressed.
    static func readSparse(
        _ table: FlatBufferTable,
        tensor: Graph.Tensor,
        type: Int8,
        range: Range<Int>,
        index: Int
    ) throws(ModelError) -> Graph.Constant {
        func unsupported(_ what: String) -> ModelError {
            ModelError(
                .unsupported,
                "Sparse tensor \(index) '\(tensor.name)' \(what). Supported are float16 values with every axis dense "
                    + "but the last, which is compressed by rows."
            )
        }
        guard type == 1 else { throw unsupported("has type \(type)") }
        let order = try table.integers(0, of: Int32.self, atMost: maxRank)
        let axes = try table.tables(2, atMost: maxRank)
        guard let last = axes.last, axes.count == tensor.shape.count,
            order == Array(0..<tensor.shape.count)
        else {
            throw unsupported("has \(axes.count) axes in the order \(order)")
        }
        for (axis, metadata) in axes.dropLast().enumerated() {
            let format = try metadata.scalar(0, default: Int8(0))
            let size = Int(try metadata.scalar(1, default: Int32(0)))
            guard format == 0, size == tensor.shape[axis] else {
                throw unsupported("has axis \(axis) in format \(format) of size \(size)")
            }
        }
        guard try last.scalar(0, default: Int8(0)) == 1, let rowLength = tensor.shape.last else {
            throw unsupported("has a dense last axis")
        }
        let rows = tensor.elementCount / rowLength
        let segments = try readIndices(last, typeField: 2, atMost: rows + 1)
        let indices = try readIndices(last, typeField: 4, atMost: range.count / 2)
        guard segments.count == rows + 1, segments.first == 0, segments.last == indices.count,
            zip(segments, segments.dropFirst()).allSatisfy({ $0 <= $1 }),
            indices.allSatisfy({ $0 >= 0 && $0 < rowLength }), range.count == 2 * indices.count
        else {
            throw ModelError(
                .malformed,
                "Sparse tensor \(index) '\(tensor.name)' of shape \(tensor.shape) has \(segments.count) row starts, "
                    + "\(indices.count) positions and \(range.count) bytes, which do not fit together."
            )
        }
        return .sparseFloat16(range, Sparsity(segments: segments, indices: indices))
    }

    /// An index vector: a union of int32, uint16 and uint8 vectors, its type in one field, itself in the next.
    private static func readIndices(
        _ metadata: FlatBufferTable,
        typeField: Int,
        atMost limit: Int
    ) throws(ModelError) -> [Int] {
        guard let vector = try metadata.table(typeField + 1) else { return [] }
        let type = try metadata.scalar(typeField, default: UInt8(0))
        switch type {
        case 1: return try vector.integers(0, of: Int32.self, atMost: limit)
        case 2: return try vector.integers(0, of: UInt16.self, atMost: limit)
        case 3: return try vector.integers(0, of: UInt8.self, atMost: limit)
        default:
            throw ModelError(
                .malformed,
                "A sparse tensor's index vector has type \(type). Expected 1, 2 or 3."
            )
        }
    }
}
