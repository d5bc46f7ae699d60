// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseImaging
import PoseMedia
import PoseSystem
import PoseTestSupport
import Testing

@Suite("Frames of video files")
struct VideoReaderTests {
    private let clips: Clips

    init() throws {
        clips = try Clips()
    }

    @Test func aRealClipGivesEveryFrameWithItsTime() throws {
        let path = try Media.file("demo.mp4").path
        let frames = try ReadFrames(.file(path), keepsPixels: false)
        #expect((frames.info.width, frames.info.height) == (1768, 994))
        #expect(frames.info.frameRate == FrameRate(30))
        #expect(frames.info.estimatedFrameCount == 230)
        #expect(frames.info.codec == "vp9" && frames.info.audioCodec == "aac")
        #expect(frames.info.color == YUVColor(matrix: .bt709, range: .limited))
        #expect(frames.indices == Array(0..<230))
        let rate = try #require(FrameRate(30))
        #expect(frames.times.isClose(to: (0..<230).map { rate.time(ofFrame: $0) }))
        #expect(frames.warnings.isEmpty && frames.damage == nil)
    }

    /// Frames above 1080p have a decoder of their own, started when they are known to be.
    @Test(arguments: ["64x48", "65x49", "63x50", "2x2", "1930x1090"])
    func pixelsAreThoseOfTheDecoderForAnySize(size: String) throws {
        let path = try clips.pattern("a.mkv", size: size, "-c:v", "ffv1", "-pix_fmt", "yuv420p")
        let frames = try ReadFrames(path)
        let expected = try Tool.pixels(path, "yuv420p")
        #expect(frames.pixels.count == expected.count)
        #expect(frames.pixels == expected)
        #expect(frames.indices.count == 15)
        #expect(frames.info.color == YUVColor(matrix: .bt601, range: .limited))
    }

    // MARK: - Times

    @Test func variableTimesAreKept() throws {
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
        let frames = try ReadFrames(path)
        let expected = try Tool.times(path)
        #expect(expected.count > 10 && expected.count < 25)
        #expect(frames.times.isClose(to: expected))
        #expect(frames.warnings.isEmpty)
    }

    @Test func timesCountFromTheBeginningOfAFileThatDoesNotStartAtZero() throws {
        let path = try clips.pattern("a.ts", "-c:v", "libx264")
        let stated = try Tool.times(path)
        #expect(stated[0] > .seconds(1))
        let frames = try ReadFrames(path)
        #expect(frames.times.isClose(to: stated.map { $0 - stated[0] }))
    }

    @Test func timesThatGoBackWhereFilesAreJoinedGoOn() throws {
        let path = try clips.pattern("a.ts", seconds: "1", "-c:v", "libx264")
        let single = try ReadFrames(path)
        let bytes = try Data(contentsOf: URL(filePath: path))
        let joined = clips.path("joined.ts")
        try (bytes + bytes).write(to: URL(filePath: joined))
        let frames = try ReadFrames(joined)
        #expect(frames.indices == Array(0..<60))
        #expect(frames.times.prefix(30) == single.times.prefix(30))
        let frame = Duration.seconds(1) / 30
        #expect(
            zip(frames.times, frames.times.dropFirst()).allSatisfy {
                $1 - $0 > frame * 0.9 && $1 - $0 < frame * 1.1
            }
        )
        #expect(frames.damage == nil)
        let time = Int((single.times[29] / .milliseconds(1)).rounded())
        #expect(
            frames.warnings == [
                "The times of '\(joined)' go back after 0.\(time) s; they are counted on from there."
            ]
        )
        #expect(throws: MediaError.self) { try ReadFrames(joined, options { $0.start = .seconds(3) }) }
        let part = try ReadFrames(joined, options { $0.start = .milliseconds(1500) })
        #expect(part.times == frames.times.filter { $0 >= .milliseconds(1500) } && part.times.count == 15)
    }

    /// ffmpeg complains of them about our own output.
    @Test func timesThatRepeatAreNoDamage() throws {
        let path = try clips.pattern(
            "a.mkv",
            "-vf",
            "setpts=floor(N/2)*2/30/TB",
            "-fps_mode",
            "passthrough",
            "-c:v",
            "ffv1"
        )
        let frames = try ReadFrames(path)
        #expect(frames.indices.count == 15 && frames.times[2] == frames.times[3])
        #expect(frames.damage == nil && frames.warnings.isEmpty)
    }

    @Test(arguments: ["a.mp4", "a.ts", "a.mkv"])
    func aPartHasTheTimesOfTheWhole(name: String) throws {
        let path = try clips.pattern(name, seconds: "1", "-c:v", "libx264", "-g", "10")
        let whole = try ReadFrames(path)
        let part = try ReadFrames(
            path,
            options { ($0.start, $0.end) = (.milliseconds(400), .milliseconds(700)) }
        )
        let wanted = whole.times.indices.filter {
            whole.times[$0] >= .milliseconds(399) && whole.times[$0] < .milliseconds(699)
        }
        #expect(part.times == wanted.map { whole.times[$0] })
        let size = whole.pixels.count / whole.times.count
        #expect(
            part.pixels == Array(whole.pixels[(wanted[0] * size)..<((wanted[wanted.count - 1] + 1) * size)])
        )
        #expect(part.indices == Array(0..<wanted.count))
        #expect(part.damage == nil && part.warnings.isEmpty)
    }

    /// A seek in them lands behind the key frame, and times began there.
    @Test(arguments: ["a.ts", "a.h264", "a.hevc", "a.m2v", "a.mpg", "late.ts"])
    func aPartIsExactWhereTheFileHasNoIndex(name: String) throws {
        let codecs = ["a.hevc": "libx265", "a.m2v": "mpeg2video", "a.mpg": "mpeg2video"]
        let path = try clips.pattern(
            name,
            seconds: "2",
            "-c:v",
            codecs[name] ?? "libx264",
            "-g",
            "50",
            "-x265-params",
            "log-level=none",
            "-output_ts_offset",
            name == "late.ts" ? "50" : "0"
        )
        let whole = try ReadFrames(path)
        #expect(whole.indices.count == 60 && whole.warnings.isEmpty)
        let (start, end) = (Duration.milliseconds(1200), Duration.milliseconds(1500))
        let part = try ReadFrames(path, options { ($0.start, $0.end) = (start, end) })
        let wanted = whole.times.indices.filter { (start..<end).contains(whole.times[$0]) }
        #expect(wanted.count == 9)
        #expect(part.times == wanted.map { whole.times[$0] })
        #expect(part.times.allSatisfy { (start..<end).contains($0) })
        let size = whole.pixels.count / whole.times.count
        #expect(part.pixels == Array(whole.pixels[(wanted[0] * size)..<((wanted[0] + wanted.count) * size)]))
        #expect(part.indices == Array(0..<wanted.count))
        #expect(part.damage == nil && part.warnings.isEmpty)
        let rest = try ReadFrames(path, options { $0.start = .milliseconds(1500) })
        #expect(rest.times == whole.times.filter { $0 >= .milliseconds(1500) })
        #expect(rest.damage == nil && rest.warnings.isEmpty)
    }

    @Test func everyThirdFrameKeepsItsNumberAndTime() throws {
        let path = try clips.pattern("a.mp4", "-c:v", "libx264")
        let whole = try ReadFrames(path)
        let some = try ReadFrames(path, options { $0.every = 3 })
        #expect(some.indices == [0, 3, 6, 9, 12])
        #expect(some.times == some.indices.map { whole.times[$0] })
        let size = whole.pixels.count / whole.times.count
        let expected = some.indices.flatMap { whole.pixels.dropFirst($0 * size).prefix(size) }
        #expect(some.pixels == expected)
        #expect(some.damage == nil && some.warnings.isEmpty)
        let reader = try VideoReader(.file(path), options: options { $0.every = 3 })
        #expect(reader.expectedFrameCount == 5)
        #expect(reader.frameRate == FrameRate(10))
    }

    /// ffmpeg counts anew where the size changes.
    @Test func framesAreNumberedRightBehindAChangeOfSize() throws {
        let first = try clips.pattern("a.ts", "-c:v", "libx264", "-bf", "0")
        let second = try clips.pattern(
            "b.ts",
            size: "96x64",
            "-c:v",
            "libx264",
            "-bf",
            "0",
            "-output_ts_offset",
            "0.5"
        )
        let joined = clips.path("joined.ts")
        try (Data(contentsOf: URL(filePath: first)) + Data(contentsOf: URL(filePath: second)))
            .write(to: URL(filePath: joined))
        let whole = try ReadFrames(joined)
        #expect(whole.indices == Array(0..<30) && (whole.info.width, whole.info.height) == (64, 48))
        let some = try ReadFrames(joined, options { $0.every = 4 })
        #expect(some.indices == [0, 4, 8, 12, 15, 19, 23, 27])
        #expect(some.times == some.indices.map { whole.times[$0] })
        #expect(some.damage == nil && some.warnings.isEmpty)
    }

    // MARK: - Limits

    @Test func tooManyPixelsAreRefusedBeforeAFrameIsDecoded() throws {
        let path = try clips.pattern("a.mp4", "-c:v", "libx264")
        let error = #expect(throws: MediaError.self) {
            try VideoReader(.file(path), options: options { $0.maxPixelCount = 64 * 48 - 1 })
        }
        #expect(error?.code == .tooLarge)
        _ = try VideoReader(.file(path), options: options { $0.maxPixelCount = 64 * 48 })
    }

    @Test(arguments: [
        options { $0.every = 0 }, options { $0.queueDepth = 0 }, options { $0.pixelFormat = .nv12 },
        options { $0.start = .seconds(-1) }, options { ($0.start, $0.end) = (.seconds(2), .seconds(1)) },
        options { $0.end = .zero }, options { $0.cameraWidth = 640 }, options { $0.start = .seconds(5) },
        options { $0.start = .seconds(Int64.max) }, options { $0.end = .seconds(Int64.max) },
        options { $0.start = .seconds(Int64.min) },
    ])
    func optionsOutOfTheirRangesAreRefused(options: VideoReaderOptions) throws {
        let path = try clips.pattern("a.mp4", "-c:v", "libx264")
        let error = #expect(throws: MediaError.self) { try VideoReader(.file(path), options: options) }
        #expect(error?.code == .invalidOption)
    }

    @Test func aMissingProgramSaysWhatToInstall() async throws {
        let path = try clips.pattern("a.mp4", "-c:v", "libx264")
        // In a process of its own, since the folders of programs are the whole process's.
        await #expect(processExitsWith: .success) { [path = path as String] in
            setenv("PATH", "/nowhere", 1)
            let error = try #require(#expect(throws: MediaError.self) { try VideoReader(.file(path)) })
            #expect(error.code == .toolMissing)
            #expect(error.message.contains("apt-get install ffmpeg"))
        }
    }

    @Test func clocksOfContainersAreKeptOrMadeFiner() throws {
        for (name, scale) in [("a.mkv", 16_000), ("a.avi", 30_000), ("a.ts", 90_000), ("a.mp4", 15_360)] {
            let path = try clips.make(
                name,
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=64x48:r=\(name == "a.avi" ? "30000/1001" : "30"):d=0.1",
                "-c:v",
                "mpeg4"
            )
            #expect(try VideoReader(.file(path)).info.timeScale == scale)
        }
    }

    @Test func whoeverCancelsIsNotKeptWaiting() throws {
        let path = try clips.pattern("a.mp4", "-c:v", "libx264")
        let token = CancellationToken()
        let reader = try VideoReader(.file(path))
        _ = try reader.next(cancellation: token)
        token.cancel()
        let error = #expect(throws: MediaError.self) { try reader.next(cancellation: token) }
        #expect(error?.code == .cancelled)
    }

    @Test func aReaderThatIsDroppedLeavesNoDecoder() throws {
        let path = try clips.pattern(
            "long.mp4",
            size: "160x120",
            seconds: "10",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast"
        )
        var reader: VideoReader? = try VideoReader(.file(path))
        _ = try reader?.next()
        #expect(ChildrenOfThisProcess.mentioning(path).count == 1)
        reader = nil
        #expect(ChildrenOfThisProcess.areGone(mentioning: path))
    }

    @Test func decodingIsAheadUntilFramesAreTakenFaster() throws {
        var options = VideoReaderOptions()
        options.queueDepth = 3
        let reader = try VideoReader(.file(clips.pattern("a.mp4", size: "64x48")), options: options)
        let deadline = ContinuousClock.now + .seconds(30)
        while !reader.isAhead, .now < deadline { usleep(10_000) }
        #expect(reader.isAhead)
        var count = 0
        while let frame = try reader.next() {
            reader.recycle(frame.picture)
            count += 1
        }
        #expect(count == 15 && !reader.isAhead)
    }

    @Test func picturesThatComeBackAreUsedAgain() throws {
        let path = try clips.pattern("a.mp4", seconds: "1", "-c:v", "libx264")
        let reader = try VideoReader(.file(path), options: options { $0.queueDepth = 2 })
        var seen: Set<ObjectIdentifier> = []
        var kept: [PictureBuffer] = []
        while let frame = try reader.next() {
            if seen.insert(ObjectIdentifier(frame.picture)).inserted { kept.append(frame.picture) }
            reader.recycle(frame.picture)
        }
        // Those that wait, one that is filled and the one that is looked at.
        #expect(kept.count <= 4)
    }
}

/// Processes that this one started and that have not been waited for.
enum ChildrenOfThisProcess {
    static func mentioning(_ text: String) -> [CInt] {
        let names = (try? FileSystem.names(in: "/proc")) ?? []
        return names.compactMap { CInt($0.text) }.filter { pid in
            guard let command = FileSystem.systemText(of: FilePath("/proc/\(pid)/cmdline")),
                let status = FileSystem.systemText(of: FilePath("/proc/\(pid)/stat"))
            else { return false }
            let fields = status.split(separator: ")").last?.split(separator: " ") ?? []
            return command.contains(text) && fields.count > 1 && fields[1] == "\(getpid())"
        }
    }

    static func areGone(mentioning text: String) -> Bool {
        for _ in 0..<100 where !mentioning(text).isEmpty { usleep(50_000) }
        return mentioning(text).isEmpty
    }
}
