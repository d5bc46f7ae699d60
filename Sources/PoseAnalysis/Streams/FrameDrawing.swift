// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import PoseEstimation
internal import PoseImaging
internal import PoseMedia
internal import PoseRendering
internal import PoseSystem
internal import Synchronization

/// Draws people on frames and hands those to the encoder, on a thread of its own behind a bounded queue.
///
/// Pictures go back to the reader that they came from when they are encoded.
final class FrameDrawing: Sendable {
    private struct Work: Sendable {
        var frame: VideoFrame
        var poses: [Pose]
        var text: FigureText
    }

    /// Frames that wait to be drawn on: enough that neither side waits for a single slow frame of the other.
    private static let capacity = 2

    private let writer: VideoWriter
    private let reader: VideoReader
    private let renderer: SkeletonRenderer
    private let isMirrored: Bool
    /// Pictures for frames in formats that are neither drawn on nor encoded, such as raw frames may have; `nil` for others.
    private let conversion: FrameConversion?
    private let queue = BoundedQueue<Work>(capacity: FrameDrawing.capacity)
    private let failure = Mutex<(any Error)?>(nil)
    private let isDone = DispatchSemaphore(value: 0)
    private let hasThread = Mutex(false)

    /// Starts the file and the thread.
    ///
    /// - Parameters:
    ///   - output: the video to write.
    ///   - film: what it is of.
    ///   - reader: where frames come from, and where their pictures go back to.
    ///   - settings: how skeletons look.
    /// - Throws: `MediaError`.
    init(
        _ output: FilmOutput,
        of film: Film,
        _ reader: VideoReader,
        settings: AnalysisSettings
    ) throws(MediaError) {
        var options = output.writing
        options.timeScale = reader.info.timeScale
        options.frameRate = reader.frameRate
        options.start = film.reading.start ?? .zero
        let isDrawable = [.i420, .bgrx].contains(film.pixelFormat)
        let conversion = isDrawable ? nil : FrameConversion()
        self.conversion = conversion
        writer = try VideoWriter(
            output.path,
            width: reader.info.width,
            height: reader.info.height,
            format: isDrawable ? film.pixelFormat : .bgrx,
            color: reader.info.color,
            options: options,
            recycle: { [reader] picture in
                if let conversion { conversion.recycle(picture) } else { reader.recycle(picture) }
            }
        )
        self.reader = reader
        renderer = SkeletonRenderer(style: settings.style, showsGuessed: settings.showsGuessed)
        isMirrored = output.isMirrored
        let isStarted = SystemThread { self.run() }.start()
        hasThread.withLock { $0 = isStarted }
    }

    /// Hands a frame on, with its people and what is written beside them; waits while too many wait.
    ///
    /// - Throws: what went wrong with a frame before.
    func submit(_ frame: VideoFrame, _ poses: [Pose], _ text: FigureText) throws {
        let work = Work(frame: frame, poses: poses, text: text)
        // Without a thread it is done here.
        if hasThread.withLock({ $0 }) { queue.push(work) } else { draw(work) }
        if let error = failure.withLock({ $0 }) { throw error }
    }

    /// Draws what waits, and ends the file.
    ///
    /// - Parameter isKept: whether there is anything to keep; a video without a frame is none.
    /// - Returns: what could not be done as asked.
    /// - Throws: what went wrong.
    func finish(isKept: Bool) throws -> [String] {
        queue.close()
        if hasThread.withLock({ $0 }) { isDone.wait() }
        let error = failure.withLock { $0 }
        guard isKept, error == nil else {
            writer.abort()
            if let error { throw error }
            return []
        }
        try writer.finish()
        return writer.warnings
    }

    private func run() {
        while let work = queue.pop() { draw(work) }
        isDone.signal()
    }

    /// After an error, frames only go back.
    private func draw(_ work: Work) {
        guard failure.withLock({ $0 == nil }) else {
            reader.recycle(work.frame.picture)
            return
        }
        do {
            var picture = work.frame.picture
            if let conversion {
                defer { reader.recycle(work.frame.picture) }
                picture = try conversion.converted(picture)
            }
            try renderer.draw(work.poses, work.text, on: picture, isMirrored: isMirrored)
            try writer.write(picture, at: work.frame.time)
        } catch {
            failure.withLock { $0 = error }
        }
    }
}
