// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging
internal import PoseSystem

/// How `ffmpeg` is told what to make of our pictures.
enum EncoderArguments {
    /// Arguments for pictures that come as NUT on standard input.
    static func encode(
        width: Int,
        height: Int,
        format: PixelFormat,
        color: YUVColor,
        options: VideoWriterOptions,
        to path: FilePath
    ) -> [FilePath] {
        // The times are ours: without -copyts the first would become zero.
        var words = [FilePath]("-v", "error", "-nostdin", "-hide_banner", "-y", "-copyts", "-f", "nut")
        words += [FilePath]("-i", "pipe:0", "-map", "0:v:0", "-map_metadata", "-1", "-map_chapters", "-1")
        var filters: [String] = []
        var color = color
        if format != .i420 {
            color = YUVColor(matrix: .bt709)
            filters += ["scale=out_color_matrix=bt709:out_range=tv", "format=yuv420p"]
        }
        // Chroma has half the columns and rows, and H.264 refuses halves.
        if width % 2 + height % 2 > 0 { filters.append("pad=\(width + width % 2):\(height + height % 2)") }
        if !filters.isEmpty { words += [FilePath]("-vf", filters.joined(separator: ",")) }
        let name = color.matrix == .bt709 ? "bt709" : "smpte170m"
        words += [FilePath](
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-x264-params",
            search,
            "-crf",
            "\(options.quality)",
            "-pix_fmt",
            "yuv420p",
            "-colorspace",
            name,
            "-color_primaries",
            name,
            "-color_trc",
            name,
            "-color_range",
            color.range == .full ? "pc" : "tv",
            "-fps_mode",
            "passthrough",
            "-enc_time_base",
            "1:\(options.timeScale)",
            "-video_track_timescale",
            "\(options.timeScale)"
        )
        words += layout(options)
        return words + [FilePath]("-f", "mp4") + [output(path)]
    }

    /// How the encoder looks for motion: cheaper than the preset does.
    ///
    /// Three fifths of its processor time on three films, whose files were 3 to 8% larger and as similar to what was encoded but for
    /// 0.0002 to 0.0004 of SSIM. The next faster preset takes longer, and a fifth more bytes for the same similarity (one
    /// of the films is in Docs/streams.md).
    private static let search = "subme=1:me=dia:partitions=i8x8,i4x4"

    private static func layout(_ options: VideoWriterOptions) -> [FilePath] {
        guard options.layout == .fragmented else {
            // Where sound is added in a second step, that one puts the index in front.
            return options.audio == nil ? [FilePath]("-movflags", "+faststart") : []
        }
        return [FilePath](
            "-tune",
            "zerolatency",
            "-movflags",
            "+frag_keyframe+empty_moov+default_base_moof",
            "-frag_duration",
            "500000",
            "-flush_packets",
            "1"
        )
    }

    /// Arguments that put the first sound track of a file beside an encoded video.
    ///
    /// - Parameters:
    ///   - video: the encoded video.
    ///   - firstTime: the time of its first picture, which ffmpeg would take for zero.
    ///   - sound: the file that has the sound.
    ///   - range: the part of the sound.
    ///   - codec: `copy`, or an encoder.
    ///   - options: how the video is written.
    ///   - path: what is written.
    /// - Returns: the arguments.
    static func addSound(
        to video: FilePath,
        firstTime: Duration,
        from sound: FilePath,
        range: Range<Duration>,
        codec: String,
        options: VideoWriterOptions,
        path: FilePath
    ) -> [FilePath] {
        var words = [FilePath]("-v", "error", "-nostdin", "-hide_banner", "-y")
        words += [FilePath]("-itsoffset", firstTime.ffmpegArgument) + InputArguments.file(video).words
        if range.lowerBound > .zero { words += [FilePath]("-ss", range.lowerBound.ffmpegArgument) }
        words += [FilePath]("-t", (range.upperBound - range.lowerBound).ffmpegArgument)
        words += InputArguments.file(sound).words
        words += [FilePath](
            "-map",
            "0:v:0",
            "-map",
            "1:a:0?",
            "-map_metadata",
            "-1",
            "-map_chapters",
            "-1",
            "-c:v",
            "copy",
            "-c:a",
            codec,
            "-video_track_timescale",
            "\(options.timeScale)",
            "-movflags",
            "+faststart",
            "-f",
            "mp4"
        )
        return words + [output(path)]
    }

    private static func output(_ path: FilePath) -> FilePath {
        FilePath(bytes: Array("file:".utf8) + path.bytes)
    }
}
