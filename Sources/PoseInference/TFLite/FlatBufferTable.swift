// SPDX-License-Identifier: Apache-2.0

/// A file of which every byte is read through bounds checks.
package struct CheckedBytes: Sendable {
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The little-endian integer at an offset.
    package func load<T: FixedWidthInteger & BitwiseCopyable>(
        _ type: T.Type,
        at offset: Int
    ) throws(ModelError) -> T {
        let size = MemoryLayout<T>.size
        guard offset >= 0, offset <= bytes.count - size else {
            throw ModelError(
                .malformed,
                "A field at offset \(offset) lies outside the file of \(bytes.count) bytes. The file is damaged or cut "
                    + "short; obtain it again."
            )
        }
        return unsafe bytes.withUnsafeBytes { bytes in
            T(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
        }
    }
}

/// A table of a FlatBuffers file: fields by id, each with its default.
///
/// Source: the FlatBuffers binary format. A table starts with the signed distance back to its vtable, which
/// holds its own size, the table's size, and one 16-bit offset a field (0 when absent).
package struct FlatBufferTable {
    package let file: CheckedBytes
    package let position: Int
    private let vtable: Int
    private let vtableSize: Int

    package init(_ file: CheckedBytes, at position: Int) throws(ModelError) {
        self.file = file
        self.position = position
        vtable = position - Int(try file.load(Int32.self, at: position))
        vtableSize = Int(try file.load(UInt16.self, at: vtable))
    }

    /// The table that the file's first offset points to.
    package init(rootOf file: CheckedBytes) throws(ModelError) {
        try self.init(file, at: Int(try file.load(UInt32.self, at: 0)))
    }

    private func fieldPosition(_ id: Int) throws(ModelError) -> Int? {
        let slot = 4 + 2 * id
        guard slot + 2 <= vtableSize else { return nil }
        let offset = Int(try file.load(UInt16.self, at: vtable + slot))
        return offset == 0 ? nil : position + offset
    }

    /// A scalar field.
    package func scalar<T: FixedWidthInteger & BitwiseCopyable>(_ id: Int, default value: T)
        throws(ModelError) -> T
    {
        guard let position = try fieldPosition(id) else { return value }
        return try file.load(T.self, at: position)
    }

    private func target(_ position: Int) throws(ModelError) -> Int {
        position + Int(try file.load(UInt32.self, at: position))
    }

    /// A table field.
    package func table(_ id: Int) throws(ModelError) -> FlatBufferTable? {
        guard let position = try fieldPosition(id) else { return nil }
        return try FlatBufferTable(file, at: try target(position))
    }

    /// The place and element count of a vector field whose elements take `stride` bytes.
    private func vector(
        _ id: Int,
        stride: Int,
        atMost limit: Int = .max
    ) throws(ModelError) -> (start: Int, count: Int)? {
        guard let position = try fieldPosition(id) else { return nil }
        let start = try target(position)
        let count = Int(try file.load(UInt32.self, at: start))
        guard count <= (file.bytes.count - start - 4) / stride else {
            throw ModelError(
                .malformed,
                "A vector at offset \(start) claims \(count) elements of \(stride) bytes, more than the file of "
                    + "\(file.bytes.count) bytes holds. The file is damaged or cut short; obtain it again."
            )
        }
        // Many tables may share one vector, so a small file could ask for far more memory than its size.
        guard count <= limit else {
            throw ModelError(
                .malformed,
                "A vector at offset \(start) has \(count) elements. Supported are \(limit) in its place."
            )
        }
        return (start + 4, count)
    }

    /// A vector of tables; empty when absent.
    package func tables(_ id: Int, atMost limit: Int = .max) throws(ModelError) -> [FlatBufferTable] {
        guard let (start, count) = try vector(id, stride: 4, atMost: limit) else { return [] }
        var tables: [FlatBufferTable] = []
        tables.reserveCapacity(count)
        for index in 0..<count {
            tables.append(try FlatBufferTable(file, at: try target(start + 4 * index)))
        }
        return tables
    }

    /// A vector of integers, widened; empty when absent.
    package func integers<T: FixedWidthInteger & BitwiseCopyable>(
        _ id: Int,
        of type: T.Type,
        atMost limit: Int = .max
    ) throws(ModelError) -> [Int] {
        let stride = MemoryLayout<T>.size
        guard let (start, count) = try vector(id, stride: stride, atMost: limit) else { return [] }
        // `vector` has seen that all of it lies in the file.
        return unsafe file.bytes.withUnsafeBytes { bytes in
            (0..<count).map { index in
                let value = unsafe bytes.loadUnaligned(fromByteOffset: start + stride * index, as: T.self)
                return Int(T(littleEndian: value))
            }
        }
    }

    /// The range of a byte vector within the file; `nil` when absent.
    package func byteRange(_ id: Int, atMost limit: Int = .max) throws(ModelError) -> Range<Int>? {
        guard let (start, count) = try vector(id, stride: 1, atMost: limit) else { return nil }
        return start..<(start + count)
    }

    /// A string; empty when absent.
    package func string(_ id: Int, atMost limit: Int = .max) throws(ModelError) -> String {
        guard let range = try byteRange(id, atMost: limit) else { return "" }
        return String(decoding: file.bytes[range], as: UTF8.self)
    }
}
