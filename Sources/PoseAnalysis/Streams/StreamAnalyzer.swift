// SPDX-License-Identifier: Apache-2.0

internal import PoseCodecs
package import PoseEstimation
package import PoseImaging

/// The one way from the frames of a stream to documents: what to do, and what is remembered from frame to frame.
///
/// A value without working memory, so that any worker can take any stream's next frame: call it for one frame after the
/// other, in their order. Where a frame fails, the stream stands as before.
package struct StreamAnalyzer: Sendable {
    /// The stream's name, as documents give it.
    package let source: String
    /// What to do.
    package let settings: AnalysisSettings
    private var state: PoseTrackState

    /// Makes a stream before its first frame.
    ///
    /// - Parameters:
    ///   - source: its name, as documents give it.
    ///   - settings: what to do.
    package init(source: String, settings: AnalysisSettings) {
        self.source = source
        self.settings = settings
        state = PoseTrackState(settings.tracking)
    }

    /// Forgets the stream: the next frame is the first one.
    package mutating func reset() { state.reset() }

    /// Analyses the next frame, a file.
    ///
    /// - Parameters:
    ///   - bytes: a whole file of a format that is read.
    ///   - frame: its number and its time; they may go back.
    ///   - worker: the working memory.
    ///   - threadCount: threads for this frame; `nil` for those of the worker.
    ///   - cancellation: ends the work early; `nil` for the time limit of the settings alone.
    /// - Returns: the document; nobody found is not an error.
    /// - Throws: ``AnalysisError``.
    package mutating func analyze(
        _ bytes: [UInt8],
        as frame: PoseFrame,
        with worker: PhotoAnalyzer,
        threadCount: Int? = nil,
        cancellation: CancellationToken? = nil
    ) throws(AnalysisError) -> PoseDocument {
        let token = cancellation ?? CancellationToken(timeLimit: settings.timeLimit)
        let start = ContinuousClock.now
        let (picture, reservation) = try worker.decode(worker.open(bytes, settings, token), settings, token)
        defer { withExtendedLifetime(reservation) {} }
        let decode = ContinuousClock.now - start
        return try picture.image.withView { view throws(AnalysisError) in
            try analyze(
                view,
                as: frame,
                orientation: picture.orientation,
                decode: decode,
                with: worker,
                threadCount: threadCount,
                cancellation: token
            )
        }
    }

    /// Analyses the next frame, a picture that is decoded.
    ///
    /// - Parameters:
    ///   - picture: an upright frame, borrowed.
    ///   - frame: its number and its time; they may go back.
    ///   - orientation: the EXIF orientation that was applied.
    ///   - decode: how long it took to decode it.
    ///   - worker: the working memory.
    ///   - threadCount: threads for this frame; `nil` for those of the worker.
    ///   - cancellation: ends the work early; `nil` for the time limit of the settings alone.
    /// - Returns: the document; nobody found is not an error.
    /// - Throws: ``AnalysisError``.
    package mutating func analyze(
        _ picture: PictureView,
        as frame: PoseFrame,
        orientation: Int = 1,
        decode: Duration = .zero,
        with worker: PhotoAnalyzer,
        threadCount: Int? = nil,
        cancellation: CancellationToken? = nil
    ) throws(AnalysisError) -> PoseDocument {
        let token = cancellation ?? CancellationToken(timeLimit: settings.timeLimit)
        let start = ContinuousClock.now
        let estimate = try worker.track(picture, at: frame.time, &state, settings, threadCount, token)
        let timing = estimate.result.timing
        var frame = frame
        frame.state = estimate.result.state
        return PoseDocument(
            source: source,
            frame: frame,
            imageWidth: picture.width,
            imageHeight: picture.height,
            orientation: orientation,
            complexity: settings.complexity,
            modelSHA256: estimate.modelSHA256,
            timing: settings.hasTiming
                ? PoseDocument.Timing(
                    decode: decode / .milliseconds(1),
                    detect: timing.detect / .milliseconds(1),
                    landmark: timing.landmark / .milliseconds(1),
                    total: (decode + (ContinuousClock.now - start)) / .milliseconds(1)
                ) : nil,
            poses: estimate.result.poses
        )
    }
}

extension PhotoAnalyzer {
    /// Estimates the poses in a stream's next frame.
    fileprivate func track(
        _ picture: PictureView,
        at time: Duration,
        _ state: inout PoseTrackState,
        _ settings: AnalysisSettings,
        _ threadCount: Int?,
        _ token: CancellationToken
    ) throws(AnalysisError) -> PoseEstimate {
        try check(token, settings)
        do throws(PoseError) {
            return try estimator.track(
                picture,
                at: time,
                state: &state,
                complexity: settings.complexity,
                options: settings.options,
                threadCount: threadCount ?? self.threadCount,
                cancellation: token
            )
        } catch {
            throw AnalysisError(error, timeLimit: settings.timeLimit)
        }
    }
}
