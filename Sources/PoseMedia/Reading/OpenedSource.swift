// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging
internal import PoseSystem

/// A source that was looked at: what it is, and how it is decoded.
struct OpenedSource {
    var info: VideoInfo
    var plan: ReadingThread.Plan
    var expectedFrameCount: Int?
    /// Starts the decoder, as often as it takes.
    var open: ReadingThread.Opening

    init(
        _ source: MediaSource,
        _ options: VideoReaderOptions,
        _ cancellation: CancellationToken?
    ) throws(MediaError) {
        try options.validate(for: source)
        switch source.kind {
        case .rawFrames(let frames):
            try self.init(frames, source, options)
        case .file(let path):
            try FileCheck.check(path)
            let input = InputArguments.file(path)
            // How a part is found depends on what the file is.
            let isWhole = options.start == nil && options.end == nil
            let range = Self.range(nil, DecoderThreads.shared, isEndless: false)
            let decoder = isWhole ? EarlyDecoder(input, range: range) : nil
            let video = try Self.probe(source, input, options, cancellation)
            try self.init(video, source, options, input: input, isEndless: false, decoder)
        case .camera(let device):
            var input = InputArguments.camera(device, options: options, isMotionJPEG: true)
            let video: StoredVideo
            do throws(MediaError) {
                video = try Self.probe(source, input, options, cancellation)
            } catch {
                // Cameras without motion JPEG give what they have.
                guard error.code == .unreachable else { throw error }
                input = InputArguments.camera(device, options: options, isMotionJPEG: false)
                video = try Self.probe(source, input, options, cancellation)
            }
            try self.init(video, source, options, input: input, isEndless: true)
        case .stream(let url):
            guard let address = StreamAddress(url) else {
                throw MediaError(
                    .invalidOption,
                    "'\(source)' is no address of a stream; \(StreamAddress.schemes.joined(separator: ", ")) are read."
                )
            }
            let probing = InputArguments.stream(address, options: options, isEndless: true)
            let video = try Self.probe(source, probing, options, cancellation)
            let isEndless = video.duration == nil && video.fileDuration == nil
            let input = InputArguments.stream(address, options: options, isEndless: isEndless)
            try self.init(video, source, options, input: input, isEndless: isEndless)
        }
    }

    private static func probe(
        _ source: MediaSource,
        _ input: InputArguments,
        _ options: VideoReaderOptions,
        _ cancellation: CancellationToken?
    ) throws(MediaError) -> StoredVideo {
        try VideoProbe.look(at: source, input, timeout: options.probeTimeout, cancellation: cancellation)
    }

    // MARK: - Through a decoder

    private init(
        _ video: StoredVideo,
        _ source: MediaSource,
        _ options: VideoReaderOptions,
        input: InputArguments,
        isEndless: Bool,
        _ earlyDecoder: EarlyDecoder? = nil
    ) throws(MediaError) {
        let chain = FilterChain(video, options)
        try Self.checkSize(chain.width, chain.height, source, options)
        let duration = isEndless ? nil : video.duration ?? video.fileDuration
        // Without an index, the frames tell where the end is: a duration is taken from the times of some of them.
        if let start = options.start, let duration, start >= duration, video.hasIndex {
            throw .start(start, isBehindTheEndOf: source, at: duration)
        }
        let rate = video.averageRate ?? video.baseRate
        let estimate = duration.flatMap { duration in
            rate.map { max(1, Int((duration / .seconds(1) * $0.value).rounded())) }
        }
        let frameCount = isEndless ? nil : video.statedFrameCount ?? estimate
        info = VideoInfo(
            width: chain.width,
            height: chain.height,
            frameRate: rate,
            duration: duration,
            estimatedFrameCount: frameCount,
            orientation: video.orientation,
            isVariableRate: video.isVariableRate,
            isInterlaced: video.isInterlaced,
            isHDR: video.isHDR,
            hasAlpha: video.hasAlpha,
            audioCodec: video.audioCodec,
            codec: video.codec,
            color: chain.color,
            timeScale: video.timeScale
        )
        expectedFrameCount = Self.count(frameCount, of: duration, options)
        // Without an index the file is read from its beginning, and the part is told by the times.
        let part = video.hasIndex ? nil : WantedPart(options)
        plan = ReadingThread.Plan(
            source: source,
            options: options,
            part: part,
            width: chain.width,
            height: chain.height,
            format: chain.format,
            color: chain.color,
            expectedEnd: isEndless ? nil : ExpectedEnd(video, options),
            isEndless: isEndless,
            hasPlainWay: chain.isConverted || video.alphaDecoder != nil
        )
        let isFile = if case .file = source.kind { true } else { false }
        let threadCount = DecoderThreads.count(forPixels: chain.width * chain.height)
        let range = Self.range(part == nil ? options : nil, threadCount, isEndless: isEndless)
        let stallTimeout = isFile ? nil : options.stallTimeout
        // One that was started with as many threads as these frames get.
        let early = threadCount == DecoderThreads.shared && video.alphaDecoder == nil ? earlyDecoder : nil
        let choice = video.alphaDecoder.map { [FilePath]("-c:v", $0) } ?? []
        let plain = plan.hasPlainWay ? FilterChain(video, options, isPlain: true).text : nil
        open = { (isPlain) throws(MediaError) -> any FrameInput in
            if isPlain, let plain {
                return try DecoderInput(
                    input,
                    range: range,
                    filters: plain,
                    every: options.every,
                    stallTimeout: stallTimeout
                )
            }
            if let input = early?.begin(filters: chain.text, every: options.every) { return input }
            return try DecoderInput(
                input,
                range: range + choice,
                filters: chain.text,
                every: options.every,
                stallTimeout: stallTimeout
            )
        }
    }

    /// What stands in front of the source; without options, the whole of it is read.
    private static func range(
        _ options: VideoReaderOptions?,
        _ threadCount: Int?,
        isEndless: Bool
    ) -> [FilePath] {
        // Times of files are counted from the file's beginning, those of live sources from their first frame.
        var words = [FilePath]("-copyts")
        if !isEndless { words += [FilePath]("-start_at_zero") }
        if let threadCount { words += [FilePath]("-threads", "\(threadCount)") }
        if let start = options?.start { words += [FilePath]("-ss", start.ffmpegArgument) }
        if let end = options?.end { words += [FilePath]("-to", end.ffmpegArgument) }
        return words
    }

    /// How many of so many frames the options leave.
    private static func count(_ frameCount: Int?, of duration: Duration?, _ options: VideoReaderOptions)
        -> Int?
    {
        guard var count = frameCount.map(Double.init) else { return nil }
        if options.start != nil || options.end != nil, let duration {
            let part = min(options.end ?? duration, duration) - (options.start ?? .zero)
            count = (count * (part / duration)).rounded()
        }
        return max(1, Int((count / Double(options.every)).rounded(.up)))
    }

    private static func checkSize(
        _ width: Int,
        _ height: Int,
        _ source: MediaSource,
        _ options: VideoReaderOptions
    ) throws(MediaError) {
        let limit = options.maxPixelCount
        guard width <= limit, height <= limit, width * height <= limit else {
            throw MediaError(
                .tooLarge,
                "The frames of '\(source)' have \(width) × \(height) pixels; at most \(limit) are allowed."
            )
        }
    }

    // MARK: - Without one

    private init(_ frames: RawFrames, _ source: MediaSource, _ options: VideoReaderOptions) throws(MediaError)
    {
        do throws(ImageError) {
            _ = try PictureView.byteCount(width: frames.width, height: frames.height, format: frames.format)
        } catch {
            throw MediaError(.invalidOption, error.message, cause: error)
        }
        try Self.checkSize(frames.width, frames.height, source, options)
        info = VideoInfo(
            width: frames.width,
            height: frames.height,
            frameRate: frames.frameRate,
            codec: "rawvideo",
            color: frames.color,
            timeScale: 90_000
        )
        plan = ReadingThread.Plan(
            source: source,
            options: options,
            width: frames.width,
            height: frames.height,
            format: frames.format,
            color: frames.color,
            expectedEnd: nil,
            isEndless: false
        )
        open = { (_) throws(MediaError) -> any FrameInput in
            do throws(SystemError) {
                return try RawInput(frames)
            } catch {
                throw .standardInput(error)
            }
        }
    }
}

extension MediaError {
    /// A start that leaves nothing to be read.
    static func start(_ start: Duration, isBehindTheEndOf source: MediaSource, at end: Duration) -> MediaError
    {
        MediaError(
            .invalidOption,
            "The start, \(seconds(start)) s, is not before the end of '\(source)' at \(seconds(end)) s."
        )
    }
}
