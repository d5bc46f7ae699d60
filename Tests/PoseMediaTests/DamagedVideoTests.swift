// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseMedia
import PoseSystem
import PoseTestSupport
import Testing

@Suite("Files that are damaged, or no videos")
struct DamagedVideoTests {
    private let clips: Clips

    init() throws {
        clips = try Clips()
    }

    private func cut(_ path: String, to share: Double, as name: String) throws -> String {
        let bytes = try Data(contentsOf: URL(filePath: path))
        let cut = clips.path(name)
        try bytes.prefix(Int(Double(bytes.count) * share)).write(to: URL(filePath: cut))
        return cut
    }

    @Test(arguments: ["a.mp4", "a.mkv"])
    func aFileThatIsCutShortGivesEveryFrameBeforeTheCut(name: String) throws {
        let whole = try clips.pattern(
            name,
            seconds: "2",
            "-c:v",
            "libx264",
            "-g",
            "5",
            "-bf",
            "0",
            "-movflags",
            "+faststart"
        )
        let frames = try ReadFrames(try cut(whole, to: 0.6, as: "cut-" + name))
        let all = try ReadFrames(whole)
        #expect(all.damage == nil && all.indices.count == 60)
        #expect((25..<45).contains(frames.indices.count))
        #expect(frames.times == Array(all.times.prefix(frames.times.count)))
        #expect(frames.damage?.code == .damaged)
        let message = try #require(frames.damage?.message)
        #expect(message.contains("ends early: \(frames.indices.count) frames, up to "))
        #expect(message.contains(" of 2 s") || message.contains(" of 2.0"))
        #expect(frames.warnings == [message])
    }

    /// Their duration is that of the sound or of another track, or counts from zero.
    @Test(arguments: ["late.mkv", "late.webm", "sound.mkv", "sound.webm", "sound.flv", "tracks.mkv"])
    func aWholeFileWhoseDurationIsNotThatOfItsFramesIsWhole(name: String) throws {
        let codec =
            switch name.split(separator: ".")[1] {
            case "webm": ["-c:v", "libvpx", "-c:a", "libopus"]
            case "flv": ["-c:v", "flv", "-c:a", "aac", "-ar", "44100"]
            default: ["-c:v", "mpeg4", "-c:a", "aac"]
            }
        var inputs = ["-f", "lavfi", "-i", "testsrc2=s=64x48:r=30:d=1"]
        if name.hasPrefix("late") { inputs += ["-output_ts_offset", "100"] }
        if name.hasPrefix("sound") { inputs += ["-f", "lavfi", "-i", "sine=d=20"] }
        if name.hasPrefix("tracks") {
            inputs += ["-f", "lavfi", "-i", "testsrc2=s=32x32:r=30:d=5", "-map", "0", "-map", "1"]
        }
        let path = clips.path(name)
        _ = try Tool.run("ffmpeg", ["-v", "error", "-nostdin", "-y"] + inputs + codec + ["file:" + path])
        let frames = try ReadFrames(path)
        #expect(frames.indices.count == 30 && frames.times[0] < .milliseconds(100))
        #expect(frames.damage == nil && frames.warnings.isEmpty)
        if !name.hasSuffix("flv") {
            #expect(frames.info.duration.map { $0 > .milliseconds(900) && $0 < .milliseconds(1100) } == true)
            #expect(frames.info.estimatedFrameCount.map { (29...33).contains($0) } == true)
        }
    }

    @Test func damageInTheMiddleIsAWarning() throws {
        let path = try clips.pattern("a.mkv", seconds: "1", "-c:v", "libx264", "-g", "5")
        var bytes = try Data(contentsOf: URL(filePath: path))
        let middle = bytes.count / 2
        for index in middle..<(middle + 200) { bytes[index] = 0x55 }
        try bytes.write(to: URL(filePath: path))
        let frames = try ReadFrames(path)
        #expect(frames.times.last.map { $0 > .milliseconds(900) } == true)
        #expect(frames.damage == nil)
        #expect(frames.warnings.count == 1 && frames.warnings[0].contains("is damaged in places (ffmpeg: "))
    }

    private func error(_ path: String) throws -> MediaError {
        try #require(#expect(throws: MediaError.self) { try ReadFrames(path) })
    }

    @Test func anIndexThatIsMissingIsToldApart() throws {
        let whole = try clips.pattern("a.mp4", "-c:v", "libx264")
        let error = try error(try cut(whole, to: 0.5, as: "cut.mp4"))
        #expect(error.code == .damaged)
        #expect(error.message.contains("is cut short: its index"))
    }

    @Test func whatIsNoVideoSaysWhatItIs() throws {
        #expect(try error(clips.path("nothing.mp4")).code == .notFound)
        #expect(try error(clips.path("nothing.mp4")).message.contains("No such file"))
        #expect(try error(clips.directory.url.path).message.contains("is a directory"))
        #expect(try error(clips.directory.url.path).code == .unreadable)
        let text = clips.path("notes.mp4")
        try Data("Just some notes.\n".utf8).write(to: URL(filePath: text))
        #expect(try error(text).code == .notVideo)
        let empty = clips.path("empty.mp4")
        try Data().write(to: URL(filePath: empty))
        #expect(try error(empty).message.contains("is empty"))
        let sound = try clips.make("sound.m4a", "-f", "lavfi", "-i", "sine=d=0.2", "-c:a", "aac")
        #expect(try error(sound).code == .notVideo)
        #expect(try error(sound).message.contains("has no pictures"))
        let pipe = clips.path("pipe.mp4")
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(try error(pipe).code == .unreadable)
        #expect(try error(pipe).message.contains("Not a regular file"))
    }

    @Test(.disabled(if: getuid() == 0, "root may read everything"))
    func aFileThatMayNotBeReadSaysSo() throws {
        let path = try clips.pattern("a.mp4", "-c:v", "libx264")
        chmod(path, 0)
        #expect(try error(path).code == .unreadable)
    }

    @Test func aCoverIsNoVideo() throws {
        let sound = try clips.make("sound.m4a", "-f", "lavfi", "-i", "sine=d=0.2", "-c:a", "aac")
        let cover = try clips.make("cover.png", "-f", "lavfi", "-i", "color=s=32x32", "-frames:v", "1")
        let song = try clips.make(
            "song.m4a",
            "-i",
            sound,
            "-i",
            cover,
            "-map",
            "0",
            "-map",
            "1",
            "-c",
            "copy",
            "-disposition:v",
            "attached_pic",
            "-f",
            "mp4"
        )
        #expect(try error(song).message.contains("has no pictures"))
    }

    // MARK: - Hostile names and contents

    @Test(arguments: [
        "-i.mp4", "http:x.mp4", "concat:a|b.mp4", "frame%03d.mp4", "a\nb.mp4", "two  spaces'\".mp4", "pipe:0",
        "ä✓.mp4", "[0]*?.mp4",
    ])
    func anyNameIsAFilesName(name: String) throws {
        let made = try clips.pattern("a.mkv", "-c:v", "ffv1")
        try FileManager.default.moveItem(atPath: made, toPath: clips.path(name))
        #expect(try ReadFrames(clips.path(name)).indices.count == 15)
    }

    @Test func aNameNeedNotBeUTF8() throws {
        let made = try clips.pattern("a.mkv", "-c:v", "ffv1")
        let bytes = Array(clips.path("").utf8) + [UInt8(ascii: "/"), 0xE9, UInt8(ascii: "."), 0x6D]
        let moved = FilePath(made).withCString { from in
            FilePath(bytes: bytes).withCString { to in rename(from, to) }
        }
        #expect(moved == 0)
        #expect(try ReadFrames(.file(pathBytes: bytes)).indices.count == 15)
    }

    @Test func aPlaylistOpensNoOtherFile() throws {
        let secret = try clips.pattern("secret.ts", "-c:v", "libx264")
        let list = clips.path("list.mp4")
        try Data("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n\(secret)\n#EXT-X-ENDLIST\n".utf8)
            .write(to: URL(filePath: list))
        let error = try error(list)
        #expect(error.code == .unsupported)
        #expect(error.message.contains("a list that names other files"))
        let concat = clips.path("concat.mp4")
        try Data("ffconcat version 1.0\nfile '\(secret)'\n".utf8).write(to: URL(filePath: concat))
        #expect(try self.error(concat).code == .unsupported)
    }

    @Test(arguments: [0, 40, 400, 1000, 2000])
    func bytesThatAreTurnedNeverHangOrCrashTheReader(seed: Int) throws {
        let path = try clips.pattern("a.mp4", "-c:v", "libx264")
        var bytes = try Data(contentsOf: URL(filePath: path))
        for index in stride(from: seed % 97, to: bytes.count, by: 97 + seed) { bytes[index] ^= 0xFF }
        try bytes.write(to: URL(filePath: path))
        do {
            let frames = try ReadFrames(path)
            #expect(frames.indices.count <= 60)
        } catch let error as MediaError {
            #expect(error.message.hasSuffix("."))
        }
    }
}
