// SPDX-License-Identifier: Apache-2.0

/// Writes FlatBuffers files from nested values: each table, then what it points to, so that offsets go forward.
struct FlatBufferWriter {
    indirect enum Value: Sendable {
        case int8(Int8)
        case int32(Int32)
        case table([Int: Value])
        case tables([Value])
        /// A vector of offsets to one table.
        case repeated(Value, count: Int)
        case int32s([Int32])
        case uint16s([UInt16])
        case uint8s([UInt8])
        case text(String)
    }

    private(set) var bytes: [UInt8] = []

    /// A whole file: the root's offset, a four-letter identifier, the root.
    static func file(_ root: Value, identifier: String) -> [UInt8] {
        var writer = FlatBufferWriter()
        writer.append(UInt32(0))
        writer.bytes += Array(identifier.utf8)
        writer.point(from: 0, to: writer.write(root))
        return writer.bytes
    }

    private mutating func append<T: FixedWidthInteger>(_ value: T) {
        withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }

    private mutating func align(_ multiple: Int) {
        while bytes.count % multiple != 0 { bytes.append(0) }
    }

    private mutating func point(from field: Int, to target: Int) {
        withUnsafeBytes(of: UInt32(target - field).littleEndian) {
            bytes.replaceSubrange(field..<(field + 4), with: $0)
        }
    }

    /// Appends a value that is pointed to; returns its place.
    private mutating func write(_ value: Value) -> Int {
        align(4)
        switch value {
        case .table(let fields): return writeTable(fields)
        case .tables(let tables):
            let start = writeVector(of: [UInt32](repeating: 0, count: tables.count))
            for (index, table) in tables.enumerated() {
                point(from: start + 4 + 4 * index, to: write(table))
            }
            return start
        case .repeated(let table, let count):
            let start = writeVector(of: [UInt32](repeating: 0, count: count))
            let target = write(table)
            for index in 0..<count { point(from: start + 4 + 4 * index, to: target) }
            return start
        case .int32s(let values): return writeVector(of: values)
        case .uint16s(let values): return writeVector(of: values)
        case .uint8s(let values): return writeVector(of: values)
        case .text(let text):
            let start = writeVector(of: Array(text.utf8))
            bytes.append(0)
            return start
        case .int8, .int32: preconditionFailure("scalars live in their table")
        }
    }

    private mutating func writeVector<T: FixedWidthInteger>(of values: [T]) -> Int {
        let start = bytes.count
        append(UInt32(values.count))
        for value in values { append(value) }
        return start
    }

    private mutating func writeTable(_ fields: [Int: Value]) -> Int {
        let slots = (fields.keys.max() ?? -1) + 1
        let vtable = bytes.count
        append(UInt16(4 + 2 * slots))
        append(UInt16(4 + 4 * fields.count))
        let order = fields.sorted { $0.key < $1.key }
        for slot in 0..<slots {
            append(UInt16(order.firstIndex { $0.key == slot }.map { 4 + 4 * $0 } ?? 0))
        }
        align(4)
        let table = bytes.count
        append(Int32(table - vtable))
        for (_, value) in order {
            switch value {
            case .int8(let scalar): append(Int32(scalar))
            case .int32(let scalar): append(scalar)
            default: append(UInt32(0))
            }
        }
        for (index, (_, value)) in order.enumerated() {
            switch value {
            case .int8, .int32: continue
            default: point(from: table + 4 + 4 * index, to: write(value))
            }
        }
        return table
    }
}
