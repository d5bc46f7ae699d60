// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseImaging
import PoseTestSupport
import Testing

@Suite("Command line: videos") struct VideoTests {
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
}

/// The results in a file of lines.
func records(_ data: Data) throws -> [PoseDocument] {
    var reader = PoseStreamReader()
    reader.append([UInt8](data))
    reader.finish()
    var records: [PoseDocument] = []
    while let record = try reader.next() { records.append(record) }
    return records
}
