// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseImaging
import PoseMedia
import PoseSystem

/// The options of `pose video` and `pose camera` that are not parameters of an analysis.
enum FilmOptions {
    // MARK: - Outputs

    static let output = Option<FilePath>(
        "output",
        short: "o",
        "OUT.mp4",
        .file,
        help: "Write the video with the skeletons drawn on it, as H.264. One video only"
    )
    static let outputDirectory = Option<FilePath>(
        "output-dir",
        "DIR",
        .directory,
        help: "The same for any number of videos, under their own names"
    )
    static let keepAudio = Option<Bool>.flag("keep-audio", help: "Take the sound along, as it is")
    static let mirror = Option<Bool>.flag(
        "mirror",
        help:
            "Turn the picture that is written left to right, as a mirror does; left in the results stays the person's left"
    )

    // MARK: - What is read of a video

    static let start = Option<Duration>("start", "TIME", .time, help: "Begin there: seconds or [h:]mm:ss")
    static let end = Option<Duration>("end", "TIME", .time, help: "End there: seconds or [h:]mm:ss")
    static let every = Option<Int>(
        "every",
        "N",
        .integer(1...1_000_000),
        default: "1",
        help: "Look at each N-th frame only"
    )

    // MARK: - How a camera is read

    static let rate = Option<FrameRate>(
        "fps",
        "N",
        .frameRate,
        help: "Frames a second that a camera is asked for, or that come on standard input"
    )
    static let size = Option<FrameSize>(
        "size",
        "WxH",
        .size,
        help: "Columns and rows that a camera is asked for, or that come on standard input"
    )
    static let pixelFormat = Option<PixelFormat>(
        "pixel-format",
        "FORMAT",
        .pixelFormat,
        default: "bgr24",
        help: "The pixels on standard input, by ffmpeg's names: bgr24, rgb24, yuv420p, nv12, bgr0, gray"
    )
    static let latestOnly = Option<Bool>.flag(
        "latest-only",
        help:
            "Work on the newest frame and drop those before it, as is always done for cameras and streams; for - too"
    )
}
