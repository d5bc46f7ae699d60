// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseImaging
import PoseMedia
import PoseSystem
import PoseTestSupport
import Testing

@Suite("Videos that are written")
struct VideoWriterTests {
    private let clips: Clips

    init() throws {
        clips = try Clips()
    }

    /// Writes the frames of a clip into another.
    private func copy(
        _ path: String,
        to copy: String,
        _ reading: VideoReaderOptions = VideoReaderOptions(),
        _ change: (inout VideoWriterOptions) -> Void = { _ in }
    ) throws -> VideoWriter {
        let reader = try VideoReader(.file(path), options: reading)
        var writing = VideoWriterOptions()
        writing.timeScale = reader.info.timeScale
        writing.frameRate = reader.info.frameRate
        writing.start = reading.start ?? .zero
        change(&writing)
        let writer = try VideoWriter(
            path: copy,
            width: reader.info.width,
            height: reader.info.height,
            format: reading.pixelFormat,
            color: reader.info.color,
            options: writing,
            recycle: { reader.recycle($0) }
        )
        while let frame = try reader.next() { try writer.write(frame.picture, at: frame.time) }
        try writer.finish()
        return writer
    }

    private func gray(_ luma: UInt8 = 128, width: Int = 64, height: Int = 48) throws -> PictureBuffer {
        let picture = try PictureBuffer(width: width, height: height, format: .i420)
        picture.withMutableBytes { bytes in
            for index in bytes.indices { bytes[index] = index < width * height ? luma : 128 }
        }
        return picture
    }

    @Test(arguments: ["30", "24000/1001", "30000/1001", "60000/1001", "25"])
    func constantTimesAndTheRateAreKept(rate: String) throws {
        let path = try clips.make(
            "a.mp4",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=64x48:r=\(rate):d=0.5",
            "-c:v",
            "libx264",
            "-pix_fmt",
            "yuv420p",
            "-colorspace",
            "bt709"
        )
        _ = try copy(path, to: clips.path("b.mp4"))
        #expect(try Tool.times(clips.path("b.mp4")).isClose(to: Tool.times(path)))
        let (before, after) = (
            try VideoReader(.file(path)).info, try VideoReader(.file(clips.path("b.mp4"))).info
        )
        #expect(after.frameRate == before.frameRate)
        #expect(after.duration == before.duration)
        #expect(after.estimatedFrameCount == before.estimatedFrameCount)
        #expect(after.color == before.color)
    }

    @Test func theLastPictureOfALargeVideoHasItsLength() throws {
        // Pictures of which so few fit into what ffmpeg looks at that it cannot tell the rate by itself.
        var writing = VideoWriterOptions()
        (writing.frameRate, writing.timeScale) = (FrameRate(24000, 1001), 24000)
        let path = clips.path("a.mp4")
        let writer = try VideoWriter(path: path, width: 1920, height: 1080, options: writing)
        let rate = try #require(FrameRate(24000, 1001))
        for number in 0..<6 {
            try writer.write(gray(UInt8(number), width: 1920, height: 1080), at: rate.time(ofFrame: number))
        }
        try writer.finish()
        #expect(try Tool.probe(path, "stream=avg_frame_rate,duration_ts") == ["24000/1001,6006"])
    }

    @Test func variableTimesAreKeptExactly() throws {
        let path = try clips.pattern(
            "a.mp4",
            seconds: "1",
            "-vf",
            "select='not(eq(mod(n,7),3))*not(between(n,12,19))'",
            "-fps_mode",
            "vfr",
            "-c:v",
            "libx264"
        )
        _ = try copy(path, to: clips.path("b.mp4"))
        #expect(try Tool.times(clips.path("b.mp4")) == Tool.times(path))
    }

    @Test(arguments: ["yuv420p", "yuvj420p"])
    func picturesAndTheirRangeAreKept(format: String) throws {
        let path = try clips.pattern("a.mp4", "-c:v", "libx264", "-pix_fmt", format)
        _ = try copy(path, to: clips.path("b.mp4")) { $0.quality = 0 }
        let (before, after) = (try ReadFrames(path), try ReadFrames(clips.path("b.mp4")))
        #expect(after.info.color.range == before.info.color.range)
        // Quality 0 is without loss.
        #expect(after.pixels == before.pixels)
    }

    @Test func picturesInBGRXKeepTheirColours() throws {
        let path = try clips.pattern(
            "a.mp4",
            "-c:v",
            "libx264",
            "-pix_fmt",
            "yuv420p",
            "-colorspace",
            "bt709"
        )
        let reading = options { $0.pixelFormat = .bgrx }
        _ = try copy(path, to: clips.path("b.mp4"), reading) { $0.quality = 0 }
        let (before, after) = (try ReadFrames(path), try ReadFrames(clips.path("b.mp4")))
        #expect(after.info.color == before.info.color)
        // Luma keeps what half the chroma loses.
        let luma = (0..<(64 * 48)).map { abs(Int(before.pixels[$0]) - Int(after.pixels[$0])) }
        #expect(Double(luma.reduce(0, +)) / Double(luma.count) < 2)
    }

    @Test(arguments: [(65, 49), (64, 49), (65, 48), (1, 1)])
    func oddSidesArePaddedToEvenOnes(width: Int, height: Int) throws {
        let writer = try VideoWriter(path: clips.path("a.mp4"), width: width, height: height)
        for number in 0..<3 {
            try writer.write(gray(width: width, height: height), at: .milliseconds(40) * number)
        }
        try writer.finish()
        let info = try VideoReader(.file(clips.path("a.mp4"))).info
        #expect((info.width, info.height) == (width + width % 2, height + height % 2))
    }

    @Test func timesThatRepeatOrGoBackArePutBehindTheLast() throws {
        let writer = try VideoWriter(path: clips.path("a.mp4"), width: 64, height: 48)
        for milliseconds in [0, 40, 40, 20, 80, -500, 120] {
            try writer.write(gray(), at: .milliseconds(milliseconds))
        }
        try writer.finish()
        let times = try Tool.times(clips.path("a.mp4"))
        let ticks = [0, 3600, 3601, 3602, 7200, 7201, 10800]
        #expect(times.isClose(to: ticks.map { .seconds(Double($0) / 90_000) }))
    }

    @Test func nothingIsSeenBeforeTheEnd() throws {
        let path = clips.path("a.mp4")
        try Data("old".utf8).write(to: URL(filePath: path))
        let writer = try VideoWriter(path: path, width: 64, height: 48)
        try writer.write(gray(), at: .zero)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
        writer.abort()
        #expect(clips.directory.contents == ["a.mp4"])
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
        let error = #expect(throws: MediaError.self) { try writer.write(gray(), at: .zero) }
        #expect(error?.code == .outputFailed)
    }

    @Test func aFileWithoutAPictureIsAnErrorAndNoFile() throws {
        let writer = try VideoWriter(path: clips.path("a.mp4"), width: 64, height: 48)
        let error = #expect(throws: MediaError.self) { try writer.finish() }
        #expect(error?.code == .outputFailed)
        #expect(error?.message.contains("there is no picture") == true)
        #expect(clips.directory.contents.isEmpty)
    }

    @Test func picturesOfAnotherSizeAreRefused() throws {
        let writer = try VideoWriter(path: clips.path("a.mp4"), width: 64, height: 48)
        let error = #expect(throws: MediaError.self) { try writer.write(gray(width: 62), at: .zero) }
        #expect(error?.code == .invalidOption)
    }

    @Test func directoriesAreMadeAndAFileInTheirPlaceIsAnError() throws {
        let writer = try VideoWriter(path: clips.path("new/er/a.mp4"), width: 64, height: 48)
        try writer.write(gray(), at: .zero)
        try writer.finish()
        #expect(try Tool.times(clips.path("new/er/a.mp4")).count == 1)
        let error = #expect(throws: MediaError.self) {
            try VideoWriter(path: clips.path("new/er/a.mp4/b.mp4"), width: 64, height: 48)
        }
        #expect(error?.code == .outputFailed)
        #expect(throws: MediaError.self) { try VideoWriter(path: clips.path("new"), width: 64, height: 48) }
    }

    @Test func whereSomebodyWasFilmedIsNotTold() throws {
        let path = try clips.pattern(
            "a.mp4",
            "-c:v",
            "libx264",
            "-metadata",
            "location=+48.8584+002.2945/",
            "-metadata",
            "title=Secret"
        )
        #expect(try Tool.probe(path, "format_tags").joined().contains("48.8584"))
        _ = try copy(path, to: clips.path("b.mp4")) { $0.audio = .init(from: .file(path)) }
        let tags = try Tool.probe(clips.path("b.mp4"), "format_tags:stream_tags").joined()
        #expect(!tags.contains("48.8584") && !tags.contains("Secret"))
    }

    // MARK: - Sound

    private func talking(_ name: String, _ audio: String...) throws -> String {
        let input = [
            "-f", "lavfi", "-i", "testsrc2=s=64x48:r=30:d=2", "-f", "lavfi", "-i", "sine=d=2:r=44100",
        ]
        let path = clips.path(name)
        _ = try Tool.run(
            "ffmpeg",
            ["-v", "error", "-y"] + input + ["-c:v", "libx264"] + audio + ["file:" + path]
        )
        return path
    }

    private func duration(_ path: String, _ stream: String) throws -> Double {
        try #require(
            try Tool.probe(path, "stream=duration", "-select_streams", stream).first.flatMap { Double($0) }
        )
    }

    @Test(arguments: ["aac", "libmp3lame"])
    func soundIsCopied(codec: String) throws {
        let path = try talking("a.mp4", "-c:a", codec)
        let writer = try copy(path, to: clips.path("b.mp4")) { $0.audio = .init(from: .file(path)) }
        #expect(writer.warnings.isEmpty)
        let packets = ["-map", "0:a", "-c", "copy", "-f", "md5", "-"]
        let before = try Tool.run("ffmpeg", ["-v", "error", "-i", path] + packets)
        #expect(try Tool.run("ffmpeg", ["-v", "error", "-i", clips.path("b.mp4")] + packets) == before)
        #expect(clips.directory.contents == ["a.mp4", "b.mp4"])
    }

    @Test func soundThatMP4CannotHoldIsEncodedAnew() throws {
        let path = try talking("a.mkv", "-c:a", "pcm_s16le")
        let writer = try copy(path, to: clips.path("b.mp4")) { $0.audio = .init(from: .file(path)) }
        #expect(writer.warnings.isEmpty)
        #expect(try VideoReader(.file(clips.path("b.mp4"))).info.audioCodec == "aac")
        #expect(abs(try duration(clips.path("b.mp4"), "a:0") - 2) < 0.1)
    }

    @Test func aPartHasThatPartsSound() throws {
        let path = try talking("a.mp4", "-c:a", "aac", "-g", "10")
        let part = options { ($0.start, $0.end) = (.milliseconds(500), .milliseconds(1500)) }
        _ = try copy(path, to: clips.path("b.mp4"), part) { $0.audio = .init(from: .file(path)) }
        #expect(abs(try duration(clips.path("b.mp4"), "v:0") - 1) < 0.05)
        #expect(abs(try duration(clips.path("b.mp4"), "a:0") - 1) < 0.1)
        #expect(try #require(Tool.times(clips.path("b.mp4")).first) == .zero)
    }

    @Test func anInterruptedRunHasNoMoreSoundThanPictures() throws {
        let path = try talking("a.mp4", "-c:a", "aac")
        var writing = VideoWriterOptions()
        writing.audio = .init(from: .file(path))
        let writer = try VideoWriter(path: clips.path("b.mp4"), width: 64, height: 48, options: writing)
        for number in 0..<15 { try writer.write(gray(), at: .seconds(Double(number) / 30)) }
        try writer.finish()
        #expect(abs(try duration(clips.path("b.mp4"), "a:0") - 0.5) < 0.1)
    }

    @Test func picturesThatBeginLateStayTogetherWithTheSound() throws {
        let path = try talking("a.mp4", "-c:a", "aac")
        var writing = VideoWriterOptions()
        writing.audio = .init(from: .file(path))
        let writer = try VideoWriter(path: clips.path("b.mp4"), width: 64, height: 48, options: writing)
        for number in 15..<30 { try writer.write(gray(), at: .seconds(Double(number) / 30)) }
        try writer.finish()
        #expect(try Tool.times(clips.path("b.mp4"))[0] == .milliseconds(500))
        #expect(abs(try duration(clips.path("b.mp4"), "a:0") - 1) < 0.1)
    }

    @Test func aSourceWithoutSoundNeedsNone() throws {
        let path = try clips.pattern("a.mp4", "-c:v", "libx264")
        let writer = try copy(path, to: clips.path("b.mp4")) { $0.audio = .init(from: .file(path)) }
        #expect(writer.warnings.isEmpty)
        #expect(try VideoReader(.file(clips.path("b.mp4"))).info.hasAudio == false)
    }

    // MARK: - When it fails

    @Test func aFullDiskIsAnError() throws {
        var writing = VideoWriterOptions()
        writing.layout = .fragmented
        let writer = try VideoWriter(path: "/dev/full", width: 64, height: 48, options: writing)
        let error = #expect(throws: MediaError.self) {
            for number in 0..<60 { try writer.write(gray(UInt8(number)), at: .milliseconds(40) * number) }
            try writer.finish()
        }
        #expect(error?.code == .outputFailed)
        #expect(error?.message.contains("No space left") == true)
    }

    @Test func anEncoderThatDiesIsAnErrorAndLeavesNoFile() throws {
        let writer = try VideoWriter(path: clips.path("a.mp4"), width: 64, height: 48)
        try writer.write(gray(), at: .zero)
        let part = try #require(clips.directory.contents.first)
        for pid in ChildrenOfThisProcess.mentioning(part) { kill(pid, SIGKILL) }
        let error = #expect(throws: MediaError.self) {
            for number in 1..<2000 { try writer.write(gray(), at: .milliseconds(40) * number) }
            try writer.finish()
        }
        #expect(error?.code == .outputFailed)
        #expect(error?.message.contains("ffmpeg was ended by signal 9") == true)
        writer.abort()
        _ = consume writer
        #expect(clips.directory.contents.isEmpty)
    }

    @Test func fragmentsStayPlayableWhenTheEncoderIsKilled() throws {
        var writing = VideoWriterOptions()
        writing.layout = .fragmented
        let path = clips.path("a.mp4")
        let writer = try VideoWriter(path: path, width: 64, height: 48, options: writing)
        for number in 0..<90 { try writer.write(gray(UInt8(number)), at: .milliseconds(40) * number) }
        var size = 0
        for _ in 0..<200 where size < 1500 {
            usleep(20_000)
            size = (try? FileSystem.status(of: FilePath(path)).byteCount) ?? 0
        }
        for pid in ChildrenOfThisProcess.mentioning(path) { kill(pid, SIGKILL) }
        writer.abort()
        #expect(try Tool.times(path).count >= 10)
    }

    @Test func optionsOutOfTheirRangesAreRefused() throws {
        let changes: [(inout VideoWriterOptions) -> Void] = [
            { $0.quality = 52 }, { $0.timeScale = 0 }, { $0.queueDepth = 0 }, { $0.start = .seconds(-1) },
            { $0.audio = .init(from: .camera("/dev/video0")) },
            { ($0.audio, $0.layout) = (.init(from: .file("a.mp4")), .fragmented) },
        ]
        for change in changes {
            var writing = VideoWriterOptions()
            change(&writing)
            let error = #expect(throws: MediaError.self) {
                try VideoWriter(path: clips.path("a.mp4"), width: 64, height: 48, options: writing)
            }
            #expect(error?.code == .invalidOption)
        }
        for (width, height, format) in [(0, 48, PixelFormat.i420), (64, 20_000, .i420), (64, 48, .rgb)] {
            #expect(throws: MediaError.self) {
                try VideoWriter(path: clips.path("a.mp4"), width: width, height: height, format: format)
            }
        }
        #expect(clips.directory.contents.isEmpty)
    }
}
