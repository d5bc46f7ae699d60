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

    /// Matrices that our samplers know; the frames are handed on as they are.
    private static let knownMatrices: [String: YUVColor.Matrix] = [
        "bt709": .bt709, "smpte170m": .bt601, "bt470bg": .bt601,
    ]

    init(_ video: StoredVideo, _ options: VideoReaderOptions) {
        (width, height) = video.uprightSize
        format = options.pixelFormat
        let select = options.every > 1 ? ["select='not(mod(n\\,\(options.every)))'"] : []
        var filters: [String] = []
        // Frames that nobody wants go first; fields need their neighbours.
        if video.isInterlaced { filters.append("bwdif=mode=send_frame:deint=interlaced") }
        filters += select
        if video.hasAlpha { filters += ["format=gbrap", "premultiply=inplace=1"] }

        let isConverted = options.matrix == nil && Self.needsConversion(video)
        if isConverted { filters += video.isHDR ? Self.toneMapping(video) : Self.matrixConversion(video) }
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
        } else {
            filters += [scale, "setsar=1", isFullRange ? "format=yuvj420p" : "format=yuv420p"]
        }
        text = (filters + Self.times).joined(separator: ",")
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

    /// High dynamic range to the usual one.
    private static func toneMapping(_ video: StoredVideo) -> [String] {
        var input = ""
        if video.matrix == nil { input += ":min=2020_ncl" }
        if video.primaries == nil { input += ":pin=2020" }
        if video.range == nil { input += ":rin=tv" }
        return [
            "zscale=t=linear:npl=100\(input)", "format=gbrpf32le", "zscale=p=bt709",
            "tonemap=tonemap=hable:desat=0", "zscale=t=bt709:m=bt709:r=tv", "format=yuv420p",
        ]
    }

    /// Another matrix to BT.709, with the primaries of BT.2020 where they come with it.
    private static func matrixConversion(_ video: StoredVideo) -> [String] {
        guard video.matrix?.hasPrefix("bt2020") == true else {
            return ["zscale=m=709:r=tv", "format=yuv420p"]
        }
        var input = ""
        if video.primaries == nil { input += ":pin=2020" }
        if video.transfer == nil { input += ":tin=2020_10" }
        return ["zscale=p=709:t=709:m=709:r=tv\(input)", "format=yuv420p"]
    }
}
