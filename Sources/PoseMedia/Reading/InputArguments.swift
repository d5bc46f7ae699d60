// SPDX-License-Identifier: Apache-2.0

package import PoseSystem

/// How `ffmpeg` and `ffprobe` are told of a source.
package struct InputArguments {
    /// What stands in front of `-i`, and the source behind it.
    package var words: [FilePath]

    /// Containers that are read.
    ///
    /// Playlists are not among them: one that is named `.mp4` opens other files. Nor are
    /// numbered pictures, whose names are patterns.
    static let fileFormats =
        "mov,matroska,avi,mpegts,mpeg,mpegvideo,flv,asf,ogg,gif,apng,nut,h264,hevc,mjpeg,m4v,ivf,obu,av1,dv,mxf,rm,"
        + "3gp,yuv4mpegpipe"

    /// A video file.
    package static func file(_ path: FilePath) -> InputArguments {
        // In front of the name, `file:` keeps it from being an option or a protocol.
        InputArguments(
            words: [FilePath]("-protocol_whitelist", "file", "-format_whitelist", fileFormats, "-i")
                + [FilePath(bytes: Array("file:".utf8) + path.bytes)]
        )
    }

    /// A V4L2 camera; motion JPEG is what most give at their full rate.
    package static func camera(_ device: FilePath, options: VideoReaderOptions, isMotionJPEG: Bool)
        -> InputArguments
    {
        var words = [FilePath]("-f", "v4l2")
        if isMotionJPEG { words += [FilePath]("-input_format", "mjpeg") }
        if let rate = options.cameraRate { words += [FilePath]("-framerate", rate.description) }
        if let width = options.cameraWidth, let height = options.cameraHeight {
            words += [FilePath]("-video_size", "\(width)x\(height)")
        }
        words += [FilePath]("-timestamps", "abs", "-i")
        return InputArguments(words: words + [device])
    }

    /// How much of a stream is looked at before its first frame, so that it starts soon.
    private static let lookingShortly = [FilePath]("-analyzeduration", "1000000", "-probesize", "1000000")

    /// A stream; `isEndless` when its length is not known, so that nothing can be resumed.
    package static func stream(_ address: StreamAddress, options: VideoReaderOptions, isEndless: Bool)
        -> InputArguments
    {
        let microseconds = String(max(1, Int(options.stallTimeout / .microseconds(1))))
        var words: [FilePath]
        if address.isRTSP {
            words = [FilePath](
                "-protocol_whitelist",
                "rtsp,rtsps,rtp,srtp,udp,tcp,tls,crypto",
                "-rtsp_transport",
                "tcp",
                "-timeout",
                microseconds,
                "-allowed_media_types",
                "video",
                "-fflags",
                "+genpts+discardcorrupt",
                "-use_wallclock_as_timestamps",
                "1"
            )
        } else {
            // Without `file`, nothing that the other side names can be a file of ours.
            words = [FilePath](
                "-protocol_whitelist",
                "http,https,tcp,tls,crypto",
                "-format_whitelist",
                "\(fileFormats),hls,mpjpeg,live_flv",
                "-rw_timeout",
                microseconds
            )
            if !isEndless {
                words += [FilePath](
                    "-reconnect",
                    "1",
                    "-reconnect_on_network_error",
                    "1",
                    "-reconnect_delay_max",
                    "5"
                )
            }
        }
        return InputArguments(words: words + lookingShortly + [FilePath]("-i", address.text))
    }
}
