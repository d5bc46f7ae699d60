// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseSystem
import PoseTestSupport
import Testing

@Suite struct OfflineFilterTests {
    private static let rates = [10.0, 25, 29.97, 60, 240]

    private func times(_ count: Int, rate: Double) -> [Double] { (0..<count).map { 3 + Double($0) / rate } }

    /// Times of a phone's film: intervals between a half and twice the usual one.
    private func unevenTimes(_ count: Int, rate: Double, seed: UInt64) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        var time = 0.0
        return (0..<count).map { _ in
            time += Double.random(in: 0.5...2, using: &generator) / rate
            return time
        }
    }

    private func smoothed(_ values: [Double], at times: [Double], cutoff: Double = 6) throws -> [Double] {
        try #require(ZeroPhaseFilter(cutoffFrequency: cutoff, times: times)).smoothed(values)
    }

    /// `scipy.signal.filtfilt(*scipy.signal.butter(2, 6 / 15), x)` for x = 0, 0, 1, 4, 2, 0, -1, 3, 0, 0, 0, 0; rows of the
    /// filter by its definition, since its line from first to last is 0 here.
    @Test func hasScipysNumbers() throws {
        let values: [Double] = [0, 0, 1, 4, 2, 0, -1, 3, 0, 0, 0, 0]
        let k = tan(Double.pi * 6 / 30)
        let scale = 1 / (1 + 2.0.squareRoot() * k + k * k)
        let b = [k * k * scale, 2 * k * k * scale, k * k * scale]
        let a = [1, 2 * (k * k - 1) * scale, (1 - 2.0.squareRoot() * k + k * k) * scale]
        // Those of scipy.signal.butter(2, 0.4).
        for (number, expected) in zip(
            b + a,
            [0.20657208, 0.41314417, 0.20657208, 1, -0.36952738, 0.19581571]
        ) {
            #expect(abs(number - expected) < 1e-8)
        }
        func run(_ x: [Double]) -> [Double] {
            var y: [Double] = []
            for n in x.indices {
                // Before the first value stands the first value, in and out.
                func input(_ index: Int) -> Double { index < 0 ? x[0] : x[index] }
                func output(_ index: Int) -> Double { index < 0 ? x[0] : y[index] }
                y.append(
                    b[0] * x[n] + b[1] * input(n - 1) + b[2] * input(n - 2) - a[1] * output(n - 1)
                        - a[2] * output(n - 2)
                )
            }
            return y
        }
        let front = (1...9).reversed().map { -values[$0] }
        let back = (2...10).reversed().map { -values[$0] }
        let there = run(front + values + back)
        let expected = Array(run(there.reversed()).reversed()[9..<21])
        let result = try smoothed(values, at: times(12, rate: 30))
        for (value, expected) in zip(result, expected) { #expect(abs(value - expected) < 1e-9) }
    }

    @Test(arguments: rates, [1, 2.5])
    func aSineKeepsItsPhase(rate: Double, frequency: Double) throws {
        let times = times(Int(rate * 4), rate: rate)
        let wave = times.map { sin(2 * .pi * frequency * $0) }
        let result = try smoothed(wave, at: times, cutoff: min(6, 0.4 * rate))
        let margin = Int(rate / 2)
        func correlation(_ lag: Int) -> Double {
            (margin..<(times.count - margin)).reduce(0) { $0 + wave[$1] * result[$1 + lag] }
        }
        // A whole period later a sine is the same.
        let reach = Int(rate / frequency / 2) - 1
        let lags = -reach...reach
        #expect(lags.max { correlation($0) < correlation($1) } == 0)
    }

    @Test(arguments: rates) func noiseFalls(rate: Double) throws {
        let times = times(400, rate: max(rate, 25))
        var generator = SeededGenerator(seed: 11)
        let noise = times.map { _ in Double.random(in: -1...1, using: &generator) }
        let result = try smoothed(noise, at: times)
        func power(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
        // White noise keeps about the share of its band that is let through.
        #expect(power(result) < power(noise) * 1.5 * 12 / max(rate, 25))
    }

    @Test(arguments: [3, 4, 9, 10, 11, 200], [false, true])
    func whatRestsAndWhatMovesEvenlyStays(count: Int, isUneven: Bool) throws {
        let times = isUneven ? unevenTimes(count, rate: 30, seed: 5) : times(count, rate: 30)
        for (start, speed) in [(5.0, 0.0), (0, 1), (-700, 300)] {
            let values = times.map { start + speed * $0 }
            for (value, expected) in zip(try smoothed(values, at: times), values) {
                #expect(abs(value - expected) < 1e-9 * max(1, abs(expected)))
            }
        }
    }

    @Test(arguments: 0..<5) func unevenTimesKeepThePhaseToo(seed: UInt64) throws {
        let times = unevenTimes(300, rate: 30, seed: seed)
        func wave(_ time: Double) -> Double { sin(2 * .pi * time) }
        let result = try smoothed(times.map(wave), at: times)
        func error(_ lag: Double) -> Double {
            zip(times, result).dropFirst(20).dropLast(20).reduce(0) { sum, sample in
                let difference = sample.1 - wave(sample.0 - lag)
                return sum + difference * difference
            }
        }
        #expect(error(0) < error(0.01) && error(0) < error(-0.01))
        #expect((error(0) / Double(times.count)).squareRoot() < 0.03)
    }

    @Test func thereIsNothingToDoForFewOrSparseValues() {
        #expect(ZeroPhaseFilter(cutoffFrequency: 6, times: []) == nil)
        #expect(ZeroPhaseFilter(cutoffFrequency: 6, times: [0, 0.03]) == nil)
        #expect(ZeroPhaseFilter(cutoffFrequency: 6, times: [0, 0.1, 0.2, 0.3]) == nil)
        #expect(ZeroPhaseFilter(cutoffFrequency: 6, times: [1, 1, 1]) == nil)
        #expect(ZeroPhaseFilter(cutoffFrequency: 6, times: [0, 0.03, 0.06]) != nil)
    }

    @Test func whatIsNotFinitePasses() throws {
        let result = try smoothed([0, .nan, 2, 3], at: times(4, rate: 30))
        #expect(result[0] == 0 && result[1].isNaN && result[2] == 2 && result[3] == 3)
    }

    /// One frame after a pause makes a film of two million grid points only if it is let to.
    @Test func theGridIsBounded() throws {
        let times = (0..<100).map { Double($0) * 0.0001 } + [100]
        let filter = ZeroPhaseFilter(cutoffFrequency: 0.5, times: times)
        #expect(filter?.smoothed(times.map { _ in 1 }) == times.map { _ in 1 })
    }
}
