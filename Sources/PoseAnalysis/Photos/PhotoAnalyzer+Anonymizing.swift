// SPDX-License-Identifier: Apache-2.0

package import PoseCodecs
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
        return try anonymizeWithinBudget(
            open(bytes, settings, token),
            settings: settings,
            threadCount: threadCount,
            cancellation: token
        )
    }

    /// The same of a file whose header was read.
    ///
    /// - Parameters:
    ///   - file: a whole file.
    ///   - settings: what to do.
    ///   - threadCount: threads for this picture; `nil` for those of the analyzer.
    ///   - token: ends the work early.
    /// - Returns: the file, or why there is none, and what it takes of the budget.
    /// - Throws: ``AnalysisError``.
    package func anonymizeWithinBudget(
        _ file: PictureFile,
        settings: AnalysisSettings,
        threadCount: Int? = nil,
        cancellation token: CancellationToken
    ) throws(AnalysisError) -> (photo: AnonymizedPhoto, memory: MemoryReservation?) {
        try check(token, settings)
        let pictures = try reserve(file.info, settings)
        defer { withExtendedLifetime(pictures) {} }
        let memory = budget?.reserve(0)
        let entry = try takeAnonymizer(threadCount ?? self.threadCount, settings)
        defer { if let entry { anonymizers?.giveBack(entry) } }
        guard let anonymizer = fixedAnonymizer ?? entry?.anonymizer else {
            throw AnalysisError(.modelUnavailable, "There are no networks for faces here.")
        }
        do throws(PrivacyError) {
            let photo = try anonymizer.anonymize(
                file,
                options: settings.anonymization,
                limits: settings.imageLimits,
                cancellation: token,
                memory: memory
            )
            return (photo, memory)
        } catch {
            throw AnalysisError(error, timeLimit: settings.timeLimit)
        }
    }

    /// Hides faces by another way to find them, for tests.
    package func setAnonymizer(_ anonymizer: PhotoAnonymizer) { fixedAnonymizer = anonymizer }

    private func takeAnonymizer(
        _ threadCount: Int,
        _ settings: AnalysisSettings
    ) throws(AnalysisError) -> AnonymizerCache.Entry? {
        guard fixedAnonymizer == nil else { return nil }
        do throws(PoseError) {
            return try anonymizers?.take(threadCount, for: settings.anonymization)
        } catch {
            throw AnalysisError(error, timeLimit: settings.timeLimit)
        }
    }

    /// Draws what a picture takes from the budget; one with too many pixels is refused by the decoder, in its own words.
    private func reserve(
        _ info: ImageInfo,
        _ settings: AnalysisSettings
    ) throws(AnalysisError) -> MemoryReservation? {
        guard let budget, info.pixelCount <= settings.maxPixelCount else { return nil }
        do throws(ImageError) {
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
        case _ where error.code == .placeOutside: self.init(.placeOutside, error.message, cause: error)
        default: self.init(.invalidParameter, error.message, cause: error)
        }
    }
}
