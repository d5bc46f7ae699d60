// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// Numbers and times of the frames that were read so far.
struct ReadingProgress {
    private let every: Int
    private let part: WantedPart?
    /// Frames that were read and are wanted.
    private(set) var count = 0
    private(set) var lastTime = Duration.zero
    /// What is added to a decoder's times, once the first is known; streams and cameras count from their first frame.
    private var offset: Duration?
    private let clock = Stopwatch()
    private var firstArrival: Duration?
    /// How far times may go back and be taken as they are; ffmpeg's own correction, which `-copyts` turns off, begins at the same
    /// (`process_input` in ffmpeg.c).
    private static let longestStepBack = Duration.milliseconds(100)
    /// The time between the last two frames that were in order, at most a second.
    private var interval = Duration.milliseconds(40)
    /// The time of the frame before the first one whose own time went back; `nil` while none does.
    private(set) var returnTime: Duration?
    /// Whether the last frame is behind the part that is wanted.
    private(set) var isOver = false

    /// Whether a frame came, wanted or not.
    var hasBegun: Bool { firstArrival != nil }

    init(every: Int, part: WantedPart? = nil) {
        self.every = every
        self.part = part
    }

    var text: String { count == 1 ? "1 frame" : "\(count) frames" }

    /// The number of the last frame that is wanted, counting those that were left out.
    private(set) var lastIndex = 0
    /// What is added to a decoder's numbers, once the first wanted frame has come.
    private var firstIndex: Int?

    /// Says that a decoder was started, whose times have a beginning of their own.
    mutating func startConnection(isLive: Bool) {
        offset = isLive ? nil : .zero
        firstIndex = nil
    }

    /// Counts a frame.
    ///
    /// - Parameters:
    ///   - number: the decoder's number for it, which counts those that were left out.
    ///   - nanoseconds: the decoder's time for it.
    /// - Returns: the frame's number and its time from the beginning of the source; `nil` when it is not of the part that
    ///   is wanted.
    mutating func advance(_ number: Int, _ nanoseconds: Int64) -> (index: Int, time: Duration)? {
        move(to: nanoseconds)
        if let part {
            isOver = part.end.map { lastTime >= $0 } ?? false
            guard !isOver, lastTime >= part.start else { return nil }
        }
        let first = firstIndex ?? (count == 0 ? 0 : lastIndex + every) - number
        (firstIndex, lastIndex, count) = (first, first + number, count + 1)
        return (lastIndex, lastTime)
    }

    private mutating func move(to nanoseconds: Int64) {
        let isFirst = firstArrival == nil
        let arrival = clock.elapsed
        if isFirst { firstArrival = arrival }
        if nanoseconds == FrameTimes.unknown {
            // A file of which not even ffmpeg knows times; the order is all that is left.
            lastTime += isFirst ? .zero : .milliseconds(40)
        } else {
            let own = Duration.nanoseconds(nanoseconds)
            // After a pause times go on as time did, but never back: a server may send what it had kept.
            if offset == nil {
                let sinceFirst = arrival - (firstArrival ?? arrival)
                offset = (isFirst ? .zero : max(sinceFirst, lastTime + .milliseconds(1))) - own
            }
            let time = own + (offset ?? .zero)
            if !isFirst, time < lastTime - Self.longestStepBack {
                // Two films joined: the second has times of its own.
                offset = lastTime + interval - own
                if returnTime == nil { returnTime = lastTime }
                lastTime += interval
                return
            }
            if time > lastTime { interval = min(time - lastTime, .seconds(1)) }
            lastTime = time
        }
    }
}

/// A part of a file that the times of its frames tell.
struct WantedPart {
    var start: Duration
    var end: Duration?

    /// The part that is asked for; `nil` for the whole.
    init?(_ options: VideoReaderOptions) {
        guard options.start != nil || options.end != nil else { return nil }
        start = options.start ?? .zero
        end = options.end
    }
}

/// Where a file should end.
struct ExpectedEnd {
    /// When the last frame is over.
    var time: Duration
    /// How much earlier the last frame may begin.
    var tolerance: Duration
    /// The same where the decoder complained.
    var complaintTolerance: Duration
    /// How many frames there are; `nil` where the file does not say, or only a part is read.
    var frameCount: Int?
    /// Whether the time says nothing without a complaint: a last frame may be shown for long, or the time is that of the
    /// whole file, with its sound.
    var isVague: Bool

    /// Whether frames are missing at the end.
    func isMissed(by progress: ReadingProgress, hasComplaints: Bool) -> Bool {
        if let frameCount, progress.lastIndex + 1 >= frameCount { return false }
        if isVague, !hasComplaints, frameCount == nil { return false }
        return time - progress.lastTime > (hasComplaints ? complaintTolerance : tolerance)
    }

    /// The end of a file, or of the part of it that is wanted.
    init?(_ video: StoredVideo, _ options: VideoReaderOptions) {
        let frame = Duration.seconds(1 / (video.averageRate?.value ?? 25)) * options.every
        let isPart = options.start != nil || options.end != nil
        guard let whole = video.duration ?? video.fileDuration else { return nil }
        time = options.end.map { min($0, whole) } ?? whole
        complaintTolerance = max(.milliseconds(250), frame * 2)
        tolerance = max(.milliseconds(200), frame * 4)
        frameCount = isPart ? nil : video.statedFrameCount.map { $0 - ($0 - 1) % options.every }
        isVague = video.isVariableRate || video.duration == nil
    }
}
