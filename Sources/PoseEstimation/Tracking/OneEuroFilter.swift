// SPDX-License-Identifier: Apache-2.0

/// Smooths some values over time, each by itself: strongly while they rest, hardly while they move.
///
/// The cutoff frequency grows with the speed of the *unfiltered* values, itself smoothed.
///
/// Source: Casiez et al. 2012, "1€ Filter"; rounding steps of MediaPipe `OneEuroFilter` and `LowPassFilter`.
package struct OneEuroFilter: Hashable, Sendable {
    /// How strongly it smooths.
    package struct Parameters: Hashable, Sendable {
        /// Cutoff of resting values, in hertz.
        package var minCutoff: Float
        /// How much the cutoff grows with speed.
        package var beta: Float
        /// Cutoff of the speed itself, in hertz.
        package var derivativeCutoff: Float = 1
        /// Speed up to which the cutoff stays: that of noise.
        package var restingSpeed: Float = 0

        package init(
            minCutoff: Float,
            beta: Float,
            derivativeCutoff: Float = 1,
            restingSpeed: Float = 0
        ) {
            self.minCutoff = minCutoff
            self.beta = beta
            self.derivativeCutoff = derivativeCutoff
            self.restingSpeed = restingSpeed
        }
    }

    private let parameters: Parameters
    private var lastTime: Duration?
    /// The last values before filtering; empty before the first.
    private var raw: [Float] = []
    private var filtered: [Float] = []
    /// Smoothed speeds, in value scales a second.
    private var speeds: [Float] = []

    package init(_ parameters: Parameters) {
        self.parameters = parameters
    }

    /// Forgets everything: the next values pass through.
    package mutating func reset() {
        self = OneEuroFilter(parameters)
    }

    /// Filters the values of one moment.
    ///
    /// The first values pass through, and so do those of a moment that is not after the last one, without a trace. A
    /// value that is not finite stays as it is and is not remembered.
    ///
    /// - Parameters:
    ///   - values: as many each time.
    ///   - time: when they were measured.
    ///   - valueScale: what differences of values are multiplied by, so that speed is relative to an object's size.
    package mutating func apply(to values: inout [Float], at time: Duration, valueScale: Float = 1) {
        guard let lastTime, raw.count == values.count else {
            raw = values
            filtered = values
            speeds = [Float](repeating: 0, count: values.count)
            lastTime = time
            return
        }
        guard time > lastTime else { return }
        let frequency = 1 / Self.seconds(from: lastTime, to: time)
        self.lastTime = time
        let speedAlpha = Self.alpha(cutoff: Double(parameters.derivativeCutoff), frequency)
        for index in values.indices where values[index].isFinite {
            let value = values[index]
            guard raw[index].isFinite else {
                raw[index] = value
                filtered[index] = value
                continue
            }
            let speed = (Double(value) - Double(raw[index])) * Double(valueScale) * frequency
            speeds[index] = LowPassFilter.blend(Float(speed), speeds[index], speedAlpha)
            let motion = max(0, abs(speeds[index]) - parameters.restingSpeed)
            let cutoff = Double(parameters.minCutoff) + Double(parameters.beta) * Double(motion)
            let alpha = Self.alpha(cutoff: cutoff, frequency)
            raw[index] = value
            filtered[index] = LowPassFilter.blend(value, filtered[index], alpha)
            values[index] = filtered[index]
        }
    }

    /// The weight of a new value of a low pass with a cutoff, at a sampling frequency, both in hertz.
    private static func alpha(cutoff: Double, _ frequency: Double) -> Float {
        let period = 1 / frequency
        let timeConstant = 1 / (2 * Double.pi * cutoff)
        return Float(1 / (1 + timeConstant / period))
    }

    /// Whole nanoseconds times 1e-9, as MediaPipe has it; a gap counts for thirty years at most.
    private static func seconds(from start: Duration, to end: Duration) -> Double {
        let gap = min(end - start, .seconds(1_000_000_000)).components
        let nanoseconds = Double(gap.seconds) * 1e9 + Double(gap.attoseconds / 1_000_000_000)
        // A gap below a nanosecond would be none at all.
        return max(nanoseconds, 1) * 1e-9
    }
}
