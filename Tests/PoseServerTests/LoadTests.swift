// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseCodecs
import PoseEstimation
import PoseHTTP
import PoseImaging
import PoseRendering
import PoseServer
import PoseTestSupport
import Synchronization
import Testing

/// What work costs, and who waits for whom.
@Suite struct LoadTests {
    private static func estimate(
        _ file: [UInt8],
        _ output: PhotoOutput = .document,
        _ change: (inout AnalysisSettings) -> Void = { _ in }
    ) -> WorkEstimate {
        var settings = AnalysisSettings()
        change(&settings)
        return WorkEstimate(photo: try? ImageDecoder.inspect(file), settings: settings, output: output)
    }

    @Test func moreToDoCostsMore() throws {
        let small = try picture()
        let large = try picture(width: 2000, height: 1500)
        let plain = Self.estimate(small).milliseconds
        #expect((15...25).contains(plain))
        #expect(Self.estimate(large).milliseconds > plain + 10)
        #expect(Self.estimate(small) { $0.complexity = .heavy }.milliseconds > 2 * plain)
        #expect(Self.estimate(small) { $0.complexity = .lite }.milliseconds < plain)
        #expect(Self.estimate(small) { $0.options.segmentationMask = true }.milliseconds > plain)
        let crowd = Self.estimate(small) {
            $0.complexity = .heavy
            $0.options.maxPeople = 100
        }
        #expect(crowd.milliseconds > 4000)
        let drawn = ImageFormat.allCases.map { Self.estimate(large, .annotated($0)).milliseconds }
        #expect(drawn.allSatisfy { $0 > Self.estimate(large).milliseconds + 20 })
        #expect(drawn[1] == drawn.max())
        #expect(Self.estimate(large, .masks).milliseconds > Self.estimate(large).milliseconds)
    }

    @Test func memoryIsThatOfTheWorstMoment() throws {
        let large = try picture(width: 2000, height: 1500)
        let decoding = Self.estimate(large).byteCount
        #expect((12_000_000...13_000_000).contains(decoding))
        // The picture, the file twice while it is copied, and what the library holds.
        #expect(Self.estimate(large, .annotated(.jpeg)).byteCount == 12_000_000 + 2 * 1_500_000 + (1 << 20))
        #expect(Self.estimate(large, .annotated(.png)).byteCount == 12_000_000 + 2 * 6_000_000 + (1 << 20))
        let alone = Self.estimate(large, .annotated(.png)) { $0.style = .skeletonOnly }.byteCount
        #expect((15_000_000...18_000_000).contains(alone))
        // The picture is gone by the time that masks are drawn.
        #expect(Self.estimate(large, .masks).byteCount == decoding)
    }

    @Test func whatIsRefusedCostsNextToNothing() throws {
        let large = try picture(width: 2000, height: 1500)
        #expect(Self.estimate([1, 2, 3]) == WorkEstimate(milliseconds: 1))
        #expect(Self.estimate(large) { $0.maxPixelCount = 1000 } == WorkEstimate(milliseconds: 1))
    }

    @Test func aSmallPhotoWaitsForNoRequestThatAsksForAHundredPeople() async throws {
        let barrier = Barrier()
        let isFirst = Countdown(2)
        // The first two estimates last until the test lets them go, on both workers.
        let script = FakeEstimator.Script { if isFirst.take() { barrier.pass() } }
        let service = fakeService(script, workers: 2, queueLimit: 20_000)
        let photo = try picture()
        let hungry = [("complexity", "2"), ("max-people", "100")].map { (name: $0.0, value: $0.1) }
        let crowd = (0..<5).map { _ in Task { await service.respond(to: .pose(photo, query: hungry)).status }
        }
        #expect(try await barrier.hasArrived(2))
        for _ in 0..<3 { #expect(await service.respond(to: .pose(photo)).status == 200) }
        barrier.open(2)
        for request in crowd { #expect(await request.value == 200) }
    }

    @Test func aFullQueueIsAnsweredWith429AndTheTimeItTakes() async throws {
        let barrier = Barrier()
        let service = fakeService(FakeEstimator.Script { barrier.pass() }, workers: 1, queueLimit: 9000)
        let photo = try picture()
        let hungry = [("complexity", "2"), ("max-people", "100")].map { (name: $0.0, value: $0.1) }
        let running = Task { await service.respond(to: .pose(photo, query: hungry)).status }
        #expect(try await barrier.hasArrived(1))
        // Two of about 4.7 s fit, since less than 9 s are ahead of the second one.
        let crowd = (0..<2).map { _ in Task { await service.respond(to: .pose(photo, query: hungry)).status }
        }
        var refused: HTTPResponse?
        for _ in 0..<1000 where refused?.status != 429 {
            let probe = Task { await service.respond(to: .pose(photo, query: hungry)) }
            try await Task.sleep(for: .milliseconds(20))
            probe.cancel()
            refused = await probe.value
        }
        #expect(refused?.status == 429)
        #expect(refused?.errorCode == "busy")
        let seconds = refused?.header("retry-after").flatMap { Int($0) } ?? 0
        #expect((10...20).contains(seconds), "\(seconds)")
        barrier.open(100)
        #expect(await running.value == 200)
        for request in crowd { #expect(await request.value == 200) }
    }
}

/// Says yes so many times.
private final class Countdown: Sendable {
    private let left: Atomic<Int>

    init(_ count: Int) {
        left = Atomic(count)
    }

    func take() -> Bool { left.wrappingSubtract(1, ordering: .relaxed).oldValue > 0 }
}
