// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging

/// The filters between ffmpeg's decoder and our pipe, and what comes out of them.
struct FilterChain {
    /// As the option `-vf` takes it.
    let text: String
    let width: Int
    let height: Int
    let format: PixelFormat
    let color: YUVColor
    /// Whether the colours are converted, which a plain chain does roughly.
    let isConverted: Bool

    /// Matrices that our samplers know; the frames are handed on as they are.
    private static let knownMatrices: [String: YUVColor.Matrix] = [
        "bt709": .bt709, "smpte170m": .bt601, "bt470bg": .bt601,
    ]

    /// Chooses the filters.
    ///
    /// - Parameters:
    ///   - video: what the decoder gives.
    ///   - options: what is asked for.
    ///   - isPlain: whether libswscale converts matrices, by what the frames say, where zscale would: roughly, but it always can.
    init(_ video: StoredVideo, _ options: VideoReaderOptions, isPlain: Bool = false) {
        (width, height) = video.uprightSize
        format = options.pixelFormat
        let select = options.every > 1 ? ["select='not(mod(n\\,\(options.every)))'"] : []
        var filters: [String] = []
        // Frames that nobody wants go first; fields need their neighbours. Times are those of all frames, to count them by.
        if video.isInterlaced { filters.append("bwdif=mode=send_frame:deint=interlaced") }
        filters += Self.times + select
        if video.hasAlpha { filters += ["format=gbrap", "premultiply=inplace=1"] }

        isConverted = options.matrix == nil && Self.needsConversion(video)
        if isConverted, !isPlain { filters += Self.conversion(video) }
        let isRGB = video.isRGB || video.hasAlpha
        let isFullRange = !isConverted && !isRGB && video.isFullRange
        // Without a tag libswscale takes BT.601: SWS_CS_DEFAULT is SWS_CS_ITU601 in libswscale/swscale.h.
        let stored = video.matrix.flatMap { Self.knownMatrices[$0] } ?? .bt601
        let matrix = options.matrix ?? (isConverted || isRGB ? .bt709 : stored)
        color = YUVColor(matrix: matrix, range: isFullRange ? .full : .limited)

        // The size is stated although it is most often the frame's own: where a stream changes its size on the way, what
        // comes through the pipe must not.
        var scale = "scale=\(width):\(height):flags=bicubic"
        if format == .bgrx {
            if let matrix = options.matrix, !isRGB { scale += ":in_color_matrix=\(matrix)" }
            filters += [scale, "setsar=1", "format=bgr0"]
        } else if isRGB {
            filters += ["\(scale):out_color_matrix=\(matrix):out_range=tv", "setsar=1", "format=yuv420p"]
        } else if isConverted, isPlain {
            filters += ["\(scale):out_color_matrix=bt709:out_range=tv", "setsar=1", "format=yuv420p"]
        } else {
            filters += [scale, "setsar=1", isFullRange ? "format=yuvj420p" : "format=yuv420p"]
        }
        text = filters.joined(separator: ",")
    }

    /// Nanoseconds, printed on descriptor 3 for each frame.
    ///
    /// The graph and the option both take a backslash away. Frames are printed only when they carry metadata.
    private static let times = [
        "settb=1/1000000000", "metadata=mode=add:key=k:value=1",
        "metadata=mode=print:file=pipe\\\\:3:direct=1",
    ]

    private static func needsConversion(_ video: StoredVideo) -> Bool {
        guard !video.isRGB else { return false }
        if video.isHDR { return true }
        return video.matrix.map { knownMatrices[$0] == nil } ?? false
    }

    /// Other colours to BT.709: high dynamic range, or another matrix, with the primaries of BT.2020 where they come with it.
    private static func conversion(_ video: StoredVideo) -> [String] {
        let isWide = video.matrix?.hasPrefix("bt2020") == true
        var stated: [String] = []
        if video.isHDR {
            if video.matrix == nil { stated.append("colorspace=bt2020nc") }
            if video.primaries == nil { stated.append("color_primaries=bt2020") }
            if video.range == nil { stated.append("range=tv") }
        } else if isWide {
            if video.primaries == nil { stated.append("color_primaries=bt2020") }
            if video.transfer == nil { stated.append("color_trc=bt2020-10") }
        }
        var filters = stated.isEmpty ? [] : ["setparams=" + stated.joined(separator: ":")]
        // zscale refuses 4:2:0 of odd sizes; the 4:2:0 that is handed on is made by what scales.
        if video.hasOddSize { filters.append(video.isDeep ? "format=yuv444p16" : "format=yuv444p") }
        if video.isHDR {
            filters += [
                "zscale=t=linear:npl=100", "format=gbrpf32le", "zscale=p=bt709",
                "tonemap=tonemap=hable:desat=0", "zscale=t=bt709:m=bt709:r=tv",
            ]
        } else {
            filters.append(isWide ? "zscale=p=709:t=709:m=709:r=tv" : "zscale=m=709:r=tv")
        }
        return filters + [video.hasOddSize ? "format=yuv444p" : "format=yuv420p"]
    }
}
