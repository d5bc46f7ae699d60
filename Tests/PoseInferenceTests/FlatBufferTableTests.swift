// SPDX-License-Identifier: Apache-2.0

import PoseInference
import Testing

@Suite("FlatBuffers tables")
struct FlatBufferTableTests {
    private func root(_ value: FlatBufferWriter.Value) throws -> FlatBufferTable {
        try FlatBufferTable(rootOf: CheckedBytes(FlatBufferWriter.file(value, identifier: "TEST")))
    }

    @Test func fields() throws {
        let table = try root(
            .table([
                0: .int8(-5), 2: .int32(-70_000), 3: .text("pose"), 4: .int32s([1, -2, 3]),
                5: .uint16s([65_535]),
                6: .tables([.table([0: .int32(1)]), .table([:])]), 7: .table([1: .int8(9)]),
                8: .uint8s([255, 0]),
            ])
        )
        #expect(try table.scalar(0, default: Int8(1)) == -5)
        #expect(try table.scalar(1, default: Int32(42)) == 42)
        #expect(try table.scalar(99, default: UInt16(7)) == 7)
        #expect(try table.scalar(2, default: Int32(0)) == -70_000)
        #expect(try table.scalar(2, default: UInt32(0)) == UInt32(bitPattern: -70_000))
        #expect(try table.string(3) == "pose")
        #expect(try table.string(1) == "")
        #expect(try table.integers(4, of: Int32.self) == [1, -2, 3])
        #expect(try table.integers(5, of: UInt16.self) == [65_535])
        #expect(try table.integers(1, of: Int32.self) == [])
        #expect(try table.tables(6).map { try $0.scalar(0, default: Int32(0)) } == [1, 0])
        #expect(try table.tables(1).isEmpty)
        #expect(try table.table(7)?.scalar(1, default: Int8(0)) == 9)
        #expect(try table.table(1) == nil)
        #expect(try table.byteRange(8)?.count == 2)
        #expect(try table.byteRange(1) == nil)
    }

    @Test func integersAreLittleEndianAndBounded() throws {
        let file = CheckedBytes([1, 2, 3, 4, 5, 6, 7, 0x88])
        #expect(try file.load(UInt8.self, at: 7) == 0x88)
        #expect(try file.load(Int8.self, at: 7) == Int8(bitPattern: 0x88))
        #expect(try file.load(UInt16.self, at: 6) == 0x8807)
        #expect(try file.load(Int16.self, at: 6) == Int16(bitPattern: 0x8807))
        #expect(try file.load(UInt32.self, at: 1) == 0x0504_0302)
        #expect(try file.load(Int64.self, at: 0) == Int64(bitPattern: 0x8807_0605_0403_0201))
        for offset in [-1, 5, 8, Int.max, Int.min] {
            #expect(throws: ModelError.self, "offset \(offset)") { try file.load(UInt32.self, at: offset) }
        }
    }

    @Test func sharedVectorsAreCapped() throws {
        let table = try root(.table([0: .int32s([1, 2, 3]), 1: .text("pose")]))
        #expect(try table.integers(0, of: Int32.self, atMost: 3) == [1, 2, 3])
        #expect(throws: ModelError.self) { try table.integers(0, of: Int32.self, atMost: 2) }
        #expect(throws: ModelError.self) { try table.string(1, atMost: 3) }
    }
}
