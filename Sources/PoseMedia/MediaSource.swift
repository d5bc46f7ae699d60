// SPDX-License-Identifier: Apache-2.0

public import PoseImaging
package import PoseSystem

/// Where frames come from: a file, a camera, a stream, or pixels on standard input.
public struct MediaSource: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case file(FilePath)
        case camera(FilePath)
        case stream(String)
        case rawFrames(RawFrames)
    }

    package let kind: Kind

    package init(_ kind: Kind) {
        self.kind = kind
    }

    /// A video file.
    ///
    /// - Parameter path: its name; never taken for an option, a protocol or a pattern.
    /// - Returns: the source.
    public static func file(_ path: String) -> MediaSource { MediaSource(.file(FilePath(path))) }

    /// A video file whose name need not be UTF-8.
    ///
    /// - Parameter pathBytes: its name, up to the first zero.
    /// - Returns: the source.
    public static func file(pathBytes: [UInt8]) -> MediaSource {
        MediaSource(.file(FilePath(bytes: pathBytes)))
    }

    /// A V4L2 camera.
    ///
    /// - Parameter device: its name: `/dev/video0`.
    /// - Returns: the source.
    public static func camera(_ device: String) -> MediaSource { MediaSource(.camera(FilePath(device))) }

    /// A stream of the network.
    ///
    /// A password in the address is shown to nobody who reads messages, but the system's list of processes has it.
    ///
    /// - Parameter url: its address: `rtsp://…`, `rtsps://…`, `http://…` or `https://…`.
    /// - Returns: the source.
    public static func stream(_ url: String) -> MediaSource { MediaSource(.stream(url)) }

    /// Pixels on standard input, one frame after the other without anything in between.
    public static func rawFrames(_ frames: RawFrames) -> MediaSource { MediaSource(.rawFrames(frames)) }

    /// Reads the word of a command line: `/dev/video0`, `rtsp://…`, `http://…`, `-`, else a file's name.
    ///
    /// - Parameters:
    ///   - argument: the word.
    ///   - rawFrames: what the pixels on standard input are, for `-`.
    /// - Throws: ``MediaError`` `.invalidOption` for `-` without a description of its pixels, and for an empty word.
    public init(argument: String, rawFrames: RawFrames? = nil) throws(MediaError) {
        try self.init(argument: FilePath(argument), rawFrames: rawFrames)
    }

    /// The same for a word that need not be UTF-8.
    package init(argument: FilePath, rawFrames: RawFrames? = nil) throws(MediaError) {
        guard !argument.isEmpty else {
            throw MediaError(
                .invalidOption,
                "The name of the video is empty. State a file, a camera or an address."
            )
        }
        if argument == "-" {
            guard let rawFrames else {
                throw MediaError(
                    .invalidOption,
                    "'-' reads pixels from standard input, and their size, format and rate are not stated."
                )
            }
            self.init(.rawFrames(rawFrames))
        } else if Self.isCamera(argument) {
            self.init(.camera(argument))
        } else if let url = StreamAddress(argument) {
            self.init(.stream(url.text))
        } else {
            self.init(.file(argument))
        }
    }

    private static func isCamera(_ path: FilePath) -> Bool {
        let prefix = Array("/dev/video".utf8)
        let rest = path.bytes.dropFirst(prefix.count)
        let isNumbered =
            !rest.isEmpty && rest.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return path.bytes.starts(with: prefix) && isNumbered || path.bytes.starts(with: "/dev/v4l/".utf8)
    }

    /// Whether frames come as time goes by, and not as fast as they are read.
    public var isLive: Bool {
        switch kind {
        case .camera, .stream: true
        case .file, .rawFrames: false
        }
    }

    /// Whether it is reached over a network.
    var isStream: Bool {
        if case .stream = kind { true } else { false }
    }

    /// Whether frames come through a decoder.
    var isDecoded: Bool {
        if case .rawFrames = kind { false } else { true }
    }
}

extension MediaSource: CustomStringConvertible {
    /// The source as messages have it: with a password masked, and nothing that a terminal obeys.
    public var description: String {
        switch kind {
        case .file(let path), .camera(let path): path.description
        case .stream(let url): StreamAddress.masked(url)
        case .rawFrames: "standard input"
        }
    }
}

/// What the pixels on standard input are.
public struct RawFrames: Hashable, Sendable {
    /// Columns.
    public var width: Int
    /// Rows.
    public var height: Int
    /// How the pixels lie in memory.
    public var format: PixelFormat
    /// What luma and chroma mean; without effect on other formats than I420 and NV12.
    public var color: YUVColor
    /// Frames a second; `nil` when each frame's time is that of its arrival.
    public var frameRate: FrameRate?
    /// Where they are read.
    package var descriptor = STDIN_FILENO

    /// Describes pixels.
    ///
    /// - Parameters:
    ///   - width: columns.
    ///   - height: rows.
    ///   - format: how the pixels lie in memory.
    ///   - color: what luma and chroma mean.
    ///   - frameRate: frames a second; `nil` when each frame's time is that of its arrival.
    public init(
        width: Int,
        height: Int,
        format: PixelFormat,
        color: YUVColor = YUVColor(),
        frameRate: FrameRate? = nil
    ) {
        self.width = width
        self.height = height
        self.format = format
        self.color = color
        self.frameRate = frameRate
    }
}
