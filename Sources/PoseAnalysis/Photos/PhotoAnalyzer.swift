// SPDX-License-Identifier: Apache-2.0

package import PoseCodecs
package import PoseEstimation
public import PoseImaging
internal import PosePrivacy
package import PoseSystem

/// The one way from the bytes of a picture to a document: decode, estimate, describe.
///
/// Owned by one worker: not to be used by two threads at a time. The networks are shared through a ``ModelCache``.
public final class PhotoAnalyzer {
    let estimator: any PoseEstimator
    let threadCount: Int
    let budget: MemoryBudget?
    /// What hides faces; `nil` where poses come from elsewhere.
    let anonymizers: AnonymizerCache?
    /// What hides them in tests.
    var fixedAnonymizer: PhotoAnonymizer?

    /// Makes an analyzer; working memory is taken at the first picture that can be decoded.
    ///
    /// - Parameters:
    ///   - models: where the networks come from.
    ///   - threadCount: threads inside one picture's networks; results do not depend on it.
    public convenience init(models: ModelCache, threadCount: Int = 1) {
        let engines = EngineCache(models: models, budget: nil, keeping: .full)
        self.init(
            estimator: EngineEstimator(engines: engines),
            threadCount: threadCount,
            anonymizers: AnonymizerCache(models: models, budget: nil, keeping: .full)
        )
    }

    /// What makes analyzers for workers that share their networks' memory, and draw from a budget before they take any.
    ///
    /// - Parameters:
    ///   - models: where the networks come from.
    ///   - complexity: the landmark network whose memory is the process's own, and is kept.
    ///   - budget: what everything else is drawn from; `nil` for no limit.
    /// - Returns: a function that makes one analyzer for each worker.
    package static func sharing(
        _ models: ModelCache,
        keeping complexity: ModelComplexity,
        budget: MemoryBudget?
    ) -> @Sendable () -> PhotoAnalyzer {
        let engines = EngineCache(models: models, budget: budget, keeping: complexity)
        let anonymizers = AnonymizerCache(models: models, budget: budget, keeping: complexity)
        return {
            PhotoAnalyzer(
                estimator: EngineEstimator(engines: engines),
                budget: budget,
                anonymizers: anonymizers
            )
        }
    }

    /// The same with another estimator, for tests.
    package convenience init(
        estimator: any PoseEstimator,
        threadCount: Int = 1,
        budget: MemoryBudget? = nil
    ) {
        self.init(estimator: estimator, threadCount: threadCount, budget: budget, anonymizers: nil)
    }

    private init(
        estimator: any PoseEstimator,
        threadCount: Int = 1,
        budget: MemoryBudget? = nil,
        anonymizers: AnonymizerCache?
    ) {
        self.estimator = estimator
        self.threadCount = threadCount
        self.budget = budget
        self.anonymizers = anonymizers
    }

    /// Analyses one picture.
    ///
    /// The same bytes and settings give the same poses, whatever was analysed before.
    ///
    /// - Parameters:
    ///   - bytes: a whole file.
    ///   - source: the picture's name, as the document gives it.
    ///   - settings: what to do.
    ///   - drawing: the format in which the people will be drawn, if they will: what makes that faster is kept.
    ///   - threadCount: threads for this picture; `nil` for those of the analyzer.
    ///   - cancellation: ends the work early, from another thread or by a deadline; `nil` for the time limit of
    ///     the settings alone.
    /// - Returns: the upright picture and the document; nobody found is not an error.
    /// - Throws: ``AnalysisError``.
    public func analyze(
        _ bytes: [UInt8],
        source: String,
        settings: AnalysisSettings = AnalysisSettings(),
        drawing: DrawingFormat? = nil,
        threadCount: Int? = nil,
        cancellation: CancellationToken? = nil
    ) throws(AnalysisError) -> PhotoAnalysis {
        let token = cancellation ?? CancellationToken(timeLimit: settings.timeLimit)
        return try analyze(
            open(bytes, settings, token),
            source: source,
            settings: settings,
            drawing: drawing,
            threadCount: threadCount,
            cancellation: token
        )
    }

    /// Analyses one picture whose header was read.
    ///
    /// - Parameters:
    ///   - file: a whole file.
    ///   - source: the picture's name, as the document gives it.
    ///   - settings: what to do.
    ///   - drawing: the format in which the people will be drawn, if they will.
    ///   - threadCount: threads for this picture; `nil` for those of the analyzer.
    ///   - token: ends the work early.
    /// - Returns: the upright picture and the document.
    /// - Throws: ``AnalysisError``.
    package func analyze(
        _ file: PictureFile,
        source: String,
        settings: AnalysisSettings,
        drawing: DrawingFormat? = nil,
        threadCount: Int? = nil,
        cancellation token: CancellationToken
    ) throws(AnalysisError) -> PhotoAnalysis {
        let threadCount = threadCount ?? self.threadCount
        let clock = ContinuousClock()
        let start = clock.now
        let places = settings.options.places.map {
            PixelRectangle(x: $0.x, y: $0.y, width: $0.width, height: $0.height)
        }
        let (width, height) = (file.info.width, file.info.height)
        if let objection = PixelRectangle.objection(to: places, inPictureOf: width, height) {
            throw AnalysisError(.placeOutside, objection)
        }
        let plan = DecodingPlan(file.info, settings, drawing: drawing)
        var look = try self.look(at: file, settings, plan, reduction: plan.reduction, threadCount, token)
        let finer = DecodingPlan.reduction(
            for: look.estimate.result.poses,
            foundAt: plan.reduction,
            width: look.picture.image.width,
            height: look.picture.image.height
        )
        if finer < plan.reduction {
            let (decode, timing) = (look.decode, look.estimate.result.timing)
            // The picture goes before the larger one comes.
            look.picture.image = ImageBuffer(width: 1, height: 1)
            look.reservation = nil
            look = try self.look(at: file, settings, plan, reduction: finer, threadCount, token)
            look.decode += decode
            look.estimate.result.timing.detect += timing.detect
            look.estimate.result.timing.landmark += timing.landmark
        }
        let picture = look.picture
        let timing = PoseDocument.Timing(
            decode: look.decode / .milliseconds(1),
            detect: look.estimate.result.timing.detect / .milliseconds(1),
            landmark: look.estimate.result.timing.landmark / .milliseconds(1),
            total: (clock.now - start) / .milliseconds(1)
        )
        let isReduced = picture.reduction > 1
        let size = isReduced ? (file.info.width, file.info.height) : picture.size
        var document = PoseDocument(
            source: source,
            imageWidth: size.0,
            imageHeight: size.1,
            orientation: picture.orientation,
            complexity: settings.complexity,
            modelSHA256: look.estimate.modelSHA256,
            timing: settings.hasTiming ? timing : nil,
            poses: isReduced
                ? look.estimate.result.poses.map { $0.placed(in: picture.place(in: size)) }
                : look.estimate.result.poses
        )
        document.reduction = picture.reduction
        var analysis = PhotoAnalysis(
            picture: picture,
            document: document,
            token: token,
            budget: budget,
            threadCount: threadCount,
            reservation: look.reservation
        )
        analysis.text = settings.figureText(of: document)
        return analysis
    }

    /// A picture that was decoded, and who is in it.
    private struct Look {
        var picture: DecodedImage
        var reservation: MemoryReservation?
        var decode: Duration
        var estimate: PoseEstimate
    }

    /// Decodes a picture at a size, and looks for people.
    private func look(
        at file: PictureFile,
        _ settings: AnalysisSettings,
        _ plan: DecodingPlan,
        reduction: Int,
        _ threadCount: Int,
        _ token: CancellationToken
    ) throws(AnalysisError) -> Look {
        let start = ContinuousClock.now
        var order = DecodingOrder()
        order.reduction = reduction
        order.threadCount = threadCount
        order.keepsBlocks = plan.keepsBlocks
        let (picture, reservation) = try WorkTrace.span("decode") { () throws(AnalysisError) in
            try self.decode(file, settings, order: order, token)
        }
        let decoded = ContinuousClock.now
        let estimate = try WorkTrace.span("estimate") { () throws(AnalysisError) in
            try self.estimate(picture.image, settings, threadCount, token)
        }
        return Look(
            picture: picture,
            reservation: reservation,
            decode: decoded - start,
            estimate: estimate
        )
    }

    /// Loads the networks of a complexity and runs each once.
    ///
    /// - Throws: `PoseError` when a model is missing or wrong.
    package func warmUp(_ complexity: ModelComplexity, threadCount: Int) throws(PoseError) {
        var options = PoseOptions()
        // Whatever is found in an empty picture goes on to the landmark network.
        options.minDetectionConfidence = 0
        _ = try estimator.estimate(
            ImageBuffer(width: 256, height: 256),
            complexity: complexity,
            options: options,
            threadCount: threadCount,
            cancellation: nil
        )
    }

    /// Lets working memory go that may not be needed again soon.
    package func releaseMemory() {
        estimator.releaseMemory()
        anonymizers?.releaseIdle()
    }

    /// Reads a picture's header.
    func open(
        _ bytes: [UInt8],
        _ settings: AnalysisSettings,
        _ token: CancellationToken
    ) throws(AnalysisError) -> PictureFile {
        try check(token, settings)
        return try PictureFile(bytes, settings: settings)
    }

    /// Decodes a picture, whose memory is drawn from the budget first.
    func decode(
        _ file: PictureFile,
        _ settings: AnalysisSettings,
        order: DecodingOrder = DecodingOrder(),
        _ token: CancellationToken
    ) throws(AnalysisError) -> (DecodedImage, MemoryReservation?) {
        try check(token, settings)
        do throws(ImageError) {
            var order = order
            order.limits = settings.imageLimits
            order.allowsDamaged = settings.allowsDamaged
            order.cancellation = token
            let reservation = try reserveMemory(for: file.info, &order)
            let picture = try file.decode(order)
            // What the codec held beside the pixels, their transparency and what is kept is free again.
            let pixelCount = picture.image.width * picture.image.height
            let bytesPerPixel = ImageBuffer.bytesPerPixel + (picture.metadata.alpha == nil ? 0 : 1)
            _ = reservation?.resize(to: pixelCount * bytesPerPixel + (picture.blocks?.byteCount ?? 0))
            return (picture, reservation)
        } catch {
            throw AnalysisError(error, timeLimit: settings.timeLimit)
        }
    }

    /// Draws what decoding takes; coefficients are kept only where there is memory for them.
    private func reserveMemory(
        for info: ImageInfo,
        _ order: inout DecodingOrder
    ) throws(ImageError) -> MemoryReservation? {
        // One with too many pixels is refused by the decoder, in its own words.
        guard let budget, info.pixelCount <= order.limits.maxPixelCount else { return nil }
        let byteCount = info.decodedByteCount(reduction: order.reduction)
        if order.keepsBlocks {
            let (sum, overflow) = byteCount.addingReportingOverflow(info.blockByteCount)
            if !overflow, let reservation = budget.reserve(sum) { return reservation }
            order.keepsBlocks = false
        }
        return try budget.reserve(byteCount, for: "decode the picture")
    }

    private func estimate(
        _ image: ImageBuffer,
        _ settings: AnalysisSettings,
        _ threadCount: Int,
        _ token: CancellationToken
    ) throws(AnalysisError) -> PoseEstimate {
        try check(token, settings)
        do throws(PoseError) {
            return try estimator.estimate(
                image,
                complexity: settings.complexity,
                options: settings.options,
                threadCount: threadCount,
                cancellation: token
            )
        } catch {
            throw AnalysisError(error, timeLimit: settings.timeLimit)
        }
    }

    /// Makes sure that somebody still waits for the result.
    func check(_ token: CancellationToken, _ settings: AnalysisSettings) throws(AnalysisError) {
        if let reason = token.reason { throw AnalysisError(reason, timeLimit: settings.timeLimit) }
    }
}
