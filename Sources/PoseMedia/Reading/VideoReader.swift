// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

/// Reads the frames of a video, a camera or a stream, decoded by an `ffmpeg` of its own.
///
/// Decoding runs ahead in a bounded queue. One thread at a time takes frames; ``recycle(_:)`` and ``close()`` may be
/// called from any.
///
/// ```swift
/// let reader = try VideoReader(.file("squat.mp4"))
/// while let frame = try reader.next() {
///     frame.picture.withView { view in … }
///     reader.recycle(frame.picture)
/// }
/// reader.warnings.forEach { print($0) }
/// ```
public final class VideoReader: Sendable {
    /// What the video is.
    public let info: VideoInfo
    /// How many frames these options make of the video, stated or estimated; `nil` when nobody knows.
    public let expectedFrameCount: Int?
    /// The average rate of the frames as they are delivered; `nil` when nobody knows.
    public let frameRate: FrameRate?
    private let thread: ReadingThread

    /// Looks at a source and starts to decode it.
    ///
    /// - Parameters:
    ///   - source: where frames come from.
    ///   - options: which frames are read, and how.
    ///   - cancellation: whether to go on waiting for the source's answer.
    /// - Throws: ``MediaError``: `.notFound`, `.unreadable`, `.notVideo`, `.damaged`, `.unsupported`, `.tooLarge`,
    ///   `.toolMissing`, `.unreachable`, `.invalidOption`, `.timedOut` or `.cancelled`.
    public init(
        _ source: MediaSource,
        options: VideoReaderOptions = VideoReaderOptions(),
        cancellation: CancellationToken? = nil
    ) throws(MediaError) {
        let opened = try OpenedSource(source, options, cancellation)
        info = opened.info
        expectedFrameCount = opened.expectedFrameCount
        frameRate = opened.info.frameRate.flatMap { FrameRate($0.numerator, $0.denominator * options.every) }
        thread = ReadingThread(opened.plan)
        try thread.start(opened.open)
    }

    deinit { close() }

    /// Waits for the next frame.
    ///
    /// - Parameter cancellation: whether to go on waiting.
    /// - Returns: `nil` behind the last frame; ``damage`` then says whether that is the end of the video.
    /// - Throws: ``MediaError`` `.damaged` when no frame at all could be decoded, `.unreachable` for a camera or stream
    ///   that has stopped, `.outOfMemory`, `.cancelled` or `.timedOut`.
    public func next(cancellation: CancellationToken? = nil) throws(MediaError) -> VideoFrame? {
        try thread.queue.next(cancellation)
    }

    /// Gives a picture back, to be filled with a later frame; nobody else may use it any more.
    public func recycle(_ picture: PictureBuffer) {
        let plan = thread.plan
        guard picture.width == plan.width, picture.height == plan.height, picture.format == plan.format,
            picture.color == plan.color
        else { return }
        thread.queue.recycle(picture)
    }

    /// Stops decoding; frames that wait are dropped.
    public func close() { thread.stop() }

    /// What is wrong with the video although frames came of it: that it ends early, or that the decoder complained.
    public var warnings: [String] { thread.currentReport.warnings }

    /// Why the last frame was not the end of the video; `nil` before it, and when it was.
    public var damage: MediaError? { thread.currentReport.damage }

    /// Whether decoding is ahead of whoever takes frames: as many wait as may, or one less.
    package var isAhead: Bool { thread.queue.isNearlyFull }

    /// Frames that were dropped because a newer one came before they were taken.
    public var droppedCount: Int { thread.queue.droppedCount }

    /// How often the stream was connected to again.
    public var reconnectCount: Int { thread.currentReport.reconnectCount }
}
