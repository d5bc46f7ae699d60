// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import PoseServer
import PoseTestSupport
import Synchronization
import Testing

@Suite("Live WebSocket: fairness") struct LiveFairnessTests {
    private final class Stop: Sendable {
        private let value = Atomic(false)
        var isSet: Bool { value.load(ordering: .relaxed) }
        func set() { value.store(true, ordering: .relaxed) }
    }

    /// Sends so that a frame always waits behind the one that is with a worker.
    private static func flood(_ port: UInt16, _ frame: [UInt8], until stop: Stop) throws -> Int {
        let client = try LiveClient(port)
        var answerCount = 0
        for _ in 0..<3 { client.send(frame) }
        while !stop.isSet, !client.receive().text.isEmpty {
            answerCount += 1
            for _ in 0..<3 { client.send(frame) }
        }
        return answerCount
    }

    @Test func photosAreAnsweredWithinAFewFramesOfStreamsThatSendAsFastAsTheyCan() async throws {
        let frame = try picture()
        let script = FakeEstimator.Script { usleep(10_000) }
        let service = fakeService(script)
        let stop = Stop()
        try await withServer(service) { port in
            let streams = (0..<4).map { _ in
                Task { try await onThread { try Self.flood(port, frame, until: stop) } }
            }
            let isBusy = try await eventually { script.state.withLock { $0.threadCounts.count } > 40 }
            #expect(isBusy)
            var framesMeanwhile: [Int] = []
            for _ in 0..<10 {
                let before = script.state.withLock { $0.threadCounts.count }
                let response = await service.respond(to: .pose(frame))
                #expect(response.status == 200)
                framesMeanwhile.append(script.state.withLock { $0.threadCounts.count } - before)
            }
            stop.set()
            var answerCounts: [Int] = []
            for stream in streams { answerCounts.append(try await stream.value) }
            // Two frames are with workers, one of each further stream waits; some more while the answer travels.
            #expect(framesMeanwhile.sorted()[5] <= 12, "\(framesMeanwhile)")
            // Streams take turns with one another, too.
            let (least, most) = (answerCounts.min() ?? 0, answerCounts.max() ?? 0)
            #expect(least > 5 && most <= 3 * least, "\(answerCounts)")
        }
    }

    @Test func aStreamAloneHasAllThreadsEvenWhenAFrameAlwaysWaits() async throws {
        let frame = try picture()
        let script = FakeEstimator.Script { usleep(20_000) }
        let stop = Stop()
        try await withServer(fakeService(script, workers: 3)) { port in
            let stream = Task { try await onThread { try Self.flood(port, frame, until: stop) } }
            #expect(try await eventually { script.state.withLock { $0.threadCounts.count } > 10 })
            stop.set()
            _ = try await stream.value
        }
        #expect(script.state.withLock { $0.threadCounts.allSatisfy { $0 == 3 } })
    }
}
