// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import PoseEstimation
import PoseTestSupport
import Testing

@Suite struct CancellationTests {
    private let image = ImageBuffer(width: 300, height: 300)

    private func detect(_ token: CancellationToken?, people: Int = 1) throws -> PoseResult {
        var landmarker = PoseLandmarker(model: try Media.model())
        var options = PoseOptions()
        options.maxPeople = people
        options.minDetectionConfidence = 0
        options.minPresenceConfidence = 0
        return try landmarker.detect(in: image, options: options, cancellation: token)
    }

    @Test func whatIsCancelledEndsWithItsCode() {
        let token = CancellationToken()
        token.cancel()
        let error = #expect(throws: PoseError.self) { try detect(token) }
        #expect(error?.code == .cancelled)
        #expect(error?.cause as? CancellationToken.Reason == .cancelled)
    }

    @Test func aDeadlineThatHasPassedEndsWithItsCode() {
        let error = #expect(throws: PoseError.self) { try detect(CancellationToken(timeLimit: .zero)) }
        #expect(error?.code == .timedOut)
        #expect(error?.cause as? CancellationToken.Reason == .timedOut)
    }

    @Test func aDeadlineEndsWorkThatHasBegun() throws {
        let clock = ContinuousClock()
        let whole = try clock.measure { _ = try detect(nil, people: 60) }
        let token = CancellationToken(timeLimit: whole / 10)
        var error: PoseError?
        let stopped = clock.measure {
            error = #expect(throws: PoseError.self) { try detect(token, people: 60) }
        }
        #expect(error?.code == .timedOut)
        #expect(stopped < whole)
    }

    @Test func aTokenThatNobodyCancelsChangesNothing() throws {
        let token = CancellationToken(timeLimit: .seconds(3600))
        #expect(try detect(token, people: 3).poses == detect(nil, people: 3).poses)
    }

    @Test func masksAreNotProjectedOnceCancelled() throws {
        let engine = PoseEngine(model: try Media.model())
        let mask = SegmentationMask(
            values: [Float](repeating: 1, count: 256 * 256),
            region: RegionOfInterest(centerX: 0.5, centerY: 0.5, width: 1, height: 1, rotationRadians: 0),
            imageWidth: 10,
            imageHeight: 10
        )
        let token = CancellationToken()
        token.cancel()
        let error = #expect(throws: PoseError.self) {
            try engine.projectMasks([mask], width: 10, height: 10, cancellation: token)
        }
        #expect(error?.code == .cancelled)
    }
}
