// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseSystem
import PoseTestSupport
import Testing

@Suite("Files") struct FileSystemTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func path(_ name: String) -> FilePath { FilePath(directory.path(name)) }

    private func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: directory.path(name)))
    }

    // MARK: - Reading

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 1_000_000])
    func readsWhole(byteCount: Int) throws {
        let bytes = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try Data(bytes).write(to: URL(filePath: directory.path("a")))
        let contents = try FileSystem.contents(of: path("a"), limit: byteCount)
        #expect(contents.byteCount == byteCount && contents.bytes == bytes)
        if byteCount > 0 {
            let tooLong = try FileSystem.contents(of: path("a"), limit: byteCount - 1)
            #expect(tooLong.bytes == nil && tooLong.byteCount == byteCount)
        }
        #expect(try FileSystem.beginning(of: path("a"), byteCount: 10) == Array(bytes.prefix(10)))
    }

    @Test func aFileWithoutASizeIsReadToItsEnd() throws {
        let bytes = try FileSystem.beginning(of: "/proc/self/status", byteCount: 1 << 20)
        #expect(String(decoding: bytes, as: UTF8.self).contains("\nPid:"))
    }

    @Test func aPipeIsRefusedWithoutWaiting() {
        #expect(mkfifo(directory.path("pipe"), 0o600) == 0)
        #expect(throws: SystemError.notRegularFile) { try FileSystem.contents(of: path("pipe"), limit: 1) }
        #expect(throws: SystemError(EISDIR)) { try FileSystem.contents(of: path("."), limit: 1) }
        #expect(throws: SystemError(ENOENT)) { try FileSystem.contents(of: path("none"), limit: 1) }
    }

    @Test func namesComeInTheOrderOfTheirBytes() throws {
        let latin = path("").appending(FilePath(bytes: [0x4D, 0xFC]))
        try AtomicFile.write([1], to: latin)
        for name in ["b", "a", "B", ".c"] { try write(name, "x") }
        let names = try FileSystem.names(in: path(""))
        #expect(names == [".c", "B", latin.name, "a", "b"])
        #expect(FileSystem.names(matching: path("[MB]*")) == [path("B"), latin])
    }

    // MARK: - Writing

    @Test func aFileAppearsWholeOrNotAtAll() throws {
        do {
            let file = try AtomicFile(path("new/deep/a"))
            try file.write([1, 2])
            #expect(try FileSystem.names(in: path("new/deep")).allSatisfy(\.isHidden))
        }
        #expect(try FileSystem.names(in: path("new/deep")).isEmpty)
        try AtomicFile.write([1, 2], to: path("new/deep/a"), isSynchronized: true)
        #expect(try FileSystem.names(in: path("new/deep")) == ["a"])
        #expect(try FileSystem.contents(of: path("new/deep/a"), limit: 9).bytes == [1, 2])
    }

    /// The number of a process is the same in every run of a container.
    @Test func partsOfAKilledRunWithTheSameProcessNumberAreNoObstacle() throws {
        var files: [AtomicFile] = []
        for _ in 0..<50 { files.append(try AtomicFile(path("a"))) }
        let parts = try FileSystem.names(in: path(""))
        #expect(parts.count == 50)
        let form = #/\.a\.[0-9a-f]{16}\.part/#
        #expect(parts.allSatisfy { $0.text.wholeMatch(of: form) != nil })
        files = []
        #expect(directory.contents.isEmpty)
    }

    @Test func aNameAsLongAsCanBeHasAPart() throws {
        let name = String(repeating: "ü", count: 127)
        try AtomicFile.write([1], to: path(name))
        #expect(directory.contents == [name])
    }

    @Test func permissionsAndLinksStay() throws {
        try write("real", "old")
        #expect(chmod(directory.path("real"), 0o640) == 0)
        #expect(symlink("real", directory.path("link")) == 0)
        try AtomicFile.write([1], to: path("link"))
        #expect(try FileSystem.linkStatus(of: path("link")).kind == .symbolicLink)
        #expect(try FileSystem.status(of: path("real")).permissions == 0o640)
        #expect(try FileSystem.contents(of: path("real"), limit: 9).bytes == [1])
    }

    @Test func whatCannotBeMadeSaysWhy() throws {
        try write("file", "x")
        func message(_ path: FilePath) -> String? {
            let error = #expect(throws: OutputError.self) { try AtomicFile.write([1], to: path) }
            return error?.message
        }
        let file = path("file/a")
        #expect(message(file) == "'\(file)' could not be written: Not a directory.")
        #expect(message(path("")) == "'\(path(""))' could not be written: Is a directory.")
        #expect(message("/dev/full") == "'/dev/full' could not be written: No space left on device.")
    }

    @Test func hardLinksAreOneFile() throws {
        try write("a", "x")
        #expect(link(directory.path("a"), directory.path("b")) == 0)
        try write("c", "x")
        let identities = try ["a", "b", "c"].map { try FileSystem.status(of: path($0)).identity }
        #expect(identities[0] == identities[1])
        #expect(identities[0] != identities[2])
    }
}

@Suite("Names of outputs") struct FileNamesTests {
    @Test func namesThatAreThereAreNumbered() {
        let wanted: [FilePath] = ["a.jpg", "a.jpg", "b/a.jpg", "A.JPG", "a-2.jpg", "a.jpg", "n", "n"]
        let names = FileNames.unique(wanted)
        #expect(names == ["a.jpg", "a-3.jpg", "b/a.jpg", "A-4.JPG", "a-2.jpg", "a-5.jpg", "n", "n-2"])
    }

    /// File systems that compose letters otherwise, or do not tell case apart, have one file for each of these pairs.
    @Test func namesThatAreOneFileSomewhereAreNumbered() {
        #expect(FileNames.unique(["\u{E9}.jpg", "e\u{301}.jpg"])[1] == "e\u{301}-2.jpg")
        #expect(FileNames.unique(["É.jpg", "é.jpg"])[1] == "é-2.jpg")
        let bytes = [FilePath(bytes: [0xC4, 0x2E, 0x61]), FilePath(bytes: [0xE4, 0x2E, 0x61])]
        #expect(FileNames.unique(bytes) == bytes)
    }

    @Test func namesAreResolvedAsFarAsTheyAreThere() throws {
        let directory = try TemporaryDirectory()
        let real = try #require(FileSystem.realPath(of: FilePath(directory.path(""))))
        #expect(symlink(".", directory.path("link")) == 0)
        for name in ["link/x", "./x", "new/../x", "link/link/./new/a/../../x"] {
            #expect(FileSystem.resolvedName(of: FilePath(directory.path(name))) == real.appending("x"))
        }
        #expect(FileSystem.resolvedName(of: FilePath(directory.path("new/x"))) == real.appending("new/x"))
        #expect(FileSystem.resolvedName(of: "/none/x") == "/none/x")
    }
}
