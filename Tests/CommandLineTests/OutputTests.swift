// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import Foundation
import PoseImaging
import Testing

@Suite("Command line: outputs") struct OutputTests {
    /// A program with one photo, `a.png`.
    private func program() throws -> TestProgram {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "a.png")
        return program
    }

    @Test(arguments: ["jpg", "png", "webp"])
    func picturesAreOfTheFormatThatTheirNameSays(ending: String) async throws {
        let program = try program()
        let run = try await program.pose("image", "a.png", "-o", "new/b.\(ending)")
        #expect(run.code == 0)
        #expect(run.errors.isEmpty)
        let line = #/a\.png: 1 person \(score 0\.\d{3}\), 512 × 512 pixels, \d+\.\d ms → new/b\.[a-z]+\n/#
        #expect(run.text.wholeMatch(of: line) != nil)
        let bytes = [UInt8](try program.read("new/b.\(ending)"))
        let decoded = try ImageDecoder.decode(bytes)
        #expect(decoded.format == ImageFormat(fileExtension: ending))
        #expect(decoded.image.width == 512)
        let original = try ImageDecoder.decode([UInt8](program.read("a.png")))
        #expect(differingPixels(decoded.image, original.image) > 500)
    }

    /// The photo is good: the fault is one of the output.
    @Test func aPictureTooLongForItsFormatIsAFaultOfTheOutput() async throws {
        let program = try program()
        let wide = try ImageEncoder.encode(ImageBuffer(width: 16_390, height: 4), as: .png)
        try program.write("0.png", Data(wide))
        let run = try await program.pose("image", "0.png", "-o", "b.webp")
        #expect(run.code == 74)
        let fault = "a WebP file has sides of 1…16383 pixels. Write it as PNG, or scale it down first."
        #expect(
            run.errors.contains(
                "0.png: The picture is 16390 × 4 pixels; \(fault) --max-side makes it smaller."
            )
        )
        let smaller = try await program.pose("image", "0.png", "-o", "b.webp", "--max-side", "1000")
        #expect(smaller.code == 0)
    }

    @Test func stylesDiffer() async throws {
        let program = try program()
        for style in ["classic", "sides", "skeleton-only"] {
            let run = try await program.pose("image", "a.png", "-o", "\(style).png", "--style", style)
            #expect(run.code == 0)
        }
        let classic = try program.read("classic.png")
        let sides = try program.read("sides.png")
        #expect(classic != sides)
        let alone = try ImageDecoder.decode([UInt8](program.read("skeleton-only.png")))
        let opacity = try #require(alone.metadata.alpha?.withUnsafeBytes { [UInt8]($0) })
        #expect(opacity.first == 0)
        #expect(opacity.count { $0 == 255 } > 500)
    }

    @Test func aJPEGOfSkeletonsAloneIsBlackAndSaysSo() async throws {
        let program = try program()
        let run = try await program.pose("image", "a.png", "-o", "b.jpg", "--style", "skeleton-only")
        #expect(run.code == 0)
        #expect(
            run.errors
                == "pose: JPEG has no transparency: skeletons are on black; PNG, WebP and SVG have it.\n"
        )
        let picture = try ImageDecoder.decode([UInt8](program.read("b.jpg"))).image
        #expect(picture[0, 0] == (0, 0, 0))
    }

    @Test func vectorsAreTheSkeletonAlone() async throws {
        let program = try program()
        let run = try await program.pose("image", "a.png", "-o", "new/b.svg")
        #expect(run.code == 0)
        #expect(run.errors.isEmpty)
        let text = String(decoding: try program.read("new/b.svg"), as: UTF8.self)
        #expect(text.contains("viewBox=\"0 0 512 512\""))
        #expect(text.contains("data-landmark=\"left_shoulder\""))
        #expect(!text.contains("<image"))
        // Knees and feet are below the picture's edge or behind something.
        #expect(!text.contains("stroke-dasharray"))
        let guessed = try await program.pose("image", "a.png", "-o", "new/c.svg", "--guessed")
        #expect(guessed.code == 0)
        #expect(String(decoding: try program.read("new/c.svg"), as: UTF8.self).contains("stroke-dasharray"))
    }

    @Test func namesAreKeptAndNoneIsLost() async throws {
        let program = try program()
        for name in ["x/p.png", "y/p.png", "d/s/p.png", "d/q.png"] {
            try program.place("astronaut.png", as: name)
        }
        let arguments = "x/p.png y/p.png d --output-dir out --json out/ --mask masks/"
        let run = try await program.shell("pose image \(arguments)")
        #expect(run.code == 0)
        let files = try program.files().filter { $0.hasPrefix("out/") || $0.hasPrefix("masks/") }
        let stems = ["p", "p-2", "q", "s/p"]
        let expected =
            stems.map { "masks/\($0).png" } + stems.flatMap { ["out/\($0).json", "out/\($0).png"] }
        #expect(files == expected.sorted())
        // What the first run wrote into the directory is not taken for photos by the second.
        let again = try await program.pose("image", "d", "--output-dir", "d/out", "-q")
        let third = try await program.pose("image", "d", "--output-dir", "d/out", "--json", "-")
        #expect(again.code == 0)
        #expect(again.text.isEmpty)
        #expect(third.lines.count == 2)
    }

    @Test func maskIsWhiteOnThePersonAndBlackAway() async throws {
        let program = try program()
        let run = try await program.pose("image", "a.png", "--mask", "mask.png", "-q")
        #expect(run.code == 0)
        #expect(run.text.isEmpty)
        let mask = try ImageDecoder.decode([UInt8](program.read("mask.png"))).image
        #expect(mask.width == 512 && mask.height == 512)
        #expect(mask[220, 400].red > 200)
        #expect(mask[500, 20].red < 50)
    }

    @Test func jsonFileHasALineAPhoto() async throws {
        let program = try program()
        let run = try await program.pose("image", "a.png", "a.png", "--json", "deep/er/all.jsonl", "-q")
        #expect(run.code == 0)
        let text = String(decoding: try program.read("deep/er/all.jsonl"), as: UTF8.self)
        #expect(text.hasSuffix("}\n"))
        #expect(text.split(separator: "\n").count == 2)
        #expect(try program.files() == ["a.png", "deep/er/all.jsonl"])
    }

    @Test func existingOutputIsReplacedWithItsPermissionsAndLinks() async throws {
        let program = try program()
        try program.write("real.json", Data("old".utf8))
        let script =
            "chmod 640 real.json; ln -s real.json link.json; pose image a.png -q --json link.json; "
            + "stat -c '%a %F' real.json; stat -c %F link.json; head -c 18 real.json"
        let run = try await program.shell(script)
        #expect(run.lines == ["640 regular file", "symbolic link", #"{"schema":"pose/1""#])
    }

    @Test func fullDeviceIsAnOutputError() async throws {
        let program = try program()
        let file = try await program.pose("image", "a.png", "--json", "/dev/full")
        #expect(file.code == 74)
        #expect(file.errors == "pose: '/dev/full' could not be written: No space left on device.\n")
        let stream = try await program.shell("pose image a.png --json - -o b.png > /dev/full")
        #expect(stream.code == 74)
        #expect(stream.errors == "pose: Standard output could not be written: No space left on device.\n")
    }

    /// Files and pipes got the numbers of what was closed: signals went where results did.
    @Test func closedStandardInputAndOutputAreAsEmptyOnes() async throws {
        let program = try program()
        try await program.makeFilm("a.mp4", frameCount: 2)
        let run = try await program.shell(
            """
            ulimit -c 0
            timeout 60 pose image - <&-; echo $?
            timeout 60 pose camera - --size 64x64 <&-; echo $?
            (timeout 60 pose video a.mp4 --json a.jsonl <&- >&-); echo $?
            (timeout 60 pose video a.mp4 --json b.jsonl -o b.mp4 --no-timing <&- >&- 2>&-); echo $?
            pose video a.mp4 --json c.jsonl --no-timing -q
            """
        )
        #expect(run.lines.count == 4, "\(run.text)")
        #expect(!run.lines.contains("124") && run.lines.suffix(2) == ["0", "0"])
        #expect(try program.read("b.jsonl") == program.read("c.jsonl"))
        #expect(try await program.frameCount(of: "b.mp4") == 2)
    }

    @Test func placeThatCannotBeWrittenLeavesNoPart() async throws {
        let program = try program()
        try program.write("file", Data("x".utf8))
        let run = try await program.pose("image", "a.png", "--json", "all.json", "-o", "file/b.png")
        #expect(run.code == 74)
        #expect(run.errors == "pose: 'file/b.png' could not be written: Not a directory.\n")
        #expect(try program.files() == ["a.png", "file"])
    }

    @Test func readerThatLeavesEndsTheRunQuietly() async throws {
        let program = try program()
        let photos = Array(repeating: "a.png", count: 40).joined(separator: " ")
        let run = try await program.shell(
            "pose image \(photos) --json - --mask masks/ | head -c 20; echo; echo ${PIPESTATUS[0]}"
        )
        #expect(["0", "141"].contains(run.lines.last))
        #expect(run.errors.isEmpty)
        #expect(try program.files().allSatisfy { !$0.hasSuffix(".part") })
    }

    /// The results of one photo are in, and the picture of the next cannot be written.
    @Test func anErrorAmongManyPhotosKeepsTheResultsSoFar() async throws {
        let program = try program()
        try program.place("astronaut.png", as: "b.png")
        try program.write("out/b.png/x", Data())
        let run = try await program.pose(
            "image",
            "a.png",
            "b.png",
            "--output-dir",
            "out",
            "--json",
            "all.json",
            "-t",
            "1"
        )
        #expect(run.code == 74)
        #expect(run.errors == "pose: 'out/b.png' could not be written: Is a directory.\n")
        let text = String(decoding: try program.read("all.json"), as: UTF8.self)
        #expect(text.hasPrefix(#"{"schema":"pose/1","source":"a.png""#))
        #expect(text.split(separator: "\n").count == 1)
        #expect(try program.files() == ["a.png", "all.json", "b.png", "out/a.png", "out/b.png/x"])
    }

    @Test func outputsThatAreOneFileUnderOtherNamesAreRefused() async throws {
        let program = try program()
        let script = """
            mkdir d; ln -s d link; touch d/old.png; ln d/old.png d/hard.png; ln -s old.png d/soft.png
            refuse() { pose image a.png -q "$@" > out.txt 2> err.txt; echo $?; grep -c 'would be the same file' err.txt; }
            refuse -o x.png --mask ./x.png
            refuse -o x.png --mask X.png
            refuse -o d/x.png --mask link/x.png
            refuse -o new/../x.png --mask x.png
            refuse -o d/old.png --mask d/soft.png
            refuse -o d/old.png --mask d/hard.png
            refuse --json x.json --csv d/../x.json
            refuse --output-dir out --mask OUT/
            """
        let run = try await program.shell(script)
        #expect(run.lines == Array(repeating: ["2", "1"], count: 8).flatMap(\.self))
        #expect(try program.read("d/old.png").isEmpty)
        #expect(try !program.files().contains { $0.hasSuffix("x.png") })
    }

    @Test func aPhotoUnderAnotherNameIsNotOverwritten() async throws {
        let program = try program()
        let before = try program.read("a.png")
        let script = """
            mkdir d; ln a.png d/hard.png; ln -s ../a.png d/soft.png; ln -s . here
            for output in d/hard.png d/soft.png here/a.png; do
                pose image a.png -o $output 2>&1 | grep -c "The output '$output' would overwrite that photo"
            done
            """
        let run = try await program.shell(script)
        #expect(run.lines == ["1", "1", "1"])
        #expect(try program.read("a.png") == before)
    }

    @Test func namesThatDifferInCaseOnlyAreNumbered() async throws {
        let program = try TestProgram()
        for name in ["x/p.png", "y/P.png", "z/p.PNG"] { try program.place("astronaut.png", as: name) }
        let run = try await program.pose("image", "x", "y", "z", "--json", "out/", "-q")
        #expect(run.code == 0)
        #expect(
            try program.files().filter { $0.hasPrefix("out/") } == [
                "out/P-2.json", "out/p-3.json", "out/p.json",
            ]
        )
    }

    @Test func progressIsForTerminalsOnly() async throws {
        let program = try program()
        for index in 1...3 { try program.place("astronaut.png", as: "p\(index).png") }
        let plain = try await program.pose("image", "p1.png", "p2.png", "p3.png", "-o", "/dev/null")
        #expect(plain.code == 2)
        let piped = try await program.pose("image", "p1.png", "p2.png", "p3.png", "--json", "all.json")
        #expect(
            piped.errors.wholeMatch(of: #/3 photos in \d+\.\d s \(\d+\.\d a second\): 3 people\.\n/#) != nil
        )
        let terminal = try await program.shell(
            "script -qec 'pose image p1.png p2.png p3.png -t 1 --json all.json' /dev/null"
        )
        #expect(terminal.text.contains("] 1/3"))
        #expect(terminal.text.contains("/s  0:0"))
        #expect(terminal.text.contains(#/3 photos in \d+\.\d s \(\d+\.\d a second\): 3 people\./#))
        let quiet = try await program.shell(
            "script -qec 'pose image p1.png p2.png p3.png -q --json all.json' /dev/null"
        )
        #expect(quiet.text.isEmpty)
    }

    private func differingPixels(_ one: ImageBuffer, _ other: ImageBuffer) -> Int {
        var count = 0
        for y in 0..<one.height {
            for x in 0..<one.width {
                let (a, b) = (one[x, y], other[x, y])
                if abs(Int(a.red) - Int(b.red)) + abs(Int(a.blue) - Int(b.blue)) > 60 { count += 1 }
            }
        }
        return count
    }
}
