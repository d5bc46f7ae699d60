// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging
internal import PoseInference

/// Analyses pictures on threads of its own, for callers that are asynchronous.
///
/// ```swift
/// let workers = PhotoWorkers()
/// let analysis = try await workers.analyze(bytes, source: "me.jpg")
/// ```
///
/// A picture that finds everything idle uses all cores inside its networks; under load each worker takes a picture of
/// its own. Results are the same either way. Cancelling the task ends the work within milliseconds.
public final class PhotoWorkers: Sendable {
    private let pool: WorkerPool<PhotoAnalyzer>

    /// Starts the threads; networks are loaded when they are first needed.
    ///
    /// - Parameters:
    ///   - models: where the networks come from.
    ///   - workerCount: threads, 1…64; one for each core this process may use unless told.
    ///   - queueLimit: most pictures that wait; further ones are refused.
    public init(
        models: ModelCache = ModelCache(),
        workerCount: Int? = nil,
        queueLimit: Int = 1024
    ) {
        let count = workerCount ?? ThreadPool.defaultThreadCount
        precondition(
            (1...ThreadPool.maxThreadCount).contains(count),
            "workerCount must be 1…64, got \(count)"
        )
        pool = WorkerPool(workerCount: count, queueLimit: queueLimit) { PhotoAnalyzer(models: models) }
    }

    /// Analyses one picture.
    ///
    /// - Parameters:
    ///   - bytes: a whole file of a format that is read.
    ///   - source: the picture's name, as the document gives it.
    ///   - settings: what to do.
    /// - Returns: the upright picture and the document.
    /// - Throws: ``AnalysisError``; `.cancelled` when the task was cancelled, `.outOfMemory` when too many wait.
    public func analyze(
        _ bytes: [UInt8],
        source: String,
        settings: AnalysisSettings = AnalysisSettings()
    ) async throws(AnalysisError) -> PhotoAnalysis {
        let token = CancellationToken(timeLimit: settings.timeLimit)
        let result: Result<PhotoAnalysis, AnalysisError>
        do throws(PoolRefusal) {
            result = try await pool.run(token: token) { context in
                Result { () throws(AnalysisError) in
                    try context.worker.analyze(
                        bytes,
                        source: source,
                        settings: settings,
                        threadCount: context.threadCount,
                        cancellation: context.token
                    )
                }
            }
        } catch {
            throw AnalysisError(error)
        }
        return try result.get()
    }
}

extension AnalysisError {
    /// Work that a pool refused.
    package init(_ refusal: PoolRefusal) {
        switch refusal {
        case .full:
            self.init(.outOfMemory, "Every worker is busy and the queue is full. Try again in a moment.")
        case .cancelled: self.init(.cancelled, "The work was cancelled.")
        case .stopping: self.init(.cancelled, "The workers are stopping.")
        }
    }
}
