// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import PoseMedia
import PoseSystem
import PoseTestSupport
import Testing

/// A folder of small clips, made by ffmpeg for one test.
struct Clips {
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    func path(_ name: String) -> String { directory.path(name) }

    /// Makes a clip.
    ///
    /// - Parameters:
    ///   - name: the file's name.
    ///   - arguments: what stands between ffmpeg's name and the file's.
    /// - Returns: the clip's path.
    /// - Throws: ``Tool/Failure`` with ffmpeg's words.
    @discardableResult
    func make(_ name: String, _ arguments: String...) throws -> String {
        _ = try Tool.run("ffmpeg", ["-v", "error", "-nostdin", "-y"] + arguments + ["file:" + path(name)])
        return path(name)
    }

    /// Makes a clip of moving test patterns.
    func pattern(_ name: String, size: String = "64x48", seconds: String = "0.5", _ options: String...) throws
        -> String
    {
        let input = ["-f", "lavfi", "-i", "testsrc2=s=\(size):r=30:d=\(seconds)"]
        let arguments = ["-v", "error", "-nostdin", "-y"] + input + options + ["file:" + path(name)]
        _ = try Tool.run("ffmpeg", arguments)
        return path(name)
    }
}

/// Programs that make and look at clips.
enum Tool {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// Runs a program to its end.
    ///
    /// - Returns: what it wrote to standard output.
    /// - Throws: ``Failure`` when it does not end with status 0.
    static func run(_ name: String, _ arguments: [String]) throws -> [UInt8] {
        let program = try #require(ProgramSearch.find(name))
        let child = try ChildProcess(program, arguments.map { FilePath($0) }, pipes: [1: .fromChild])
        var (bytes, part) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while true {
            let count = try part.withUnsafeMutableBytes { try child.pipe(1).read(into: $0) }
            if count == 0 { break }
            bytes += part[..<count]
        }
        guard child.wait(atMost: .seconds(60)) == .exited(0) else {
            throw Failure(description: "\(name) \(arguments.joined(separator: " ")): \(child.errorText())")
        }
        return bytes
    }

    /// What `ffprobe` says, a line each.
    static func probe(_ path: String, _ entries: String, _ options: String...) throws -> [String] {
        let arguments =
            ["-v", "error", "-show_entries", entries, "-of", "csv=p=0"] + options + ["file:" + path]
        let text = String(decoding: try run("ffprobe", arguments), as: UTF8.self)
        return text.split(separator: "\n").map { line in
            var line = line
            while line.last == "," { line.removeLast() }
            return String(line)
        }
    }

    /// The times of all frames.
    static func times(_ path: String) throws -> [Duration] {
        try probe(path, "frame=pts_time", "-select_streams", "v:0").compactMap { Double($0) }.map {
            .seconds($0)
        }
    }

    /// All pixels as ffmpeg itself gives them.
    static func pixels(_ path: String, _ format: String, _ options: String...) throws -> [UInt8] {
        try run(
            "ffmpeg",
            ["-v", "error", "-nostdin", "-i", "file:" + path, "-fps_mode", "passthrough"] + options
                + ["-pix_fmt", format, "-f", "rawvideo", "pipe:1"]
        )
    }
}

/// What a reader gave.
struct ReadFrames {
    var info: VideoInfo
    var indices: [Int] = []
    var times: [Duration] = []
    /// The pixels of all frames, one behind the other.
    var pixels: [UInt8] = []
    var warnings: [String] = []
    var damage: MediaError?

    /// Reads a source to its end.
    init(
        _ source: MediaSource,
        _ options: VideoReaderOptions = VideoReaderOptions(),
        keepsPixels: Bool = true
    )
        throws
    {
        let reader = try VideoReader(source, options: options)
        info = reader.info
        while let frame = try reader.next(cancellation: CancellationToken(timeLimit: .seconds(60))) {
            indices.append(frame.index)
            times.append(frame.time)
            if keepsPixels { pixels += frame.picture.withMutableBytes { Array($0) } }
            reader.recycle(frame.picture)
        }
        warnings = reader.warnings
        damage = reader.damage
    }

    init(_ path: String, _ options: VideoReaderOptions = VideoReaderOptions()) throws {
        try self.init(.file(path), options)
    }
}

extension [Duration] {
    /// Whether all times are the same but for what a text with six decimals leaves out.
    func isClose(to others: [Duration]) -> Bool {
        count == others.count && zip(self, others).allSatisfy { abs(($0 - $1) / .microseconds(1)) <= 1 }
    }
}

/// Readers options with some of them set.
func options(_ change: (inout VideoReaderOptions) -> Void) -> VideoReaderOptions {
    var options = VideoReaderOptions()
    change(&options)
    return options
}
