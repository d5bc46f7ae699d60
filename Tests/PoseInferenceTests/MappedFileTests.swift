// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseInference
import PoseTestSupport
import Testing

@Suite struct MappedFileTests {
    /// Bytes that differ from page to page.
    private static func pattern(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 8) }
    }

    /// A file that has no name and holds some bytes.
    private static func withFile<R>(of bytes: [UInt8], _ body: (CInt) throws -> R) throws -> R {
        let file = try #require(tmpfile())
        defer { fclose(file) }
        try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count && fflush(file) == 0)
        return try body(fileno(file))
    }

    @Test(arguments: [1, 4095, 4096, 4097, 100_000])
    func mappedBytesAreThoseOfTheFile(count: Int) throws {
        let bytes = Self.pattern(count)
        let mapping = try Self.withFile(of: bytes) {
            try #require(MappedFile(descriptor: $0, byteCount: count))
        }
        // The file is closed and gone; its bytes stay.
        let mapped = FileBytes(mapping)
        #expect(mapped.count == count)
        #expect(mapped.elementsEqual(bytes))
        #expect(mapped.elementsEqual(FileBytes(bytes)))
        #expect(mapped[(count / 2)...].elementsEqual(bytes[(count / 2)...]))
        #expect(mapped.withUnsafeBytes { $0.elementsEqual(bytes) })
        let checked = CheckedBytes(mapped)
        #expect(try checked.load(UInt8.self, at: count - 1) == bytes[count - 1])
        #expect(throws: ModelError.self) { try checked.load(UInt8.self, at: count) }
    }

    @Test func whatCannotBeMappedIsNil() throws {
        #expect(MappedFile(descriptor: -1, byteCount: 1) == nil)
        let directory = open("/", O_RDONLY | O_DIRECTORY)
        defer { close(directory) }
        #expect(MappedFile(descriptor: directory, byteCount: 1) == nil)
        #expect(try Self.withFile(of: [1]) { MappedFile(descriptor: $0, byteCount: 0) } == nil)
    }

    @Test func aMappedModelCompilesToTheSamePlan() throws {
        let path = Media.modelsDirectory.appending(path: "\(RealModels.detector).tflite").path
        let descriptor = open(path, O_RDONLY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let size = Int(lseek(descriptor, 0, SEEK_END))
        let mapping = try #require(MappedFile(descriptor: descriptor, byteCount: size))
        let mapped = try CompiledModel(file: FileBytes(mapping))
        let read = try CompiledModel(bytes: Array(FileBytes(mapping)))
        #expect(mapped.plan.steps.map { "\($0.description)" } == read.plan.steps.map { "\($0.description)" })
        #expect(mapped.inputShapes == [[1, 224, 224, 3]])
    }
}
