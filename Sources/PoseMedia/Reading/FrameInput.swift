// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging
internal import PoseSystem

/// Where the reading thread gets frames from: a decoder, or standard input.
protocol FrameInput: AnyObject {
    /// Fills a picture with the next frame, waiting for it.
    ///
    /// - Parameters:
    ///   - picture: whose memory is filled.
    ///   - isStopped: whether to give up.
    /// - Returns: what happened.
    func read(into picture: PictureBuffer, isStopped: () -> Bool) -> FrameInputEvent
}

/// What came when a frame was waited for.
enum FrameInputEvent {
    /// A whole frame, with its number, which counts those that were left out, and its time in nanoseconds or
    /// ``FrameTimes/unknown``.
    case frame(number: Int, nanoseconds: Int64)
    /// No frame follows; some bytes of one may have come.
    case end(hasPartOfFrame: Bool)
    /// Nothing came for too long.
    case stalled
    /// Nobody wants frames any more.
    case stopped
    /// Nothing more can be read.
    case failed(MediaError)
}

/// A decoder whose frames and times come through pipes.
final class DecoderInput: FrameInput {
    let child: ChildProcess
    private let frames: PipeEnd
    private let timesPipe: PipeEnd
    private var times: FrameTimes
    private let every: Int
    private var lastNumber: Int
    private var areTimesOpen = true
    private let stallTimeout: Duration?

    /// Starts `ffmpeg`.
    ///
    /// - Throws: ``MediaError`` when it cannot be.
    convenience init(
        _ input: InputArguments,
        range: [FilePath],
        filters: String,
        every: Int,
        stallTimeout: Duration?
    ) throws(MediaError) {
        let arguments = Self.arguments(input, range: range, filters: [FilePath]("-vf", filters))
        let child = try MediaTool.ffmpeg.start(arguments, pipes: [1: .fromChild, 3: .fromChild])
        self.init(child, every: every, stallTimeout: stallTimeout)
    }

    /// Takes frames from a decoder that was started with ``arguments(_:range:filters:)``.
    init(_ child: ChildProcess, every: Int, stallTimeout: Duration?) {
        times = FrameTimes(every: every)
        self.every = every
        lastNumber = -every
        self.child = child
        frames = child.pipe(1)
        timesPipe = child.pipe(3)
        self.stallTimeout = stallTimeout
    }

    /// What `ffmpeg` is told; `filters` is an option and its value.
    static func arguments(_ input: InputArguments, range: [FilePath], filters: [FilePath]) -> [FilePath] {
        [FilePath]("-v", "error", "-nostdin", "-hide_banner") + range + input.words
            + [FilePath]("-map", "0:V:0", "-an", "-sn", "-dn") + filters
            + [FilePath]("-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1")
    }

    func read(into picture: PictureBuffer, isStopped: () -> Bool) -> FrameInputEvent {
        var filled = 0
        var idle = Stopwatch()
        while filled < picture.byteCount {
            if isStopped() { return .stopped }
            let open = areTimesOpen ? [frames.number, timesPipe.number] : [frames.number]
            let isReady = PipeEnd.wait(for: open, atMost: .milliseconds(100))
            if isReady.last == true, areTimesOpen { readTimes() }
            if isReady[0] {
                let count = unsafe picture.withMutableBytes { bytes in
                    let free = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[filled...])
                    return unsafe (try? frames.read(into: free)) ?? 0
                }
                guard count > 0 else { return .end(hasPartOfFrame: filled > 0) }
                filled += count
                idle = Stopwatch()
            } else if let stallTimeout, idle.elapsed > stallTimeout {
                return .stalled
            }
        }
        // The filter prints a frame's time before it hands the frame on.
        while true {
            if let (number, nanoseconds) = times.next() {
                lastNumber = number
                return .frame(number: number, nanoseconds: nanoseconds)
            }
            if isStopped() { return .stopped }
            guard areTimesOpen, idle.elapsed < .seconds(10) else {
                lastNumber += every
                return .frame(number: lastNumber, nanoseconds: FrameTimes.unknown)
            }
            if PipeEnd.wait(for: [timesPipe.number], atMost: .milliseconds(100))[0] { readTimes() }
        }
    }

    private func readTimes() {
        let part = unsafe [UInt8](unsafeUninitializedCapacity: 4096) { bytes, count in
            count = unsafe (try? timesPipe.read(into: UnsafeMutableRawBufferPointer(bytes))) ?? 0
        }
        if part.isEmpty { areTimesOpen = false } else { times.add(part) }
    }
}

/// Pixels on standard input.
final class RawInput: FrameInput {
    private let input: PipeEnd
    private let rate: FrameRate?
    private var count = 0
    private let clock = Stopwatch()

    init(_ frames: RawFrames) throws(SystemError) {
        input = try PipeEnd(copying: frames.descriptor)
        rate = frames.frameRate
    }

    func read(into picture: PictureBuffer, isStopped: () -> Bool) -> FrameInputEvent {
        var filled = 0
        while filled < picture.byteCount {
            if isStopped() { return .stopped }
            guard PipeEnd.wait(for: [input.number], atMost: .milliseconds(100))[0] else { continue }
            let count: Int
            do throws(SystemError) {
                count = try unsafe picture.withMutableBytes { (bytes) throws(SystemError) in
                    let free = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[filled...])
                    return try unsafe input.read(into: free)
                }
            } catch {
                return .failed(.standardInput(error))
            }
            guard count > 0 else { return .end(hasPartOfFrame: filled > 0) }
            filled += count
        }
        let time = rate.map { $0.time(ofFrame: count) } ?? clock.elapsed
        defer { count += 1 }
        return .frame(number: count, nanoseconds: Int64(time / .nanoseconds(1)))
    }
}

/// Time since some moment.
struct Stopwatch {
    private let start = MonotonicClock.now

    var elapsed: Duration { .nanoseconds(Int64(clamping: MonotonicClock.now - start)) }
}

extension MediaError {
    /// Standard input that cannot be read.
    static func standardInput(_ error: SystemError) -> MediaError {
        MediaError(.unreadable, "Standard input cannot be read: \(error).", cause: error)
    }
}
