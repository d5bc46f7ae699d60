// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("Command line: photos") struct InputTests {
    @Test func missingFile() async throws {
        let run = try await TestProgram().pose("image", "missing.jpg", "--json", "-")
        #expect(run.code == 66)
        #expect(run.text.isEmpty)
        #expect(run.errors == "pose: missing.jpg: No such file or directory.\n")
    }

    @Test func textFile() async throws {
        let program = try TestProgram()
        try program.write("notes.txt", Data("hello\n".utf8))
        let run = try await program.pose("image", "notes.txt", "--json", "-", "-o", "out.png")
        #expect(run.code == 65)
        #expect(run.text.isEmpty)
        #expect(run.errors.hasPrefix("pose: notes.txt: "))
        #expect(run.errors.contains("JPEG, PNG, WebP"))
        #expect(try program.files() == ["notes.txt"])
    }

    @Test func emptyFile() async throws {
        let program = try TestProgram()
        try program.write("empty.jpg", Data())
        let run = try await program.pose("image", "empty.jpg")
        #expect(run.code == 65)
        #expect(run.errors == "pose: empty.jpg: empty; a picture is expected.\n")
    }

    @Test(arguments: [100, 3000, 100_000])
    func photoCutShort(length: Int) async throws {
        let program = try TestProgram()
        try program.place("bus.jpg", as: "whole.jpg")
        try program.write("cut.jpg", try program.read("whole.jpg").prefix(length))
        let run = try await program.pose("image", "cut.jpg", "--json", "out.json")
        #expect(run.code == 65)
        #expect(run.errors.hasPrefix("pose: cut.jpg: "))
        #expect(try program.files() == ["cut.jpg", "whole.jpg"])
    }

    @Test func aPhotoCutShortIsTakenWithAWarningWhenThatIsAllowed() async throws {
        let program = try TestProgram()
        try program.place("bus.jpg", as: "whole.jpg")
        try program.write("cut.jpg", try program.read("whole.jpg").prefix(100_000))
        let run = try await program.pose("image", "cut.jpg", "whole.jpg", "--json", "-", "--allow-damaged")
        #expect(run.code == 0)
        #expect(try run.objects().map { $0["source"] as? String } == ["cut.jpg", "whole.jpg"])
        #expect(run.errors.hasPrefix("pose: warning: cut.jpg: "))
        // The warning, and the sum of the run.
        #expect(run.errors.split(separator: "\n").count == 2)
    }

    @Test func tooManyPixels() async throws {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "a.png")
        let run = try await program.pose("image", "a.png", "--max-pixels", "200k")
        #expect(run.code == 65)
        #expect(run.errors.hasPrefix("pose: a.png: "))
    }

    @Test func namedPipeIsRefusedAtOnce() async throws {
        let program = try TestProgram()
        let run = try await program.shell("mkfifo pipe && timeout 30 pose image pipe")
        #expect(run.code == 66)
        #expect(run.errors.hasPrefix("pose: pipe: not a regular file."))
    }

    @Test func emptyDirectoryAndPatternWithoutMatch() async throws {
        let program = try TestProgram()
        try program.write("folder/notes.txt", Data("x".utf8))
        let run = try await program.pose("image", "folder", "*.webp", "--no-timing")
        #expect(run.code == 66)
        #expect(
            run.errors == """
                pose: folder: no photo in this directory of a format that is read; pose info lists them.
                pose: *.webp: no file matches this pattern.
                pose: passed by: 1 text file (folder/notes.txt).
                0 photos: 0 people; 2 failed, 1 file passed by.

                """
        )
    }

    @Test func directoriesAndPatternsInOrder() async throws {
        let program = try TestProgram()
        for name in ["folder/b.png", "folder/a.PNG", "folder/sub/c.png", "z1.png", "z2.png"] {
            try program.place("astronaut.png", as: name)
        }
        try program.write("folder/.hidden.png", Data("x".utf8))
        try program.write("folder/notes.txt", Data("x".utf8))
        try FileManager.default.createSymbolicLink(
            at: program.directory.appending(path: "folder/loop"),
            withDestinationURL: program.directory.appending(path: "folder")
        )
        let run = try await program.pose("image", "z?.png", "folder", "--json", "-", "--no-timing")
        #expect(run.code == 0)
        let sources = try run.objects().map { $0["source"] as? String }
        #expect(sources == ["z1.png", "z2.png", "folder/a.PNG", "folder/b.png", "folder/sub/c.png"])
    }

    @Test func aBadPhotoAmongManyIsReportedAndTheRestGoOn() async throws {
        let program = try TestProgram()
        for name in ["a.png", "c.png", "e.png"] { try program.place("astronaut.png", as: name) }
        try program.write("b.jpg", Data("no photo".utf8))
        let run = try await program.pose(
            "image",
            "a.png",
            "b.jpg",
            "c.png",
            "d.jpg",
            "e.png",
            "--json",
            "-",
            "--threads",
            "3"
        )
        #expect(run.code == 65)
        #expect(try run.objects().map { $0["source"] as? String } == ["a.png", "c.png", "e.png"])
        let errors = run.errors.split(separator: "\n")
        try #require(errors.count == 3)
        #expect(errors[0].hasPrefix("pose: b.jpg: "))
        #expect(errors[1] == "pose: d.jpg: No such file or directory.")
        #expect(errors[2].hasSuffix(": 3 people; 2 failed."))
        let missingFirst = try await program.pose("image", "d.jpg", "b.jpg", "a.png", "-q")
        #expect(missingFirst.code == 66)
    }

    @Test func namesThatLookLikeOptions() async throws {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "--json.png")
        let run = try await program.pose("image", "--no-timing", "--json", "-", "--", "--json.png")
        #expect(run.code == 0)
        #expect(try run.objects().first?["source"] as? String == "--json.png")
    }

    @Test func photoFromAPipe() async throws {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "a.png")
        let photo = try program.read("a.png")
        let run = try await program.pose("image", "-", "--json", "-", "-o", "out.png", input: photo)
        #expect(run.code == 0)
        #expect(try run.objects().first?["source"] as? String == "-")
        let empty = try await program.pose("image", "-")
        #expect(empty.code == 65)
    }

    @Test func missingModelSaysWhichAndWhatToDo() async throws {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "a.png")
        let run = try await program.pose("image", "a.png", "--models-dir", "nowhere", "-o", "b.png")
        #expect(run.code == 69)
        #expect(run.errors.contains("pose_detection.tflite"))
        #expect(run.errors.contains("pose models add"))
        #expect(try program.files() == ["a.png"])
    }
}
