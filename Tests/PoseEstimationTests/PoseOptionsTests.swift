// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import Testing

@Suite struct PoseOptionsTests {
    @Test func acceptsTheDefaultsAndTheEdges() throws {
        var options = PoseOptions()
        try options.validate()
        options.minDetectionConfidence = 0
        options.minPresenceConfidence = 1
        options.maxPeople = .max
        try options.validate()
    }

    @Test(arguments: [-0.1, 1.1, .nan, .infinity, -.infinity] as [Float])
    func refusesConfidencesOutsideZeroToOne(value: Float) {
        var options = PoseOptions()
        options.minDetectionConfidence = value
        let detection = #expect(throws: PoseError.self) { try options.validate() }
        #expect(detection?.code == .invalidOption)
        #expect(detection?.message == "minDetectionConfidence must be 0…1, got \(value).")
        options = PoseOptions()
        options.minPresenceConfidence = value
        #expect(#expect(throws: PoseError.self) { try options.validate() }?.code == .invalidOption)
    }

    @Test(arguments: [-1, .min])
    func refusesLessThanNobody(count: Int) {
        var options = PoseOptions()
        options.maxPeople = count
        let error = #expect(throws: PoseError.self) { try options.validate() }
        #expect(
            error?.message == "maxPeople must be at least 1, or 0 for as many as there are, got \(count)."
        )
    }
}
