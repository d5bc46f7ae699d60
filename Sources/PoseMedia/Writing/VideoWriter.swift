// SPDX-License-Identifier: Apache-2.0

public import PoseImaging
package import PoseSystem
internal import Synchronization

/// Writes pictures into an MP4 file as H.264, encoded by an `ffmpeg` of its own.
///
/// Pictures are encoded while the next ones are made. Nothing of a source's metadata, such as where it was filmed, gets
/// into the file. One thread writes and finishes; ``abort()`` may be called from any.
public final class VideoWriter: Sendable {
    private struct State {
        var firstTick: Int?
        var lastTick = 0
        /// From the last picture to the one before it.
        var lastStep = 0
        var isEnded = false
        var warnings: [String] = []
    }

    private let path: FilePath
    private let width: Int
    private let height: Int
    private let format: PixelFormat
    private let options: VideoWriterOptions
    /// What the encoder writes, unless it writes to the target itself.
    private let pending: PendingFile?
    private let encoder: ChildProcess
    private let queue: PictureQueue
    private let state = Mutex(State())

    /// Starts a file.
    ///
    /// - Parameters:
    ///   - path: its name; directories above it are made.
    ///   - width: columns of every picture; an odd one is padded by a black column.
    ///   - height: rows of every picture; an odd one is padded by a black row.
    ///   - format: how the pixels of every picture lie in memory: I420, which is not converted, or BGRX.
    ///   - color: what luma and chroma mean; the file says the same.
    ///   - options: how it is written.
    ///   - recycle: called with each picture once it is not needed any more, from a thread of the writer's.
    /// - Throws: ``MediaError`` `.invalidOption`, `.outputFailed` or `.toolMissing`.
    public convenience init(
        path: String,
        width: Int,
        height: Int,
        format: PixelFormat = .i420,
        color: YUVColor = YUVColor(),
        options: VideoWriterOptions = VideoWriterOptions(),
        recycle: @escaping @Sendable (PictureBuffer) -> Void = { _ in }
    ) throws(MediaError) {
        try self.init(
            FilePath(path),
            width: width,
            height: height,
            format: format,
            color: color,
            options: options,
            recycle: recycle
        )
    }

    /// The same for a name that need not be UTF-8.
    package init(
        _ path: FilePath,
        width: Int,
        height: Int,
        format: PixelFormat,
        color: YUVColor,
        options: VideoWriterOptions,
        recycle: @escaping @Sendable (PictureBuffer) -> Void
    ) throws(MediaError) {
        try options.validate(path, width: width, height: height, format: format)
        self.path = path
        self.width = width
        self.height = height
        self.format = format
        self.options = options
        do throws(OutputError) {
            pending = options.layout == .fragmented ? nil : try PendingFile(path)
            if pending == nil, let parent = path.parent { try Self.makeDirectories(parent, of: path) }
        } catch {
            throw MediaError(.outputFailed, error.message, cause: error)
        }
        let arguments = EncoderArguments.encode(
            width: width,
            height: height,
            format: format,
            color: color,
            options: options,
            to: pending?.path ?? path
        )
        encoder = try MediaTool.ffmpeg.start(arguments, pipes: [0: .toChild])
        queue = PictureQueue(encoder.pipe(0), depth: options.queueDepth, recycle: recycle)
        let header = NUTStream.header(
            width: width,
            height: height,
            format: format,
            timeScale: options.timeScale,
            frameRate: options.frameRate
        )
        guard queue.start(header: header) else {
            encoder.kill()
            throw MediaError(.outOfMemory, "The system grants no thread to write '\(path)' with.")
        }
    }

    deinit { abort() }

    /// Hands a picture on; waits while too many wait to be encoded.
    ///
    /// Pictures are shown in the order in which they are written. Where times repeat or go back, each picture is put one tick
    /// of ``VideoWriterOptions/timeScale`` behind the last, until times are past it: they are not sorted, and what went back
    /// is over in an instant. Whoever joins recordings adds the end of one to the times of the next.
    ///
    /// - Parameters:
    ///   - picture: of the size and format that were stated; not to be touched any more.
    ///   - time: when it is shown, as the source has it, rounded to a tick; one before ``VideoWriterOptions/start`` counts as
    ///     that.
    /// - Throws: ``MediaError`` `.outputFailed` when the file cannot be written, now or since the last call;
    ///   `.invalidOption` for a picture of another size or format.
    public func write(_ picture: PictureBuffer, at time: Duration) throws(MediaError) {
        guard picture.width == width, picture.height == height, picture.format == format else {
            throw MediaError(
                .invalidOption,
                "A picture of \(picture.width) × \(picture.height) pixels in \(picture.format) cannot be added to "
                    + "'\(path)', whose pictures have \(width) × \(height) in \(format)."
            )
        }
        let wanted = Int(((time - options.start) / .seconds(1) * Double(options.timeScale)).rounded())
        let ticks = state.withLock { state -> Int? in
            guard !state.isEnded else { return nil }
            let ticks = max(wanted, state.firstTick == nil ? 0 : state.lastTick + 1)
            if state.firstTick == nil { state.firstTick = ticks }
            state.lastStep = ticks - state.lastTick
            state.lastTick = ticks
            return ticks
        }
        guard let ticks else {
            throw MediaError(.outputFailed, "'\(path)' was ended; no picture can be added to it.")
        }
        do throws(SystemError) {
            try queue.put(picture, ticks: ticks)
        } catch {
            throw failure(error)
        }
    }

    /// Ends the file, and lets it be seen; with the frames so far, after an interruption too.
    ///
    /// - Throws: ``MediaError`` `.outputFailed`, also when no picture was written.
    public func finish() throws(MediaError) {
        let (isFirst, state) = end()
        guard isFirst else { return }
        guard let firstTick = state.firstTick else {
            stop()
            throw MediaError(.outputFailed, "'\(path)' was not written: there is no picture for it.")
        }
        do throws(SystemError) {
            try queue.end()
        } catch {
            throw failure(error)
        }
        // A disk may be slow, but not for ever.
        let ending = encoder.wait(atMost: .seconds(600)) ?? encoder.kill()
        let complaints = ToolComplaints(encoder.errorText(), source: MediaSource(.file(path)))
        guard ending == .exited(0), !complaints.tellOfLostOutput else { throw failure(complaints) }
        guard let pending else { return }
        do throws(OutputError) {
            try (withSound(pending, firstTick, state) ?? pending).commit()
            pending.discard()
        } catch {
            pending.discard()
            throw MediaError(.outputFailed, error.message, cause: error)
        }
    }

    /// Gives up, and leaves nothing behind but what a file of fragments has so far.
    public func abort() {
        if end().isFirst { stop() }
    }

    /// What could not be done as asked although the file was written: that the sound was left out, and why.
    public var warnings: [String] { state.withLock { $0.warnings } }

    // MARK: - The end

    private func end() -> (isFirst: Bool, state: State) {
        state.withLock { state in
            defer { state.isEnded = true }
            return (!state.isEnded, state)
        }
    }

    private func stop() {
        encoder.kill()
        try? queue.end()
        pending?.discard()
    }

    private func failure(_ error: SystemError) -> MediaError {
        guard error.code == EPIPE else {
            return MediaError(.outputFailed, "'\(path)' could not be written: \(error).", cause: error)
        }
        // The encoder has gone, and said why.
        _ = encoder.wait(atMost: .seconds(5)) ?? encoder.kill()
        return failure(ToolComplaints(encoder.errorText(), source: MediaSource(.file(path))))
    }

    /// The file cannot be completed any more.
    private func failure(_ complaints: ToolComplaints) -> MediaError {
        pending?.discard()
        let ending =
            switch encoder.ending {
            case .signalled(let number): "ffmpeg was ended by \(SignalRelay.name(of: number))"
            case .exited(let code): "ffmpeg ended with status \(code)"
            case nil: "ffmpeg did not end"
            }
        return MediaError(
            .outputFailed,
            "'\(path)' could not be written: \(complaints.lines.first ?? ending)."
        )
    }

    private static func makeDirectories(_ parent: FilePath, of path: FilePath) throws(OutputError) {
        do throws(SystemError) {
            try FileSystem.makeDirectories(parent)
        } catch {
            throw OutputError(path, error)
        }
    }

    // MARK: - Sound

    /// Makes a file of the video and its sound; `nil`, with a warning, where that cannot be.
    private func withSound(
        _ video: PendingFile,
        _ firstTick: Int,
        _ state: State
    ) throws(OutputError) -> PendingFile? {
        guard let audio = options.audio, case .file(let sound) = audio.source.kind else { return nil }
        let both = try PendingFile(path)
        let tick = Duration.seconds(1) / options.timeScale
        let lastLength =
            options.frameRate.map { Duration.seconds(1 / $0.value) } ?? tick * max(1, state.lastStep)
        let length = tick * state.lastTick + lastLength
        var complaints: ToolComplaints?
        // MP4 does not take every codec's packets as they are.
        for codec in ["copy", "aac"] {
            let arguments = EncoderArguments.addSound(
                to: video.path,
                firstTime: tick * firstTick,
                from: sound,
                range: options.start..<(options.start + length),
                codec: codec,
                options: options,
                path: both.path
            )
            guard let child = try? MediaTool.ffmpeg.start(arguments, pipes: [:]) else { continue }
            let ending = child.wait(atMost: .seconds(600)) ?? child.kill()
            let said = ToolComplaints(child.errorText(), source: audio.source)
            if ending == .exited(0), !said.tellOfLostOutput { return both }
            complaints = said
        }
        let warning =
            "'\(path)' has no sound: that of '\(audio.source)' could not be added"
            + "\(complaints?.parenthesis ?? "")."
        self.state.withLock { $0.warnings.append(warning) }
        return nil
    }
}
