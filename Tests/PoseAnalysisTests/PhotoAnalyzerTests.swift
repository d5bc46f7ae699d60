// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PoseEstimation
import PoseImaging
import PoseRendering
import PoseSystem
import PoseTestSupport
import Testing

/// Finds nobody.
private final class NobodyEstimator: PoseEstimator {
    func estimate(
        _ image: ImageBuffer,
        complexity: ModelComplexity,
        options: PoseOptions,
        threadCount: Int,
        cancellation: CancellationToken?
    ) throws(PoseError) -> PoseEstimate {
        PoseEstimate(result: PoseResult(poses: [], timing: PoseTiming()), modelSHA256: "")
    }

    func track(
        _ picture: PictureView,
        at timestamp: Duration,
        state: inout PoseTrackState,
        complexity: ModelComplexity,
        options: PoseOptions,
        threadCount: Int,
        cancellation: CancellationToken?
    ) throws(PoseError) -> PoseEstimate {
        PoseEstimate(result: PoseResult(poses: [], timing: PoseTiming()), modelSHA256: "")
    }
}

@Suite("Photo analyzer") struct PhotoAnalyzerTests {
    private func photo(width: Int = 200, height: Int = 100) throws -> [UInt8] {
        try ImageEncoder.encode(.noise(width: width, height: height, seed: 1), as: .png)
    }

    @Test func aPictureDrawsItsMemoryFromTheBudgetAndGivesItBack() throws {
        let budget = MemoryBudget(byteCount: 10_000_000)
        let analyzer = PhotoAnalyzer(estimator: NobodyEstimator(), budget: budget)
        do {
            let analysis = try analyzer.analyze(photo(), source: "a")
            #expect(budget.usedByteCount == 200 * 100 * 4)
            _ = try analysis.annotatedFile(style: .classic, format: .jpeg)
            #expect(budget.usedByteCount == 200 * 100 * 4)
            withExtendedLifetime(analysis) {}
        }
        #expect(budget.usedByteCount == 0)
    }

    /// A budget that has no room for the picture twice.
    @Test(arguments: [DrawingFormat.jpeg, .png]) func aPictureIsDrawnOnInItsOwnMemory(
        format: DrawingFormat
    ) throws {
        let budget = MemoryBudget(byteCount: 2000 * 1000 * 4 + 3_000_000)
        let analyzer = PhotoAnalyzer(estimator: NobodyEstimator(), budget: budget)
        let plain = try ImageEncoder.encode(ImageBuffer(width: 2000, height: 1000), as: .png)
        var analysis = try analyzer.analyze(plain, source: "a")
        var times = DrawingTimes()
        let file = try analysis.takeAnnotatedFile(style: .classic, format: format, times: &times)
        #expect(try ImageDecoder.inspect(file.bytes).pixelCount == 2_000_000)
        #expect(budget.usedByteCount == file.bytes.count, "the picture is gone, the file is held")
        withExtendedLifetime(analysis) {}
        withExtendedLifetime(file) {}
    }

    @Test func aFileThatTheBudgetHasNoRoomForIsARefusal() throws {
        let bytes = try ImageEncoder.encode(.noise(width: 1000, height: 1000, seed: 1), as: .png)
        for spare in [0, 1 << 20, 2 << 20] {
            // Noise becomes a file of 3 MB.
            let budget = MemoryBudget(byteCount: 4_000_000 + (1 << 20) + spare)
            var analysis = try PhotoAnalyzer(estimator: NobodyEstimator(), budget: budget)
                .analyze(bytes, source: "a")
            let error = #expect(throws: AnalysisError.self) {
                var times = DrawingTimes()
                _ = try analysis.takeAnnotatedFile(style: .classic, format: .png, times: &times)
            }
            #expect(error?.code == .outOfMemory)
            #expect(budget.usedByteCount == 0)
        }
    }

    @Test func whatNetworksHoldBeyondTheDefaultGoesWhenTheBudgetIsShort() throws {
        let other = Media.quickest == .full ? ModelComplexity.lite : .full
        let budget = MemoryBudget(byteCount: 100_000_000)
        let analyzer = PhotoAnalyzer.sharing(
            ModelCache(store: Media.models),
            keeping: other,
            budget: budget
        )()
        var settings = AnalysisSettings()
        settings.complexity = Media.quickest
        do { _ = try analyzer.analyze(Media.bytes("bus.jpg"), source: "a", settings: settings) }
        #expect(budget.usedByteCount > 10_000_000)
        let all = budget.reserve(budget.byteCount)
        #expect(all != nil, "nobody works with them")
        let error = #expect(throws: AnalysisError.self) {
            try analyzer.analyze(Media.bytes("bus.jpg"), source: "a", settings: settings)
        }
        #expect(error?.code == .outOfMemory)
        withExtendedLifetime(all) {}
    }

    @Test func aFullBudgetIsARefusalAndNotAnAllocation() throws {
        let budget = MemoryBudget(byteCount: 10_000_000)
        let held = budget.reserve(9_990_000)
        let analyzer = PhotoAnalyzer(estimator: NobodyEstimator(), budget: budget)
        let error = #expect(throws: AnalysisError.self) { try analyzer.analyze(photo(), source: "a") }
        #expect(error?.code == .outOfMemory)
        withExtendedLifetime(held) {}
    }

    @Test func aPictureBeyondTheWholeBudgetIsTooLarge() throws {
        let analyzer = PhotoAnalyzer(estimator: NobodyEstimator(), budget: MemoryBudget(byteCount: 10_000))
        let error = #expect(throws: AnalysisError.self) { try analyzer.analyze(photo(), source: "a") }
        #expect(error?.code == .tooManyPixels)
    }

    @Test func drawingMasksAndEncodingStopWhenNobodyWaitsAnyMore() throws {
        let token = CancellationToken()
        let analyzer = PhotoAnalyzer(models: ModelCache(store: Media.models))
        var settings = AnalysisSettings()
        settings.complexity = Media.quickest
        settings.options.segmentationMask = true
        let bytes = try Media.bytes("bus.jpg")
        let analysis = try analyzer.analyze(bytes, source: "a", settings: settings, cancellation: token)
        #expect(analysis.document.poses.count == 1)
        #expect(try analysis.maskFiles().count == 1)
        token.cancel()
        let masks = #expect(throws: AnalysisError.self) { try analysis.maskFiles() }
        #expect(masks?.code == .cancelled)
        let drawn = #expect(throws: AnalysisError.self) {
            try analysis.annotatedFile(style: .classic, format: .png)
        }
        #expect(drawn?.code == .cancelled)
    }

    @Test func aDeadlineThatIsOverEndsTheWork() throws {
        var settings = AnalysisSettings()
        settings.timeLimit = .zero
        let analyzer = PhotoAnalyzer(estimator: NobodyEstimator())
        let error = #expect(throws: AnalysisError.self) {
            try analyzer.analyze(photo(), source: "a", settings: settings)
        }
        #expect(error?.code == .timedOut)
    }

    @Test func workersAnalyseForAsynchronousCallers() async throws {
        let workers = PhotoWorkers(models: ModelCache(store: Media.models), workerCount: 2)
        let analysis = try await workers.analyze(Media.bytes("bus.jpg"), source: "bus.jpg")
        #expect(analysis.document.poses.count == 1)
        #expect(analysis.document.source == "bus.jpg")
    }

    @Test func aPictureTooLongToDrawOnHasACodeOfItsOwn() throws {
        let file = try ImageEncoder.encode(ImageBuffer(width: 4_000_001, height: 1), as: .png)
        let analysis = try PhotoAnalyzer(estimator: NobodyEstimator()).analyze(file, source: "a.png")
        let error = #expect(throws: AnalysisError.self) {
            try analysis.annotatedFile(style: .skeletonOnly, format: .png)
        }
        #expect(error?.code == .tooLargeToDraw)
    }

    @Test func annotatedPicturesKeepTransparencyWhereNothingWasDrawn() throws {
        let image = ImageBuffer.noise(width: 40, height: 30, seed: 2)
        let alpha = try AlphaPlane([UInt8](repeating: 7, count: 40 * 30), width: 40, height: 30)
        let file = try ImageEncoder.encode(image, as: .png, metadata: ImageMetadata(alpha: alpha))
        let analysis = try PhotoAnalyzer(estimator: NobodyEstimator()).analyze(file, source: "a.png")
        let drawn = try ImageDecoder.decode(analysis.annotatedFile(style: .classic, format: .png))
        let values = drawn.metadata.alpha?.withUnsafeBytes { [UInt8]($0) }
        #expect(values == [UInt8](repeating: 7, count: 40 * 30))
    }
}
