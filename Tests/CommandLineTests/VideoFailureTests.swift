// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseImaging
import PoseTestSupport
import Testing

@Suite("Command line: videos that cannot be made, and what is left of them") struct VideoFailureTests {
    static let wrong = [
        ("a.mp4 --start 5 --end 3", "--end must be behind --start: nothing is between them."),
        ("a.mp4 --end 0", "--end must be above 0: nothing is before the beginning."),
        ("a.mp4 --start 1:75", "--start must be seconds or [h:]mm:ss, such as 90.5 or 1:30.5, got 1:75."),
        ("a.mp4 --start -1", "--start must be seconds or [h:]mm:ss, such as 90.5 or 1:30.5, got -1."),
        ("a.mp4 --every 0", "--every must be 1…1000000, got 0."),
        ("a.mp4 -o b.avi", "--output must end in .mp4, got 'b.avi'."),
        ("a.mp4 b.mp4 -o c.mp4", "--output 'c.mp4' is for one video, got 2; use --output-dir DIR."),
        ("a.mp4 --style sides", "--style is for the video that is written: add --output OUT.mp4."),
        ("a.mp4 --keep-audio", "--keep-audio is for the video that is written: add --output OUT.mp4."),
        ("a.mp4 --format coco", "--format is for JSON: add --json FILE, or --json - for standard output."),
        (
            "-",
            "pose video reads files, not standard input. For raw frames: pose camera - --size WxH --fps N"
        ),
        (
            "rtsp://me:secret@host/x",
            "'rtsp://me:***@host/x' is no file. For cameras and streams: pose camera rtsp://me:***@host/x"
        ),
        (
            "a.mp4 --subject tallest",
            "--subject must be largest, center, first or the id of a person, from 0, got tallest."
        ),
        (
            "a.mp4 --smooth strong",
            "--smooth must be mediapipe, live, sport, none or offline, got strong."
        ),
    ]

    @Test(arguments: wrong) func usageErrorsAreSaidAndNothingIsBegun(
        line: (arguments: String, message: String)
    ) async throws {
        let program = try TestProgram()
        let run = try await program.shell("pose video \(line.arguments)")
        #expect(run.code == 2 && run.text.isEmpty)
        #expect(run.errors.split(separator: "\n").first.map(String.init) == "pose: \(line.message)")
        #expect(try program.files().isEmpty)
    }

    @Test func theSourceIsNotOverwritten() async throws {
        let program = try TestProgram()
        try await program.makeFilm("a.mp4", frameCount: 2)
        let before = try program.read("a.mp4")
        for output in ["-o a.mp4", "-o ./a.mp4", "--output-dir .", "--json a.mp4"] {
            let run = try await program.shell("pose video a.mp4 \(output)")
            #expect(run.code == 2 && run.errors.contains("would overwrite that video"))
        }
        #expect(try program.read("a.mp4") == before)
    }

    @Test func anAnimatedPNGIsAFilm() async throws {
        let program = try TestProgram()
        try await program.makeFilm("a.mp4", frameCount: 3)
        let run = try await program.shell(
            "ffmpeg -v error -nostdin -i a.mp4 -f apng a.png && pose video a.png --json - --no-timing -q"
        )
        #expect(run.code == 0 && run.errors.isEmpty)
        #expect(try run.objects().compactMap { $0["frame"] as? Int } == [0, 1, 2])
    }

    @Test func aPhotoAndAVideoAreSentToEachOthersCommand() async throws {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "a.png")
        try program.placeDemo()
        let photo = try await program.pose("video", "a.png", "-o", "o.mp4")
        #expect(photo.code == 65)
        #expect(
            photo.errors == "pose: a.png: this is a PNG picture, no video. For photos: pose image a.png\n"
        )
        let video = try await program.pose("image", "demo.mp4", "--json", "o.json")
        #expect(video.code == 65)
        #expect(video.errors.hasSuffix(" For videos: pose video demo.mp4\n"))
        #expect(try program.files() == ["a.png", "demo.mp4"])
    }

    @Test func nothingIsLeftWhereNothingCouldBegin() async throws {
        let program = try TestProgram()
        try await program.makeFilm("a.mp4", frameCount: 2)
        let late = try await program.pose(
            "video",
            "a.mp4",
            "--start",
            "100",
            "-o",
            "o.mp4",
            "--json",
            "o.jsonl"
        )
        #expect(late.code == 2)
        #expect(late.errors.contains("100 s"))
        let missing = try await program.pose("video", "b.mp4", "-o", "o.mp4", "--json", "o.jsonl")
        #expect(missing.code == 66)
        let without = try await program.pose(
            "video",
            "a.mp4",
            "-o",
            "o.mp4",
            "--json",
            "o.jsonl",
            environment: ["PATH": "/nonexistent"]
        )
        #expect(without.code == 69)
        #expect(without.errors.contains("ffmpeg"))
        let unknown = try await program.pose(
            "video",
            "a.mp4",
            "-o",
            "o.mp4",
            "--json",
            "o.jsonl",
            environment: ["POSE_MODELS": program.directory.path]
        )
        #expect(unknown.code == 69)
        #expect(try program.files() == ["a.mp4"])
    }

    /// It was a success with a file that was not there.
    @Test func aPartWithoutAFrameIsAnError() async throws {
        let program = try TestProgram()
        try await program.makeFilm("a.mp4", frameCount: 10)
        try await program.makeFilm("b.mp4", frameCount: 12)
        let run = try await program.shell(
            """
            pose video a.mp4 --start 0.95 -o t.mp4 --json t.jsonl; echo $?
            pose video a.mp4 --start 0.91 --end 0.93 -q; echo $?
            pose video a.mp4 b.mp4 --start 0.95 --output-dir out --no-timing; echo $?
            """
        )
        let late =
            "pose: 'a.mp4' has no frame between 0.95 s and 1 s. Choose a longer part with --start and --end.\n"
        #expect(run.errors == late + late.replacing("0.95 s and 1 s", with: "0.91 s and 0.93 s") + late)
        #expect(run.lines.count == 5 && run.lines.prefix(2) == ["65", "65"])
        #expect(run.lines.dropFirst(2).first?.hasPrefix("b.mp4: 2 frames, ") == true)
        #expect(run.lines.suffix(2) == ["1 video, 2 frames; 1 failed.", "65"])
        #expect(try program.files() == ["a.mp4", "b.mp4", "out/b.mp4"])
    }

    @Test func aCutFilmGivesWhatIsBeforeTheCutAndAnError() async throws {
        let program = try TestProgram()
        let whole = try Data(contentsOf: Media.file("demo.mp4"))
        try program.placeDemo(as: "whole.mp4")
        let moved = try await program.shell(
            "ffmpeg -v error -i whole.mp4 -t 2 -c copy -movflags +faststart fast.mp4 && rm whole.mp4"
        )
        #expect(moved.code == 0 && whole.count > 0)
        let fast = try program.read("fast.mp4")
        try program.write("cut.mp4", fast.prefix(fast.count * 2 / 3))
        let run = try await program.pose(
            "video",
            "cut.mp4",
            "-o",
            "o.mp4",
            "--json",
            "o.jsonl",
            "-c",
            "\(Media.quickest.rawValue)",
            "--every",
            "2"
        )
        #expect(run.code == 65)
        #expect(run.errors.hasPrefix("pose: ") && run.errors.contains("'cut.mp4'"))
        let count = try records(program.read("o.jsonl")).count
        #expect((5..<30).contains(count))
        #expect(try await program.frameCount(of: "o.mp4") == count)
    }

    @Test func aReaderThatGoesAwayEndsTheRunQuietly() async throws {
        let program = try TestProgram()
        try program.placeDemo()
        let run = try await program.shell(
            "pose video demo.mp4 -c \(Media.quickest.rawValue) --json - | head -n 1 | wc -l; echo ${PIPESTATUS[0]}"
        )
        #expect(run.lines == ["1", "141"])
        #expect(run.errors.isEmpty)
    }

    /// The part of a film that was done took the place of the whole one, without a word.
    @Test(arguments: ["mediapipe", "offline"])
    func filesStayAsTheyWereWhenTheRunFailsElsewhere(smoothing: String) async throws {
        let program = try TestProgram()
        try program.placeDemo()
        let options = "demo.mp4 --end 2 -c \(Media.quickest.rawValue) --smooth \(smoothing)"
        for name in ["o.mp4", "o.jsonl"] { try program.write(name, Data("whole".utf8)) }
        let run = try await program.shell(
            """
            pose video \(options) -o o.mp4 --json o.jsonl --csv - | head -c 10 > head.csv; echo ${PIPESTATUS[0]}
            pose video \(options) -o o.mp4 --csv o.jsonl --json /dev/full; echo $?
            """
        )
        #expect(run.lines == ["141", "74"])
        #expect(run.errors == "pose: '/dev/full' could not be written: No space left on device.\n")
        for name in ["o.mp4", "o.jsonl"] { #expect(try program.read(name) == Data("whole".utf8)) }
        #expect(try program.files() == ["demo.mp4", "head.csv", "o.jsonl", "o.mp4"])
    }

    @Test func resultsOfAFilmThatIsDoneOutliveAnErrorOfAnotherOne() async throws {
        let program = try TestProgram()
        try await program.makeFilm("a.mp4", frameCount: 2)
        try await program.makeFilm("b.mp4", frameCount: 2)
        try program.write("out/b.mp4/x", Data())
        let run = try await program.pose(
            "video",
            "a.mp4",
            "b.mp4",
            "--output-dir",
            "out",
            "--json",
            "all.jsonl"
        )
        #expect(run.code == 74)
        #expect(run.errors == "pose: 'out/b.mp4' could not be written: Is a directory.\n")
        #expect(try records(program.read("all.jsonl")).map(\.source) == ["a.mp4", "a.mp4"])
    }

    /// A decoder that is started before its film was looked at needs the option; others are started behind that.
    @Test func anFFmpegThatTakesNoFiltersFromAFileDoesAsWell() async throws {
        let program = try TestProgram()
        try await program.makeFilm("a.mp4", frameCount: 3)
        let script = """
            mkdir bin; export REAL=$(command -v ffmpeg)
            cat > bin/ffmpeg <<'END'
            #!/bin/bash
            echo "$*" >> calls.txt
            [[ " $* " != *" -filter_script:v "* ]] || { echo "Unrecognized option" >&2; exit 1; }
            exec "$REAL" "$@"
            END
            chmod +x bin/ffmpeg; PATH=$PWD/bin:$PATH pose video a.mp4 -c \(Media.quickest.rawValue) --json - --quiet | wc -l
            wc -l < calls.txt
            """
        let run = try await program.shell(script)
        #expect(run.lines == ["3", "2"], "\(run.errors)")
    }

    // MARK: - Interruptions

    @Test(arguments: [("INT", "130"), ("TERM", "143")])
    func anInterruptedRunLeavesAVideoThatPlaysAndTheLinesSoFar(signal: String, code: String) async throws {
        let program = try TestProgram()
        try program.placeDemo()
        let script = """
            set -m; ulimit -c 0
            pose video demo.mp4 -c \(Media.quickest.rawValue) -t 1 -o o.mp4 --json all.json -f coco --csv - > o.csv 2> err.txt & child=$!
            for i in {1..6000}; do [ "$(wc -l < o.csv)" -ge 6 ] && break; sleep 0.01; done
            kill -\(signal) $child; wait $child; echo $?; cat err.txt
            """
        let run = try await program.shell(script)
        #expect(run.lines.first == code)
        let pattern =
            #/pose: interrupted by SIG[A-Z]+: (\d+) frames are done, with the video in 'o\.mp4' and the results in 'all\.json'\./#
        let match = try #require(run.lines.last?.wholeMatch(of: pattern))
        let count = try #require(Int(match.1))
        #expect((6..<230).contains(count))
        #expect(try await program.frameCount(of: "o.mp4") == count)
        let array = try JSONSerialization.jsonObject(with: program.read("all.json")) as? [Any]
        #expect((array?.count ?? 0) >= 4)
        #expect(try program.files().allSatisfy { !$0.hasSuffix(".part") })
    }

    /// It was the film of the same place in the list, which may be one that could not be read.
    @Test func theVideoThatIsNamedIsTheOneThatWasWritten() async throws {
        let program = try TestProgram()
        try program.placeDemo()
        try program.write("bad.mp4", Data("no video at all, but a text".utf8))
        let script = """
            set -m; ulimit -c 0
            pose video bad.mp4 demo.mp4 -c \(Media.quickest.rawValue) -t 1 --output-dir out --csv - > o.csv 2> err.txt & child=$!
            for i in {1..6000}; do [ "$(wc -l < o.csv)" -ge 6 ] && break; sleep 0.01; done
            kill -INT $child; wait $child; echo $?; tail -n 1 err.txt
            """
        let run = try await program.shell(script)
        #expect(run.lines.first == "130")
        #expect(run.lines.last?.hasSuffix(" frames are done, with the video in 'out/demo.mp4'.") == true)
        #expect(try program.files().contains("out/demo.mp4") && !program.files().contains("out/bad.mp4"))
    }

    @Test func aVideoThatIsDrawnInASecondPassIsNamedWhenThatIsInterrupted() async throws {
        let program = try TestProgram()
        try program.placeDemo()
        // Results are written between the passes.
        let script = """
            set -m; ulimit -c 0
            pose video demo.mp4 --end 3 -c \(Media.quickest.rawValue) --smooth offline -o o.mp4 --csv - > o.csv 2> err.txt & child=$!
            for i in {1..6000}; do ls -A | grep -q part && break; sleep 0.01; done
            sleep 0.3; kill -INT $child; wait $child; echo $?; cat err.txt
            """
        let run = try await program.shell(script)
        // A quick machine may have drawn all of it, and a slow one nothing.
        let isWritten = try program.files().contains("o.mp4")
        if run.lines.first == "130" {
            #expect(
                run.lines.last?.hasSuffix(isWritten ? ", with the video in 'o.mp4'." : " are done.") == true
            )
        }
        #expect(try program.files().allSatisfy { !$0.hasSuffix(".part") })
    }
}
