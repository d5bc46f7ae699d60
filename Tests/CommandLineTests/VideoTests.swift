// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseImaging
import PoseTestSupport
import Testing

@Suite("Command line: videos") struct VideoTests {
    private func records(_ data: Data) throws -> [PoseDocument] {
        var reader = PoseStreamReader()
        reader.append([UInt8](data))
        reader.finish()
        var records: [PoseDocument] = []
        while let record = try reader.next() { records.append(record) }
        return records
    }

    @Test func aFilmGivesALineAFrameAndAVideoOfTheSameFrames() async throws {
        let program = try TestProgram()
        try program.placeDemo()
        let run = try await program.pose(
            "video",
            "demo.mp4",
            "--end",
            "1",
            "-o",
            "o.mp4",
            "--json",
            "o.jsonl"
        )
        #expect(run.code == 0 && run.errors.isEmpty)
        let pattern =
            #/demo\.mp4: 30 frames in \d+\.\d s \(\d+\.\d a second\), 1 person.*, nobody in \d frames? → o\.mp4/#
        #expect(run.lines.count == 1 && run.lines.first?.wholeMatch(of: pattern) != nil)
        let records = try records(program.read("o.jsonl"))
        #expect(records.map { $0.frame?.index } == Array(0..<30))
        for (index, record) in records.enumerated() {
            #expect(record.frame?.time == .microseconds((Double(index) * 1e6 / 30).rounded()))
            #expect(record.imageWidth == 1768 && record.imageHeight == 994 && record.source == "demo.mp4")
        }
        #expect(records.count { $0.poses.count == 1 } >= 27)
        #expect(try await program.frameCount(of: "o.mp4") == 30)
        // Joints are red, and nothing else in this clip is.
        func redCount(_ picture: ImageBuffer) -> Int {
            var count = 0
            for x in stride(from: 0, to: picture.width, by: 2) {
                for y in stride(from: 0, to: 500, by: 2) {
                    let pixel = picture[x, y]
                    if pixel.red > 220, pixel.green < 40, pixel.blue < 40 { count += 1 }
                }
            }
            return count
        }
        let drawn = try await program.frame(20, of: "o.mp4")
        #expect(drawn.width == 1768 && drawn.height == 994)
        #expect(redCount(drawn) > 100)
        #expect(redCount(try await program.frame(20, of: "demo.mp4")) < 10)
    }

    /// ffmpeg estimates the length of the last picture from as many frames as fit into the five megabytes that it looks at: from
    /// small ones, but for a single one, and not from large ones.
    @Test(arguments: [
        ("1920x1080", 4, 1), ("1920x1080", 1, 1), ("320x240", 6, 1), ("320x240", 1, 1), ("1920x1080", 4, 2),
    ])
    func aWrittenFilmIsAsLongAsItsSource(size: String, frameCount: Int, every: Int) async throws {
        let program = try TestProgram()
        let run = try await program.shell(
            """
            ffmpeg -v error -nostdin -f lavfi -i color=gray:size=\(size):rate=24 -frames:v \(frameCount) \
            -c:v libx264 -preset ultrafast a.mp4
            pose video a.mp4 -q --every \(every) -c \(Media.quickest.rawValue) -o o.mp4
            for film in a o; do ffprobe -v error -show_entries stream=duration -of csv=p=0 $film.mp4; done
            """
        )
        let seconds = run.lines.compactMap(Double.init)
        #expect(seconds.count == 2 && run.errors.isEmpty)
        #expect(abs(seconds[0] - Double(frameCount) / 24) < 0.001)
        #expect(abs(seconds[1] - seconds[0]) < 0.001)
    }

    @Test func aPartIsReadAndFramesKeepTheirNumbersAndTimes() async throws {
        let program = try TestProgram()
        try program.placeDemo()
        let run = try await program.pose(
            "video",
            "demo.mp4",
            "--start",
            "0:01",
            "--end",
            "00:01.5",
            "--every",
            "5",
            "--json",
            "-",
            "--complexity",
            "\(Media.quickest.rawValue)"
        )
        #expect(run.code == 0)
        let frames = try records(run.output).compactMap(\.frame)
        #expect(frames.map { $0.index % 5 } == [0, 0, 0])
        for frame in frames { #expect(frame.time >= .milliseconds(990) && frame.time < .milliseconds(1510)) }
        for (one, next) in zip(frames, frames.dropFirst()) {
            #expect(abs((next.time - one.time) / .milliseconds(1) - 5000.0 / 30) < 2)
        }
    }

    @Test func standardOutputHasTheLinesOfAFile() async throws {
        let program = try TestProgram()
        try await program.makeFilm("a.mp4", frameCount: 4)
        let printed = try await program.pose("video", "a.mp4", "--json", "-", "--no-timing")
        let written = try await program.pose("video", "a.mp4", "--json", "a.jsonl", "--no-timing")
        #expect(printed.code == 0 && written.code == 0)
        #expect(try printed.output == program.read("a.jsonl"))
        #expect(written.lines.first?.hasPrefix("a.mp4: 4 frames, 1 person") == true)
        #expect(try records(printed.output).allSatisfy { $0.timing == nil })
    }

    @Test func aDirectoryGetsAFileAFrame() async throws {
        let program = try TestProgram()
        try await program.makeFilm("walk.mp4", frameCount: 3)
        let run = try await program.pose(
            "video",
            "walk.mp4",
            "--json",
            "op/",
            "-f",
            "openpose",
            "--csv",
            "t.csv"
        )
        #expect(run.code == 0)
        #expect(
            try program.files()
                == (0..<3).map { "op/walk_00000000000\($0)_keypoints.json" } + ["t.csv", "walk.mp4"]
        )
        let table = String(decoding: try program.read("t.csv"), as: UTF8.self).split(separator: "\n")
        #expect(table.count == 4)
    }

    @Test func severalFilmsShareResultsAndABadOneIsReported() async throws {
        let program = try TestProgram()
        try await program.makeFilm("a.mp4", frameCount: 2)
        try await program.makeFilm("b-a.mp4", frameCount: 3)
        try program.write("c.mp4", Data("no video at all, but a text".utf8))
        let run = try await program.shell(
            "pose video a.mp4 nowhere.mp4 c.mp4 b-a.mp4 --json all.jsonl --output-dir out --no-timing"
        )
        #expect(run.code == 66)
        let complaints = run.errors.split(separator: "\n")
        #expect(complaints.count == 2)
        #expect(complaints.first?.contains("'nowhere.mp4'") == true)
        #expect(complaints.last?.contains("'c.mp4'") == true)
        #expect(run.lines.last == "2 videos, 5 frames; 2 failed.")
        #expect(
            try records(program.read("all.jsonl")).map(\.source) == [
                "a.mp4", "a.mp4", "b-a.mp4", "b-a.mp4", "b-a.mp4",
            ]
        )
        #expect(
            try program.files() == ["a.mp4", "all.jsonl", "b-a.mp4", "c.mp4", "out/a.mp4", "out/b-a.mp4"]
        )
        #expect(try await program.frameCount(of: "out/b-a.mp4") == 3)
    }

    @Test func soundGoesAlongWhenItIsWanted() async throws {
        let program = try TestProgram()
        try await program.makeFilm("a.mp4", frameCount: 5, sound: true)
        let run = try await program.shell(
            "pose video a.mp4 -o with.mp4 --keep-audio -q && pose video a.mp4 -o without.mp4 -q"
        )
        #expect(run.code == 0 && run.output.isEmpty && run.errors.isEmpty)
        let packets = try #require(try await program.frameCount(of: "a.mp4", stream: "a:0"))
        #expect(try await program.frameCount(of: "with.mp4", stream: "a:0") == packets)
        #expect(try await program.frameCount(of: "without.mp4", stream: "a:0") == nil)
        #expect(try await program.frameCount(of: "with.mp4") == 5)
    }

    @Test func offlineSmoothingGivesEveryFrameAndDrawsIt() async throws {
        let program = try TestProgram()
        try await program.makeFilm("a.mp4", frameCount: 12)
        let run = try await program.shell(
            """
            pose video a.mp4 --smooth offline -o o.mp4 --json o.jsonl --no-timing \
            && pose video a.mp4 --smooth none --json n.jsonl --no-timing
            """
        )
        #expect(run.code == 0 && run.errors.isEmpty)
        #expect(try await program.frameCount(of: "o.mp4") == 12)
        let (smooth, raw) = (try records(program.read("o.jsonl")), try records(program.read("n.jsonl")))
        #expect(smooth.map(\.frame?.index) == Array(0..<12) && raw.count == 12)
        // It moves evenly: what is smoothed stays near what was found, without lag.
        for (one, other) in zip(smooth, raw) {
            let (point, found) = (one.poses.first?[.nose], other.poses.first?[.nose])
            #expect(abs((point?.x ?? 0) - (found?.x ?? 1)) < 0.02)
        }
    }

    @Test func damageIsToldOnceThoughTheFilmIsReadTwice() async throws {
        let program = try TestProgram()
        try await program.makeFilm("a.mkv", frameCount: 20)
        var bytes = try program.read("a.mkv")
        bytes.replaceSubrange(
            bytes.count / 2..<bytes.count / 2 + 200,
            with: Data(repeating: 0x55, count: 200)
        )
        try program.write("a.mkv", bytes)
        let run = try await program.pose(
            "video",
            "a.mkv",
            "--smooth",
            "offline",
            "-o",
            "o.mp4",
            "-q",
            "-c",
            "\(Media.quickest.rawValue)"
        )
        #expect(run.code == 0 && run.errors.hasPrefix("pose: warning: 'a.mkv' is damaged in places"))
        #expect(run.errors.split(separator: "\n").count == 1)
    }

    @Test func aFilmThatIsTooWideToBeWrittenIsNamed() async throws {
        let program = try TestProgram()
        let run = try await program.shell(
            """
            ffmpeg -v error -nostdin -f lavfi -i color=gray:size=20000x64:rate=10 -frames:v 2 -c:v ffv1 a.mkv
            pose video a.mkv --output-dir out
            """
        )
        #expect(run.code == 2 && run.text.isEmpty)
        #expect(
            run.errors.hasPrefix(
                "pose: 'out/a.mp4' would have pictures of 20000 × 64 pixels; each side must be 1…16384. Scale the video down first: "
            )
        )
    }

    @Test func aLineFeedInANameIsWrittenAsAnEscape() async throws {
        let program = try TestProgram()
        try await program.makeFilm("a.mp4", frameCount: 2)
        let run = try await program.shell(
            "mv a.mp4 $'a\\nb.mp4'; pose video $'a\\nb.mp4' --output-dir out --no-timing"
        )
        #expect(run.errors.isEmpty)
        #expect(run.text.hasPrefix(#"a\x0Ab.mp4: 2 frames, "#) && run.text.hasSuffix(" → out/a\\x0Ab.mp4\n"))
    }

    // MARK: - What goes wrong

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
