// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseImaging
import PoseTestSupport
import Testing

@Suite("Command line: cameras") struct CameraTests {
    /// A film as raw frames of 480 × 400 pixels.
    private func program(frameCount: Int = 5) async throws -> TestProgram {
        let program = try TestProgram()
        try await program.makeFilm("a.mp4", frameCount: frameCount)
        return program
    }

    private func raw(_ format: String) -> String {
        "ffmpeg -v error -nostdin -i a.mp4 -f rawvideo -pix_fmt \(format) - 2> /dev/null"
    }

    @Test(arguments: ["bgr24", "rgb24", "yuv420p"])
    func framesOnStandardInputAreFollowed(format: String) async throws {
        let program = try await program()
        let run = try await program.shell(
            "\(raw(format)) | pose camera - --size 480x400 --fps 10 --pixel-format \(format) --json - --no-timing"
        )
        #expect(run.code == 0 && run.errors.isEmpty)
        let objects = try run.objects()
        #expect(objects.compactMap { $0["frame"] as? Int } == Array(0..<5))
        #expect(objects.compactMap { $0["time"] as? Double } == [0, 0.1, 0.2, 0.3, 0.4])
        #expect(objects.allSatisfy { $0["source"] as? String == "-" })
        #expect(objects.allSatisfy { ($0["people"] as? [Any])?.count == 1 })
    }

    @Test func aMirrorTurnsThePictureAndNotTheResults() async throws {
        let program = try await program()
        let command = "pose camera - --size 480x400 --fps 10 --no-timing -q"
        let run = try await program.shell(
            """
            \(raw("bgr24")) | \(command) -o m.mp4 --mirror --json m.jsonl
            \(raw("bgr24")) | \(command) -o p.mp4 --json p.jsonl
            """
        )
        #expect(run.code == 0 && run.output.isEmpty && run.errors.isEmpty)
        #expect(try program.read("m.jsonl") == program.read("p.jsonl"))
        let (mirrored, plain) = (
            try await program.frame(3, of: "m.mp4"), try await program.frame(3, of: "p.mp4")
        )
        func difference(_ column: (Int) -> Int) -> Double {
            var sum = 0
            for x in 0..<480 {
                for y in 0..<400 { sum += abs(Int(mirrored[x, y].green) - Int(plain[column(x), y].green)) }
            }
            return Double(sum) / (480 * 400)
        }
        #expect(difference { 479 - $0 } < 5)
        #expect(difference { $0 } > 20)
    }

    @Test func withoutAnOutputALineASecondSaysWhatThereIs() async throws {
        let program = try await program(frameCount: 25)
        let run = try await program.shell(
            "ffmpeg -v error -nostdin -re -i a.mp4 -f rawvideo -pix_fmt bgr24 - "
                + "| pose camera - --size 480x400 --fps 10 -c \(Media.quickest.rawValue)"
        )
        #expect(run.code == 0)
        let pattern = #/\d+ s: (nobody|1 person( \(id 0\))?), \d+\.\d frames a second/#
        #expect(run.lines.dropLast().contains { $0.wholeMatch(of: pattern) != nil })
        #expect(run.lines.dropLast().allSatisfy { $0.wholeMatch(of: pattern) != nil })
        #expect(run.lines.last?.hasPrefix("-: ") == true)
        #expect(run.errors.hasPrefix("Nothing was written."))
    }

    @Test func framesBeforeABrokenOneAreKept() async throws {
        let program = try await program()
        let run = try await program.shell(
            "\(raw("bgr24")) | head -c 1300000 | pose camera - --size 480x400 --fps 10 --json c.jsonl -o c.mp4"
        )
        #expect(run.code == 65)
        #expect(run.errors.contains("standard input"))
        #expect(
            String(decoding: try program.read("c.jsonl"), as: UTF8.self).split(separator: "\n").count == 2
        )
        #expect(try await program.frameCount(of: "c.mp4") == 2)
    }

    @Test func standardInputWithoutAFrameIsAnError() async throws {
        let program = try TestProgram()
        let run = try await program.pose("camera", "-", "--size", "64x48", "-o", "o.mp4", "--json", "o.jsonl")
        #expect(run.code == 65 && run.text.isEmpty)
        #expect(
            run.errors
                == "pose: Standard input gave no frame of 9216 bytes, which 64 × 48 pixels in bgr have: it is empty. "
                + "Does the program that is to write there work?\n"
        )
        #expect(try !program.files().contains("o.jsonl"))
    }

    @Test func aVideoOfFragmentsKeepsAllFramesBeforeAnErrorElsewhere() async throws {
        let program = try await program(frameCount: 25)
        let run = try await program.shell(
            """
            \(raw("bgr24")) | pose camera - --size 480x400 --fps 10 -c \(Media.quickest.rawValue) -o c.mp4 --json - \
            | head -n 2 > head.jsonl; echo ${PIPESTATUS[1]}
            """
        )
        #expect(run.lines == ["141"] && run.errors.isEmpty)
        #expect(try await program.frameCount(of: "c.mp4") ?? 0 >= 2)
    }

    @Test func aCameraThatShowsNothingMoreIsInterrupted() async throws {
        let program = try await program()
        let script = """
            set -m; ulimit -c 0; mkfifo pipe; exec 3<> pipe
            pose camera - --size 480x400 --fps 10 -c \(Media.quickest.rawValue) -o c.mp4 --json c.jsonl --csv - < pipe > c.csv 2> err.txt & child=$!
            \(raw("bgr24")) > pipe
            for i in {1..6000}; do [ "$(wc -l < c.csv)" -ge 6 ] && break; sleep 0.01; done
            kill -TERM $child; wait $child; echo $?; cat err.txt
            """
        let run = try await program.shell(script)
        #expect(run.lines.first == "143")
        #expect(
            run.lines.last
                == "pose: interrupted by SIGTERM: 5 frames are done, with the video in 'c.mp4' and the results in 'c.jsonl'."
        )
        #expect(try await program.frameCount(of: "c.mp4") == 5)
        #expect(
            String(decoding: try program.read("c.jsonl"), as: UTF8.self).split(separator: "\n").count == 5
        )
    }

    static let wrong = [
        ("a.mp4", "'a.mp4' is no camera and no stream. For a file: pose video a.mp4"),
        ("-", "- needs --size WxH: what comes on standard input are pixels alone."),
        (
            "rtmp://u:secret@x/y",
            "'rtmp://u:***@x/y' is no address of a stream; rtsp, rtsps, http, https are read."
        ),
        ("- --size 640", "--size must be WIDTHxHEIGHT, each 1…16384, such as 1280x720, got 640."),
        ("- --size 0x5", "--size must be WIDTHxHEIGHT, each 1…16384, such as 1280x720, got 0x5."),
        ("- --fps 0", "--fps must be frames a second up to 1000, such as 30, 29.97 or 30000/1001, got 0."),
        ("--pixel-format bgr24", "--pixel-format is for -, the frames on standard input."),
        ("rtsp://h/x --fps 5", "--fps and --size are for cameras and -; a stream comes as it is."),
        ("--mirror", "--mirror is for the video that is written: add --output OUT.mp4."),
        ("--smooth offline", "--smooth must be mediapipe, live, sport or none, got offline."),
        ("/dev/video0 /dev/video1", "pose camera takes no further argument, got '/dev/video1'."),
    ]

    @Test(arguments: wrong) func usageErrorsAreSaidAndNothingIsBegun(
        line: (arguments: String, message: String)
    ) async throws {
        let program = try TestProgram()
        let run = try await program.shell("pose camera \(line.arguments)")
        #expect(run.code == 2 && run.text.isEmpty)
        #expect(run.errors.split(separator: "\n").first.map(String.init) == "pose: \(line.message)")
        #expect(try program.files().isEmpty)
    }

    @Test func aCameraThatIsNotThereIsAClearError() async throws {
        let program = try TestProgram()
        let run = try await program.pose("camera", "/dev/video97", "--json", "c.jsonl")
        #expect(run.code == 66)
        #expect(run.errors.contains("'/dev/video97'"))
        #expect(try program.files().isEmpty)
    }
}
