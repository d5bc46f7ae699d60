// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseTestSupport
import Testing

@Suite("Sources of an earlier output") struct FormatsSourceReaderTests {
    private static let sources = ["a.jpg", "b, \"c\"\nd.jpg", "ü.jpg", "\"", "", "e\\xFC.jpg"]

    /// One person each, and the file that a whole run leaves.
    private func file(_ format: ResultFormat) -> [UInt8] {
        var encoder = format.makeEncoder()
        var generator = SeededGenerator(seed: 0x5EED)
        var bytes = encoder.begin()
        for source in Self.sources {
            var record = RandomDocument.make(&generator)
            record.source = source
            record.frame = nil
            while record.poses.isEmpty { record.poses = RandomDocument.make(&generator).poses }
            record.poses = [record.poses[0]]
            bytes += encoder.encode(record)
        }
        return bytes + encoder.end()
    }

    private func read(
        _ bytes: [UInt8],
        _ format: ResultFormat,
        piece: Int
    ) throws -> (sources: [String], intactByteCount: Int) {
        var reader = try #require(format.makeSourceReader())
        var sources: [String] = []
        for start in stride(from: 0, to: bytes.count, by: piece) {
            reader.append(Array(bytes[start..<min(start + piece, bytes.count)]))
            while let source = try reader.next() { sources.append(source) }
        }
        reader.finish()
        while let source = try reader.next() { sources.append(source) }
        return (sources, reader.intactByteCount)
    }

    @Test(arguments: [ResultFormat.pose, .csv], [1, 7, 1000, 1 << 20])
    func areFoundInPiecesOfAnySize(format: ResultFormat, piece: Int) throws {
        let bytes = file(format)
        let found = try read(bytes, format, piece: piece)
        #expect(found.sources == Self.sources)
        #expect(found.intactByteCount == bytes.count)
    }

    @Test(arguments: [ResultFormat.pose, .csv])
    func aRecordThatIsCutIsLeftOut(format: ResultFormat) throws {
        let bytes = file(format)
        for cut in [1, 2, 50, 500] {
            let found = try read(bytes.dropLast(cut), format, piece: 4096)
            let isWhole = format == .pose && cut == 1
            #expect(found.sources == Self.sources.dropLast(isWhole ? 0 : 1))
            #expect(found.intactByteCount < bytes.count)
        }
    }

    @Test func aTableOfAnotherKindIsAnError() {
        for text in ["a,b\nc,d\n", "source\n", "\n"] {
            let error = #expect(throws: PoseError.self) { try read(Array(text.utf8), .csv, piece: 100) }
            #expect(error?.code == .malformedResult)
        }
        let shortRow = file(.csv) + Array("x.jpg,1\n".utf8)
        let error = #expect(throws: PoseError.self) { try read(shortRow, .csv, piece: 100) }
        #expect(error?.message.hasPrefix("Row 8 has 2 cells, expected ") == true)
    }

    @Test func formatsWithoutSourcesCannotBeGoneOnWith() {
        #expect(ResultFormat.allCases.filter { $0.makeSourceReader() != nil } == [.pose, .csv])
    }
}
