// SPDX-License-Identifier: Apache-2.0

package import PoseEstimation
package import PoseImaging
package import PoseMedia

/// The one way from a film to documents and to a film with the people drawn on it.
///
/// ```
///   decoder ──► queue ──► networks ──► queue ──► drawing ──► queue ──► encoder
///   (child)               (caller)               (thread)              (child)
///                             └──► documents, in their order
/// ```
///
/// Frames are borrowed and go round, so that memory does not grow with the film's length; with
/// ``AnalysisSettings/smoothsOffline``, the documents of the whole film are kept, and drawing decodes it once more. Owned by
/// one worker, as the ``PhotoAnalyzer`` in it is.
package final class FilmAnalyzer {
    /// Who looks at a film's work as it goes on; called on the analysing thread.
    package struct Observer {
        /// Takes the next document.
        package var record: (PoseDocument) throws -> Void
        /// Takes how many frames are done.
        package var progress: (Int) -> Void

        /// Makes an observer.
        package init(record: @escaping (PoseDocument) throws -> Void, progress: @escaping (Int) -> Void) {
            self.record = record
            self.progress = progress
        }
    }

    private let worker: PhotoAnalyzer
    private let threadCount: Int

    /// Pixels of a frame from which the decoder needs about a core for itself.
    private static let largeFrame = 1_000_000

    /// Makes an analyzer; working memory is taken at the first frame.
    ///
    /// - Parameters:
    ///   - models: where the networks come from.
    ///   - threadCount: most threads inside a frame's networks; results do not depend on it.
    package init(models: ModelCache, threadCount: Int) {
        worker = PhotoAnalyzer(models: models, threadCount: threadCount)
        self.threadCount = threadCount
    }

    private func threads(for film: Film, _ info: VideoInfo) -> FilmThreads {
        let isHeavy = film.output != nil || info.width * info.height >= Self.largeFrame
        return FilmThreads(most: threadCount, least: isHeavy ? max(1, threadCount - 1) : threadCount)
    }

    /// Analyses a film.
    ///
    /// What is done when the film ends early, or the work is cancelled, is kept: documents are handed over, and the written
    /// video is playable. After any other error there is no video, but for one of fragments.
    ///
    /// - Parameters:
    ///   - film: what to read and to write.
    ///   - reader: opened for the film, and closed here.
    ///   - settings: what to do.
    ///   - cancellation: ends the work early, from another thread.
    ///   - observer: takes documents.
    /// - Returns: what became of the film.
    /// - Throws: `MediaError` when no frame came or the video cannot be written, ``AnalysisError``, and what the observer
    ///   threw.
    package func analyze(
        _ film: Film,
        from reader: VideoReader,
        settings: AnalysisSettings,
        cancellation: CancellationToken,
        observer: Observer
    ) throws -> FilmSummary {
        let start = ContinuousClock.now
        let work = FilmWork(
            film: film,
            settings: settings,
            threads: threads(for: film, reader.info),
            cancellation: cancellation
        )
        if settings.smoothsOffline {
            try work.analyzeOffline(worker, reader, observer)
        } else {
            try work.analyze(worker, reader, observer)
        }
        work.end(after: ContinuousClock.now - start)
        return work.summary
    }
}

/// How many threads a frame's networks get.
///
/// Where the decoder needs a core, the networks leave it one, and take it back as long as the decoder is ahead of them: then
/// neither waits for the other, and no core is idle. With all threads at any time the decoder gets half of what it
/// needs, with one less the networks are what everybody waits for.
struct FilmThreads {
    /// While the decoder is ahead.
    var most: Int
    /// While it is not.
    var least: Int

    /// Threads for the next frame.
    func count(isDecoderAhead: Bool) -> Int { isDecoderAhead ? most : least }
}
