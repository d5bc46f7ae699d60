// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseTestSupport
import Testing

@Suite("pose/1 streams read back") struct FormatsStreamReaderTests {
    private static let documents: [PoseDocument] = {
        var generator = SeededGenerator(seed: 0xF11A)
        return (0..<12).map { _ in RandomDocument.make(&generator) }
    }()

    private static func stream(_ documents: [PoseDocument]) -> [UInt8] {
        var encoder = ResultFormat.pose.makeEncoder()
        return documents.reduce(into: encoder.begin()) { $0 += encoder.encode($1) } + encoder.end()
    }

    private func read(_ reader: inout PoseStreamReader) throws(PoseError) -> [PoseDocument] {
        var documents: [PoseDocument] = []
        while let document = try reader.next() { documents.append(document) }
        return documents
    }

    private func reader(of bytes: [UInt8], dropping: Bool = false) -> PoseStreamReader {
        var reader = PoseStreamReader()
        reader.append(bytes)
        reader.finish(droppingBrokenEnd: dropping)
        return reader
    }

    @Test(arguments: [1, 3, 100, 4096, 1 << 20])
    func piecesMayBeOfAnySize(size: Int) throws {
        let bytes = Self.stream(Array(Self.documents.prefix(size == 1 ? 3 : 12)))
        var reader = PoseStreamReader()
        var documents: [PoseDocument] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            reader.append(bytes[start..<min(start + size, bytes.count)])
            documents += try read(&reader)
        }
        reader.finish()
        documents += try read(&reader)
        #expect(Self.stream(documents) == bytes)
        #expect(reader.lineNumber == documents.count)
        #expect(reader.intactByteCount == bytes.count)
        #expect(!reader.lacksLineBreak)
    }

    @Test func blankLinesAndCarriageReturnsAndAByteOrderMarkAreFine() throws {
        let lines = Self.documents.map { $0.json() + "\r\n" }
        let bytes = Array(("\u{FEFF}" + lines.joined(separator: "\r\n \n")).utf8)
        var reader = reader(of: bytes)
        #expect(try Self.stream(read(&reader)) == Self.stream(Self.documents))
        #expect(reader.intactByteCount == bytes.count)
        var empty = self.reader(of: [])
        #expect(try empty.next() == nil)
        #expect(empty.intactByteCount == 0 && empty.lineNumber == 0)
    }

    /// What a program that is stopped while it writes leaves, wherever it was.
    @Test func aBrokenEndIsReportedAndDropped() throws {
        let documents = [Self.documents[0], FrozenDocument.document]
        let bytes = Self.stream(documents)
        let first = Self.stream([documents[0]]).count
        let counts =
            Array(stride(from: first, to: bytes.count, by: 97)) + Array((bytes.count - 3)...bytes.count)
        for count in counts {
            var reader = reader(of: Array(bytes.prefix(count)), dropping: true)
            let records = try read(&reader)
            let isWhole = count >= bytes.count - 1
            #expect(records.count == (isWhole ? 2 : 1), "\(count) bytes")
            #expect(reader.intactByteCount == (isWhole ? count : first), "\(count) bytes")
            #expect(reader.lacksLineBreak == (count == bytes.count - 1), "\(count) bytes")
            #expect((reader.brokenEnd != nil) == (count > first && !isWhole), "\(count) bytes")
            #expect(reader.brokenEnd?.message.hasPrefix("Line 2, column ") ?? true)
        }
    }

    @Test func aBrokenEndIsAnErrorUnlessDropped() throws {
        let bytes = Self.stream(Self.documents)
        var reader = reader(of: Array(bytes.dropLast(40)))
        #expect(throws: PoseError.self) { try self.read(&reader) }
        #expect(reader.lineNumber == Self.documents.count)
        #expect(reader.brokenEnd == nil)
        #expect(try reader.next() == nil)
    }

    @Test func aBrokenLineInsideIsAnErrorAndIsBehind() throws {
        var lines = Self.documents.prefix(4).map { $0.json() }
        lines[1] = #"{"schema":"pose/1","source":"a.jpg","#
        var reader = reader(of: Array((lines.joined(separator: "\n") + "\n").utf8), dropping: true)
        _ = try #require(try reader.next())
        let error = #expect(throws: PoseError.self) { try reader.next() }
        let column = lines[1].count + 1
        #expect(
            error?.message
                == "Line 2, column \(column): the end was found where the name of a member was expected."
        )
        #expect(try read(&reader).count == 2)
        #expect(reader.brokenEnd == nil)
        #expect(reader.lineNumber == 4)
    }

    @Test func headersTellWhatIsWritten() throws {
        var reader = reader(of: Self.stream(Self.documents))
        for document in Self.documents {
            let header = try #require(try reader.nextHeader())
            let expected = try PoseDocument(json: Array(document.json().utf8))
            #expect(header.source == expected.source)
            #expect(header.frame == expected.frame)
        }
        #expect(try reader.nextHeader() == nil)
        var other = self.reader(of: Array(#"{"schema":"pose/9","source":"a"}"#.utf8))
        #expect(throws: PoseError.self) { try other.nextHeader() }
    }

    @Test func aLineThatIsTooLongTakesNoMemory() throws {
        let line = FrozenDocument.document.json()
        var reader = PoseStreamReader(maxLineByteCount: line.utf8.count)
        reader.append(line.utf8)
        #expect(try reader.next() == nil)
        reader.append("  ".utf8)
        let error = #expect(throws: PoseError.self) { try reader.next() }
        #expect(
            error?.message == "Line 1 has more than \(line.utf8.count) bytes; pose/1 has one record a line."
        )
        for _ in 0..<10 {
            reader.append(line.utf8)
            #expect(try reader.next() == nil)
        }
        reader.append("\n\(line)\n".utf8)
        #expect(try reader.next() != nil)
        #expect(reader.lineNumber == 2)
        reader.append(" \(line)\n".utf8)
        #expect(throws: PoseError.self) { try reader.next() }
        #expect(reader.lineNumber == 3)
    }

    @Test func damagedStreamsGiveTypedErrorsAndEnd() {
        let bytes = Self.stream([FrozenDocument.document, FrozenDocument.document])
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<150 {
            var damaged = bytes
            for _ in 0..<4 {
                damaged[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(
                    in: 0...255,
                    using: &generator
                )
            }
            var reader = reader(of: damaged, dropping: Bool.random(using: &generator))
            var calls = 0
            while calls < 20 {
                calls += 1
                do throws(PoseError) {
                    guard try reader.next() != nil else { break }
                } catch {
                    #expect(error.code == .malformedResult)
                }
            }
            #expect(calls < 20)
            #expect(reader.intactByteCount <= damaged.count)
        }
    }
}
