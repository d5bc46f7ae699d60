// SPDX-License-Identifier: Apache-2.0

internal import PoseCodecs
internal import PoseEstimation
public import PoseImaging
internal import PoseInference
public import PosePrivacy
package import PoseSystem

extension PhotoAnalyzer {
    /// Covers the faces of one picture.
    ///
    /// - Parameters:
    ///   - bytes: a whole file.
    ///   - settings: what to do: ``AnalysisSettings/anonymization``, and the limits.
    ///   - threadCount: threads for this picture; `nil` for those of the analyzer.
    ///   - cancellation: ends the work early; `nil` for the time limit of the settings alone.
    /// - Returns: the file, or why there is none.
    /// - Throws: ``AnalysisError``.
    public func anonymize(
        _ bytes: [UInt8],
        settings: AnalysisSettings = AnalysisSettings(),
        threadCount: Int? = nil,
        cancellation: CancellationToken? = nil
    ) throws(AnalysisError) -> AnonymizedPhoto {
        try anonymizeWithinBudget(
            bytes,
            settings: settings,
            threadCount: threadCount,
            cancellation: cancellation
        ).photo
    }

    /// The same with what the file takes of the budget, until it is let go.
    package func anonymizeWithinBudget(
        _ bytes: [UInt8],
        settings: AnalysisSettings,
        threadCount: Int? = nil,
        cancellation: CancellationToken? = nil
    ) throws(AnalysisError) -> (photo: AnonymizedPhoto, memory: MemoryReservation?) {
        let token = cancellation ?? CancellationToken(timeLimit: settings.timeLimit)
        try check(token, settings)
        let memory = try reserve(bytes, settings)
        let anonymizer = try anonymizer(threadCount ?? self.threadCount)
        do throws(PrivacyError) {
            let photo = try anonymizer.anonymize(
                bytes,
                options: settings.anonymization,
                limits: settings.imageLimits,
                cancellation: token
            )
            _ = memory?.resize(to: photo.bytes?.count ?? 0)
            return (photo, memory)
        } catch {
            throw AnalysisError(error, timeLimit: settings.timeLimit)
        }
    }

    /// Hides faces by another way to find them, for tests.
    package func setAnonymizer(_ anonymizer: PhotoAnonymizer) {
        for count in 1...ThreadPool.maxThreadCount { anonymizers[count] = anonymizer }
    }

    private func anonymizer(_ threadCount: Int) throws(AnalysisError) -> PhotoAnonymizer {
        if let anonymizer = anonymizers[threadCount] { return anonymizer }
        guard let models else {
            throw AnalysisError(.modelUnavailable, "There are no networks for faces here.")
        }
        do throws(PoseError) {
            let anonymizer = PhotoAnonymizer(models: try models.faceModels(), threadCount: threadCount)
            anonymizers[threadCount] = anonymizer
            return anonymizer
        } catch {
            throw AnalysisError(error)
        }
    }

    /// Draws what a picture takes from the budget; one with too many pixels is refused by the decoder, in its own words.
    private func reserve(
        _ bytes: [UInt8],
        _ settings: AnalysisSettings
    ) throws(AnalysisError) -> MemoryReservation? {
        guard let budget else { return nil }
        do throws(ImageError) {
            let info = try ImageDecoder.inspect(bytes, limits: settings.imageLimits)
            guard info.pixelCount <= settings.maxPixelCount else { return nil }
            let byteCount = WorkEstimate(anonymizing: info, settings: settings).byteCount
            return try budget.reserve(byteCount, for: "hide the picture's faces")
        } catch {
            throw AnalysisError(error, timeLimit: settings.timeLimit)
        }
    }
}

extension AnalysisError {
    /// An error of hiding faces.
    public init(_ error: PrivacyError, timeLimit: Duration? = nil) {
        switch error.cause {
        case let cause as ImageError: self.init(cause, timeLimit: timeLimit)
        case let cause as PoseError: self.init(cause, timeLimit: timeLimit)
        default: self.init(.invalidParameter, error.message, cause: error)
        }
    }
}
