// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PoseEstimation
import PoseImaging
import PoseSystem
import PoseTestSupport
import Testing

@Suite("Stream analyzer") struct StreamAnalyzerTests {
    private var settings: AnalysisSettings {
        var settings = AnalysisSettings()
        settings.complexity = Media.quickest
        return settings
    }

    private func analyzer(budget: MemoryBudget? = nil) -> PhotoAnalyzer {
        PhotoAnalyzer.sharing(ModelCache(store: Media.models), keeping: Media.quickest, budget: budget)()
    }

    private func frame(_ index: Int) -> PoseFrame { PoseFrame(index: index, time: .milliseconds(40 * index)) }

    @Test func framesOfAStreamAreTrackedUntilItIsReset() throws {
        let file = try Media.bytes("astronaut.png")
        let worker = analyzer()
        var stream = StreamAnalyzer(source: "a camera", settings: settings)
        let first = try stream.analyze(file, as: frame(0), with: worker)
        #expect(first.source == "a camera" && first.frame?.state == .detected)
        #expect(first.poses.count == 1 && first.imageWidth == 512)
        let timing = try #require(first.timing)
        #expect(timing.decode > 0 && timing.detect > 0 && timing.landmark > 0)
        #expect(timing.total >= timing.decode + timing.detect + timing.landmark)
        let second = try stream.analyze(file, as: frame(1), with: worker)
        #expect(second.frame == PoseFrame(index: 1, time: .milliseconds(40), state: .tracked))
        stream.reset()
        let third = try stream.analyze(file, as: frame(2), with: worker)
        #expect(third.frame?.state == .detected)
        #expect(third.poses == first.poses)
    }

    @Test func photosInBetweenAndOtherWorkersChangeNothing() throws {
        let files = try ["astronaut.png", "portrait.jpg"].map { try Media.bytes($0) }
        let workers = [analyzer(), analyzer()]
        var alone = StreamAnalyzer(source: "a", settings: settings)
        var mixed = alone
        for index in 0..<4 {
            let expected = try alone.analyze(files[0], as: frame(index), with: workers[0])
            let worker = workers[index % 2]
            let photo = try worker.analyze(files[1], source: "b", settings: settings)
            #expect(photo.document.poses.allSatisfy { $0.track == nil })
            let found = try mixed.analyze(files[0], as: frame(index), with: worker)
            #expect(found.poses == expected.poses)
        }
    }

    @Test func aDecodedFrameGivesWhatItsFileGives() throws {
        let file = try Media.bytes("portrait.jpg")
        let worker = analyzer()
        var (one, other) = (
            StreamAnalyzer(source: "a", settings: settings), StreamAnalyzer(source: "a", settings: settings)
        )
        let picture = try ImageDecoder.decode(file)
        let fromFile = try one.analyze(file, as: frame(0), with: worker)
        let fromPixels = try picture.image.withView { try other.analyze($0, as: frame(0), with: worker) }
        #expect(fromFile.poses == fromPixels.poses && fromFile.frame == fromPixels.frame)
    }

    @Test func aFrameThatFailsLeavesTheStreamAsItWasAndHoldsNoMemory() throws {
        let file = try Media.bytes("astronaut.png")
        let budget = MemoryBudget(byteCount: 20_000_000)
        let worker = analyzer(budget: budget)
        var stream = StreamAnalyzer(source: "a", settings: settings)
        _ = try stream.analyze(file, as: frame(0), with: worker)
        // The networks that nobody uses go when somebody needs their memory.
        #expect(budget.reserve(budget.byteCount) != nil)

        var undisturbed = stream
        let expected = try undisturbed.analyze(file, as: frame(1), with: worker)
        let damaged = #expect(throws: AnalysisError.self) {
            try stream.analyze(Array(file.prefix(file.count / 2)), as: frame(1), with: worker)
        }
        #expect(damaged?.code == .undecodable)
        let token = CancellationToken()
        token.cancel()
        let cancelled = #expect(throws: AnalysisError.self) {
            try stream.analyze(file, as: frame(1), with: worker, cancellation: token)
        }
        #expect(cancelled?.code == .cancelled)
        let held = budget.reserve(19_900_000)
        let refused = #expect(throws: AnalysisError.self) {
            try stream.analyze(file, as: frame(1), with: worker)
        }
        #expect(refused?.code == .outOfMemory && budget.usedByteCount == 19_900_000)
        withExtendedLifetime(held) {}
        #expect(try stream.analyze(file, as: frame(1), with: analyzer()).poses == expected.poses)
    }
}
