// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseTestSupport
import Testing

/// The time of MediaPipe's simulated frame `index`.
private func frameTime(_ index: Int) -> Duration { .microseconds(33_333 * index) }

@Suite struct OneEuroFilterTests {
    private typealias Parameters = OneEuroFilter.Parameters

    private func run(
        _ parameters: Parameters,
        scale: Float,
        _ inputs: [Float],
        at time: (Int) -> Duration = frameTime
    ) -> [Float] {
        var filter = OneEuroFilter(parameters)
        return inputs.enumerated().map { index, value in
            var values = [value]
            filter.apply(to: &values, at: time(index), valueScale: scale)
            return values[0]
        }
    }

    /// Numbers of a verified implementation of MediaPipe's filters.
    @Test func hasTheReferenceNumbers() {
        let cases: [(Parameters, Float, [Float], [Float])] = [
            (
                Parameters(minCutoff: 0.05, beta: 80), 1 / 200, [100, 101, 103, 103, 90],
                [100, 100.308289, 101.798752, 102.407585, 92.129234]
            ),
            (
                Parameters(minCutoff: 0.1, beta: 40), 1, [1.00, 1.01, 1.03, 1.03, 0.90],
                [1, 1.00313258, 1.01806545, 1.02414453, 0.92126590]
            ),
            (
                Parameters(minCutoff: 0.01, beta: 10), 1 / 200, [100, 101, 103, 103, 90],
                [100, 100.053474, 100.450844, 100.742615, 96.696587]
            ),
        ]
        for (parameters, scale, inputs, expected) in cases {
            for (value, expected) in zip(run(parameters, scale: scale, inputs), expected) {
                #expect(abs(value - expected) <= expected * 1.2e-7, "\(parameters)")
            }
        }
    }

    @Test func valuesAreFilteredEachByItself() {
        let parameters = Parameters(minCutoff: 0.05, beta: 80)
        let (first, second) = ([5, 6, 8, 8, 8] as [Float], [1, -3, -3, 4, 0] as [Float])
        var filter = OneEuroFilter(parameters)
        let both = zip(first, second).enumerated().map { index, pair in
            var values = [pair.0, pair.1]
            filter.apply(to: &values, at: frameTime(index), valueScale: 0.1)
            return values
        }
        #expect(both.map { $0[0] } == run(parameters, scale: 0.1, first))
        #expect(both.map { $0[1] } == run(parameters, scale: 0.1, second))
    }

    @Test func aMomentThatIsNotAfterTheLastPassesWithoutATrace() {
        let parameters = Parameters(minCutoff: 0.05, beta: 80)
        var filter = OneEuroFilter(parameters)
        var values: [Float] = [1]
        filter.apply(to: &values, at: .seconds(2))
        let before = filter
        for time in [Duration.seconds(2), .seconds(1), .seconds(-5)] {
            values = [7]
            filter.apply(to: &values, at: time)
            #expect(values == [7] && filter == before)
        }
    }

    @Test func aResetFilterPassesTheNextValue() {
        var filter = OneEuroFilter(Parameters(minCutoff: 0.05, beta: 80))
        for (index, value) in [1, 2, 3].enumerated() {
            var values = [Float(value)]
            filter.apply(to: &values, at: frameTime(index))
        }
        filter.reset()
        #expect(filter == OneEuroFilter(Parameters(minCutoff: 0.05, beta: 80)))
        var values: [Float] = [40]
        filter.apply(to: &values, at: frameTime(3))
        #expect(values == [40])
    }

    @Test func whatIsNotFiniteLeavesNoTrace() {
        let parameters = Parameters(minCutoff: 0.05, beta: 80)
        for bad in [Float.nan, .infinity, -.infinity] {
            let outputs = run(parameters, scale: 1, [1, bad, 1, 1.5])
            #expect(outputs[1].isNaN == bad.isNaN && (bad.isNaN || outputs[1] == bad))
            #expect(outputs[2].isFinite && outputs[3].isFinite)
            let later = run(parameters, scale: 1, [bad, 1, 2, 3]).dropFirst()
            #expect(later.allSatisfy { $0.isFinite })
        }
    }

    @Test(arguments: 0..<20)
    func staysBetweenTheSmallestAndTheLargestInput(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let inputs = (0..<60).map { _ in Float.random(in: -50...900, using: &generator) }
        var time = Duration.zero
        let times = inputs.map { _ in
            time += .microseconds(Int64.random(in: 1...200_000, using: &generator))
            return time
        }
        let parameters = Parameters(
            minCutoff: .random(in: 0.001...2, using: &generator),
            beta: .random(in: 0...100, using: &generator)
        )
        let scale = Float.random(in: 0.001...1, using: &generator)
        let outputs = run(parameters, scale: scale, inputs) { times[$0] }
        for (index, output) in outputs.enumerated() {
            let seen = inputs.prefix(index + 1)
            // Rounding to single precision may step over the edge by its last bit.
            let edge: Float = 1e-4
            #expect(output >= (seen.min() ?? 0) - edge && output <= (seen.max() ?? 0) + edge)
        }
        #expect(outputs.first == inputs.first)
    }

    @Test(arguments: [0, 1, -3, 1e-30, 500] as [Float])
    func whatRestsStays(value: Float) {
        let outputs = run(
            Parameters(minCutoff: 0.05, beta: 80),
            scale: 0.01,
            [Float](repeating: value, count: 30)
        )
        #expect(outputs.allSatisfy { abs($0 - value) <= abs(value) * 1e-5 })
    }

    /// Real time counts: a long gap lets a value move farther than a short one, at any rate.
    @Test func aLongerGapLetsAValueMoveFarther() {
        let parameters = Parameters(minCutoff: 0.5, beta: 0)
        var last: Float = 0
        for microseconds in [1, 1_000, 33_333, 1_000_000, 3_600_000_000] {
            let output = run(parameters, scale: 1, [0, 1]) { .microseconds(microseconds * $0) }[1]
            #expect(output > last)
            last = output
        }
        #expect(last > 0.999)
    }

    @Test func survivesTimesFarApart() {
        let outputs = run(Parameters(minCutoff: 0.05, beta: 80), scale: 1, [0, 1, 2, 3]) {
            [.seconds(Int64.min / 2), .zero, .nanoseconds(0) + .microseconds(1), .seconds(Int64.max)][$0]
        }
        #expect(outputs.allSatisfy { (0...3).contains($0) })
        let atOnce = run(Parameters(minCutoff: 0.05, beta: 80), scale: 1, [0, 1]) {
            Duration(secondsComponent: 0, attosecondsComponent: Int64($0))
        }
        #expect((0...1).contains(atOnce[1]))
    }
}

@Suite struct LowPassFilterTests {
    /// Numbers of a verified implementation of MediaPipe's filters.
    @Test func hasTheReferenceNumbers() {
        var filter = LowPassFilter(alpha: 0.1)
        for (input, expected) in [(0.9, 0.9), (0.5, 0.86), (0.1, 0.784), (1, 0.8056)] as [(Float, Float)] {
            var values = [input]
            filter.apply(to: &values)
            #expect(abs(values[0] - expected) < 1e-7)
        }
    }

    @Test func whatIsNotFiniteLeavesNoTrace() {
        var filter = LowPassFilter(alpha: 0.1)
        var values: [Float] = [0.5, .nan]
        filter.apply(to: &values)
        values = [.nan, 0.25]
        filter.apply(to: &values)
        #expect(values[0].isNaN && values[1] == 0.25)
        values = [0.5, 0.25]
        filter.apply(to: &values)
        #expect(values == [0.5, 0.25])
    }
}
