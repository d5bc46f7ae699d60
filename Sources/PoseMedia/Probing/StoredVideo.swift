// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// What `ffprobe` says of the first video stream, before anything is decided.
struct StoredVideo {
    /// The container as ffmpeg names it: `mov,mp4,m4a,3gp,3g2,mj2`.
    var container: String
    var codec: String
    /// Size as stored, before rotation and in pixels of any shape.
    var width: Int
    var height: Int
    var pixelFormat: String
    /// The decoder that gives the transparency which is stored beside the pictures; `nil` where there is none, or ffmpeg's own gives it.
    var alphaDecoder: String?
    /// Width of a pixel over its height.
    var pixelAspect: (Int, Int) = (1, 1)
    var orientation = 1
    var isInterlaced = false
    /// `tv`, `pc`, or nothing.
    var range: String?
    var matrix: String?
    var transfer: String?
    var primaries: String?
    var averageRate: FrameRate?
    var baseRate: FrameRate?
    var timeScale = 90_000
    /// The stream's own duration, which is that of its frames.
    var duration: Duration?
    /// The whole file's, with its sound.
    var fileDuration: Duration?
    var statedFrameCount: Int?
    var audioCodec: String?

    /// What is asked for.
    static let entries =
        "stream=index,codec_type,codec_name,width,height,pix_fmt,sample_aspect_ratio,field_order,color_range,"
        + "color_space,color_transfer,color_primaries,r_frame_rate,avg_frame_rate,time_base,duration,nb_frames"
        + ":stream_disposition=attached_pic:stream_side_data=side_data_type,displaymatrix:stream_tags=DURATION,alpha_mode"
        + ":format=format_name,duration,start_time"

    /// Reads the facts of the first stream of pictures that is not a cover; `nil` when there is none.
    init?(_ text: FlatText) {
        let streams = (0..<256).prefix { text["streams.stream.\($0).index"] != nil }.map {
            "streams.stream.\($0)"
        }
        let video = streams.first {
            text["\($0).codec_type"] == "video" && text["\($0).disposition.attached_pic"] != "1"
        }
        guard let video else { return nil }
        func value(_ name: String) -> String? { text["\(video).\(name)"] }
        container = text["format.format_name"] ?? ""
        codec = value("codec_name") ?? "unknown"
        width = value("width").flatMap { Int($0) } ?? 0
        height = value("height").flatMap { Int($0) } ?? 0
        pixelFormat = value("pix_fmt") ?? ""
        if value("tags.alpha_mode") == "1" { alphaDecoder = Self.alphaDecoders[codec] }
        if let parts = value("sample_aspect_ratio")?.split(separator: ":").map({ Int($0) ?? 0 }),
            parts.count == 2, parts[0] > 0, parts[1] > 0
        {
            pixelAspect = (parts[0], parts[1])
        }
        for number in 0..<16 {
            let matrix = value("side_data_list.side_data.\(number).displaymatrix").flatMap {
                DisplayMatrix($0)
            }
            if let matrix { orientation = matrix.orientation }
        }
        isInterlaced = ["tt", "bb", "tb", "bt"].contains(value("field_order"))
        range = value("color_range")
        func tag(_ name: String) -> String? {
            value(name).flatMap { Self.unusableTags.contains($0) ? nil : $0 }
        }
        matrix = tag("color_space")
        transfer = tag("color_transfer")
        primaries = tag("color_primaries")
        averageRate = value("avg_frame_rate").flatMap { FrameRate($0) }
        baseRate = value("r_frame_rate").flatMap { FrameRate($0) }
        timeScale = value("time_base").flatMap { Self.timeScale($0) } ?? timeScale
        duration = value("duration").flatMap { Self.duration($0) }
        fileDuration = text["format.duration"].flatMap { Self.duration($0) }
        if isMatroska {
            // What it calls durations are the times of the ends, and times are counted from the beginning here.
            let start = text["format.start_time"].flatMap { Double($0) }.map { Duration.seconds($0) } ?? .zero
            let end = value("tags.DURATION").flatMap { Self.clockTime($0) }
            duration = duration ?? end.map { $0 - start }.flatMap { $0 > .zero ? $0 : nil }
            fileDuration = fileDuration.map { $0 - start }.flatMap { $0 > .zero ? $0 : nil }
        }
        statedFrameCount = value("nb_frames").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        audioCodec = streams.first { text["\($0).codec_type"] == "audio" }.flatMap {
            text["\($0).codec_name"]
        }
    }

    /// Ticks a second of a clock `1001/30000`, made fine enough that one tick is not seen.
    private static func timeScale(_ text: String) -> Int? {
        let parts = text.split(separator: "/").compactMap { Int($0) }
        guard parts.count == 2, var scale = parts.last, (1...1_000_000).contains(scale) else { return nil }
        while scale < 10_000 { scale *= 2 }
        return scale
    }

    private static func duration(_ text: String) -> Duration? {
        guard let seconds = Double(text), seconds > 0, seconds < 1e9 else { return nil }
        return .microseconds(Int((seconds * 1e6).rounded()))
    }

    /// ffmpeg's own decoders leave transparency out.
    private static let alphaDecoders = ["vp8": "libvpx", "vp9": "libvpx-vp9"]

    /// Tags of colour that say nothing, and matrices that neither libswscale nor zscale converts from without more tags:
    /// numbers 3 and 11…14 of ITU-T H.273, table 4.
    private static let unusableTags: Set<String> = [
        "reserved", "smpte2085", "chroma-derived-nc", "chroma-derived-c", "ictcp",
    ]

    /// A time `00:01:41.000000000`, as Matroska's tags have it.
    private static func clockTime(_ text: String) -> Duration? {
        let parts = text.split(separator: ":").map { Double($0) }
        guard parts.count == 3, let hours = parts[0], let minutes = parts[1], let seconds = parts[2] else {
            return nil
        }
        return duration(String(hours * 3600 + minutes * 60 + seconds))
    }

    private var isMatroska: Bool { container.hasPrefix("matroska") }

    /// The upright size in square pixels; a pixel that is not square grows along its longer side.
    var uprightSize: (width: Int, height: Int) {
        let isTurned = orientation >= 5
        let (width, height) = isTurned ? (self.height, self.width) : (self.width, self.height)
        let (across, down) = isTurned ? (pixelAspect.1, pixelAspect.0) : pixelAspect
        let ratio = Double(across) / Double(down)
        // A ratio that makes a frame ten times as long is damage, and ffmpeg's decoders pass it on.
        guard across != down, ratio > 0.1, ratio < 10 else { return (width, height) }
        return ratio > 1
            ? (Int((Double(width) * ratio).rounded()), height)
            : (width, Int((Double(height) / ratio).rounded()))
    }

    /// Containers in which ffmpeg finds the key frame before a time.
    ///
    /// Others have no index: a transport stream is entered behind the key frame, and what is read as the beginning of the
    /// part is no time of the whole (ffmpeg 5.1).
    private static let indexed: Set<Substring> = ["mov", "matroska", "avi", "flv", "ogg", "asf"]

    /// Whether a part can be read without what stands before it.
    var hasIndex: Bool { container.split(separator: ",").contains { Self.indexed.contains($0) } }

    /// Whether chroma of 4:2:0 has no whole number of samples, which zscale refuses.
    var hasOddSize: Bool { width % 2 == 1 || height % 2 == 1 }

    /// Whether samples have more than 8 bits; formats of these say how their bytes are ordered.
    var isDeep: Bool { pixelFormat.hasSuffix("le") || pixelFormat.hasSuffix("be") }

    var hasSquarePixels: Bool { uprightSize == (orientation >= 5 ? (height, width) : (width, height)) }

    /// Whether the luminance is that of a film for brighter screens.
    var isHDR: Bool { transfer == "smpte2084" || transfer == "arib-std-b67" }

    var hasAlpha: Bool {
        alphaDecoder != nil
            || ["yuva", "rgba", "bgra", "argb", "abgr", "gbrap", "ya8", "ya16", "pal8"].contains {
                pixelFormat.hasPrefix($0)
            }
    }

    /// Whether pixels are stored as red, green and blue.
    var isRGB: Bool {
        matrix == "gbr"
            || ["rgb", "bgr", "gbr", "argb", "abgr", "0rgb", "0bgr", "pal8", "mono"].contains {
                pixelFormat.hasPrefix($0)
            }
    }

    var isFullRange: Bool { range == "pc" || pixelFormat.hasPrefix("yuvj") }

    /// Whether the two rates that a file states differ by more than rounding.
    var isVariableRate: Bool {
        guard let averageRate, let baseRate else { return false }
        return abs(averageRate.value / baseRate.value - 1) > 0.01
    }
}
