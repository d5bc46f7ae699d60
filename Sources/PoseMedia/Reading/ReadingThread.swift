// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging
internal import PoseSystem
internal import Synchronization

/// What a reader tells of besides frames.
struct ReadingReport: Sendable {
    var warnings: [String] = []
    var damage: MediaError?
    var reconnectCount = 0
}

/// The thread that takes frames from a decoder and queues them, and starts the decoder of a stream again.
final class ReadingThread: Sendable {
    /// What is read, fixed before the first frame.
    struct Plan: Sendable {
        var source: MediaSource
        var options: VideoReaderOptions
        /// The part whose frames are told by their times; `nil` when the decoder gives nothing else.
        var part: WantedPart?
        var width: Int
        var height: Int
        var format: PixelFormat
        var color: YUVColor
        /// When the last frame ends, and how far from it the end of a whole file may be; `nil` when nobody knows.
        var expectedEnd: ExpectedEnd?
        /// Whether the source goes on for ever, so that an end is a fault.
        var isEndless: Bool
        /// Whether there is a plain way to decode, for where the usual one fails.
        var hasPlainWay = false
    }

    /// Starts what gives frames; the argument says whether in the plain way.
    typealias Opening = @Sendable (Bool) throws(MediaError) -> any FrameInput

    let queue: FrameQueue
    let plan: Plan
    private let report = Mutex(ReadingReport())
    private let isStopped = Atomic(false)
    /// The decoder that runs now, for ``stop()``.
    private let child = Mutex<ChildProcess?>(nil)

    init(_ plan: Plan) {
        self.plan = plan
        let latestOnly = plan.options.latestOnly ?? plan.isEndless
        queue = FrameQueue(depth: plan.options.queueDepth, latestOnly: latestOnly)
    }

    var currentReport: ReadingReport { report.withLock { $0 } }

    /// Ends the thread soon.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
        child.withLock { $0?.signal(SIGKILL) }
        queue.close()
    }

    /// Starts the thread.
    ///
    /// - Parameter open: makes the source of frames, for the first time and, with a stream, again.
    /// - Throws: ``MediaError`` when the source cannot be opened, or the system grants no thread.
    func start(_ open: @escaping Opening) throws(MediaError) {
        let first = try connect(open, isPlain: false)
        // Handed to the thread, which alone uses it.
        nonisolated(unsafe) let input = first
        guard SystemThread({ self.run(unsafe input, open) }).start() else {
            stop()
            throw MediaError(.outOfMemory, "The system grants no thread to read '\(plan.source)' with.")
        }
    }

    private func connect(_ open: Opening, isPlain: Bool) throws(MediaError) -> any FrameInput {
        let input = try open(isPlain)
        child.withLock { $0 = (input as? DecoderInput)?.child }
        // Between the decoder's start and now, somebody may have stopped us.
        if isStopped.load(ordering: .relaxed) { child.withLock { $0?.signal(SIGKILL) } }
        return input
    }

    // MARK: - The thread

    private func run(_ first: any FrameInput, _ open: Opening) {
        var input = first
        var isPlain = false
        var progress = ReadingProgress(every: plan.source.isDecoded ? plan.options.every : 1, part: plan.part)
        var pauses = ReconnectPauses()
        while true {
            let countBefore = progress.count
            progress.startConnection(isLive: plan.isEndless)
            let end = readFrames(of: input, &progress)
            if case .stopped = end { break }
            if case .failed(let error) = end {
                queue.finish(error)
                break
            }
            if case .end = end, !isPlain, !progress.hasBegun, let warning = reasonForPlainWay(input),
                let next = try? connect(open, isPlain: true)
            {
                report.withLock { $0.warnings.append(warning) }
                (isPlain, input) = (true, next)
                continue
            }
            guard plan.source.isStream, plan.isEndless, plan.options.reconnects else {
                conclude(end, input, progress)
                break
            }
            if progress.count > countBefore { pauses = ReconnectPauses() }
            guard let next = reconnect(&pauses, open, isPlain: isPlain) else { break }
            input = next
        }
        // The decoder has ended, or is of no use any more.
        child.withLock { _ = $0?.kill() }
        queue.finish(nil)
    }

    private enum End {
        case end(hasPartOfFrame: Bool)
        /// What follows is behind the part that is wanted.
        case partIsOver
        case stalled
        case stopped
        case failed(MediaError)
    }

    private func readFrames(of input: any FrameInput, _ progress: inout ReadingProgress) -> End {
        while true {
            let picture: PictureBuffer
            do throws(ImageError) {
                picture = try emptyPicture()
            } catch {
                return .failed(MediaError(.outOfMemory, error.message, cause: error))
            }
            switch input.read(into: picture, isStopped: { isStopped.load(ordering: .relaxed) }) {
            case .frame(let number, let nanoseconds):
                guard let (index, time) = progress.advance(number, nanoseconds) else {
                    if progress.isOver { return .partIsOver }
                    queue.recycle(picture)
                    continue
                }
                // Those of standard input come without a decoder that leaves some out.
                if !plan.source.isDecoded, index % plan.options.every != 0 {
                    queue.recycle(picture)
                    continue
                }
                guard queue.put(VideoFrame(index: index, time: time, picture: picture)) else {
                    return .stopped
                }
            case .end(let hasPartOfFrame): return .end(hasPartOfFrame: hasPartOfFrame)
            case .stalled: return .stalled
            case .stopped: return .stopped
            case .failed(let error): return .failed(error)
            }
        }
    }

    private func emptyPicture() throws(ImageError) -> PictureBuffer {
        if let spare = queue.spare() { return spare }
        return try PictureBuffer(
            width: plan.width,
            height: plan.height,
            format: plan.format,
            color: plan.color
        )
    }

    /// Opens a stream again, with pauses in between, until it works.
    ///
    /// - Returns: `nil` when nobody wants frames any more.
    private func reconnect(
        _ pauses: inout ReconnectPauses,
        _ open: Opening,
        isPlain: Bool
    ) -> (any FrameInput)? {
        child.withLock { _ = $0?.kill() }
        while !isStopped.load(ordering: .relaxed) {
            let pause = Stopwatch()
            let length = pauses.next()
            while pause.elapsed < length, !isStopped.load(ordering: .relaxed) { usleep(20_000) }
            report.withLock { $0.reconnectCount += 1 }
            if let input = try? connect(open, isPlain: isPlain) { return input }
        }
        return nil
    }

    /// Why a decoder that gave no frame is to be tried in the plain way, as a warning; `nil` when that is of no use.
    private func reasonForPlainWay(_ input: any FrameInput) -> String? {
        guard plan.hasPlainWay, let child = (input as? DecoderInput)?.child else { return nil }
        _ = child.wait(atMost: .seconds(5)) ?? child.kill()
        return ToolComplaints(child.errorText(), source: plan.source).reasonForPlainWay
    }

    // MARK: - The end

    /// Says whether what was read is all there is.
    private func conclude(_ end: End, _ input: any FrameInput, _ progress: ReadingProgress) {
        let source = plan.source
        guard let child = (input as? DecoderInput)?.child else {
            if case .end(true) = end {
                note(.damaged, "'\(source)' ends within a frame, after \(progress.text).")
            }
            queue.finish(nil)
            return
        }
        if case .stalled = end {
            child.kill()
            note(
                .unreachable,
                "'\(source)' sent nothing for \(seconds(plan.options.stallTimeout)) s, after \(progress.text)."
            )
            queue.finish(report.withLock { $0.damage })
            return
        }
        if let time = progress.returnTime, !plan.isEndless {
            let text =
                "The times of '\(source)' go back after \(seconds(time)) s; they are counted on from there."
            report.withLock { $0.warnings.append(text) }
        }
        if case .partIsOver = end {
            child.kill()
            warnOfDamage(ToolComplaints(child.errorText(), source: source))
            queue.finish(nil)
            return
        }
        let ending = child.wait(atMost: .seconds(5)) ?? child.kill()
        let complaints = ToolComplaints(child.errorText(), source: source)
        if plan.isEndless {
            note(.unreachable, "'\(source)' stopped after \(progress.text)\(complaints.parenthesis).")
            queue.finish(report.withLock { $0.damage })
            return
        }
        if progress.count == 0, progress.hasBegun, let part = plan.part {
            queue.finish(.start(part.start, isBehindTheEndOf: source, at: progress.lastTime))
            return
        }
        if progress.count == 0 {
            queue.finish(nothingDecoded(ending, complaints))
            return
        }
        let isEarly =
            plan.expectedEnd?.isMissed(by: progress, hasComplaints: !complaints.lines.isEmpty) ?? false
        if ending != .exited(0) || isEarly {
            let whole = plan.expectedEnd.map { " of \(seconds($0.time)) s" } ?? " s"
            note(
                .damaged,
                "'\(source)' ends early: \(progress.text), up to \(seconds(progress.lastTime))\(whole)"
                    + "\(complaints.parenthesis)."
            )
        } else {
            warnOfDamage(complaints)
        }
        queue.finish(nil)
    }

    private func warnOfDamage(_ complaints: ToolComplaints) {
        guard !complaints.lines.isEmpty else { return }
        let text = "'\(plan.source)' is damaged in places\(complaints.parenthesis)."
        report.withLock { $0.warnings.append(text) }
    }

    private func nothingDecoded(_ ending: ChildProcess.Ending?, _ complaints: ToolComplaints) -> MediaError? {
        let source = plan.source
        if ending == .exited(0), complaints.lines.isEmpty, plan.options.start != nil { return nil }
        if complaints.lines.contains(where: { $0.contains("No such filter") }) {
            return MediaError(
                .unsupported,
                "This ffmpeg cannot convert the colours of '\(source)'\(complaints.parenthesis). Install one with zscale."
            )
        }
        return MediaError(.damaged, "No frame of '\(source)' can be decoded\(complaints.parenthesis).")
    }

    private func note(_ code: MediaError.Code, _ message: String) {
        report.withLock { report in
            report.damage = MediaError(code, message)
            report.warnings.append(message)
        }
    }
}

/// Pauses between attempts to reach a stream, in seconds: 0.5, 1, 2, 4, 5 and 5 again.
struct ReconnectPauses {
    private var milliseconds = 500

    mutating func next() -> Duration {
        defer { milliseconds = min(milliseconds * 2, 5000) }
        return .milliseconds(milliseconds)
    }
}
