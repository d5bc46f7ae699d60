// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// A Butterworth low-pass filter of order 2 that runs forwards and backwards: order 4 in all, and no phase is shifted.
///
/// Works at the values' own times: where these are not evenly spaced, on an even grid between them. The straight line from
/// the first value to the last is taken out before and put back behind, so that what moves evenly stays; both ends are
/// continued by their reflection about the end point.
///
/// Source: `scipy.signal.butter` and `filtfilt`, as Sports2D calls them.
package struct ZeroPhaseFilter {
    private let times: [Double]
    /// Grid points; the first is the first time, the last the last.
    private let gridCount: Int
    private let isEven: Bool
    private let padding: Int
    // y[n] = b0 x[n] + b1 x[n-1] + b2 x[n-2] - a1 y[n-1] - a2 y[n-2]
    private let (b0, b1, b2, a1, a2): (Double, Double, Double, Double, Double)

    /// scipy's `3 * max(len(a), len(b))`.
    private static let minPadding = 9
    /// How far, in intervals, a time may lie beside an even grid and count as on it: times rounded to milliseconds do.
    private static let tolerance = 0.05

    /// Makes a filter for values at some times; `nil` when there is nothing to take out: too few values, or too far apart to
    /// hold movements of such a frequency.
    ///
    /// - Parameters:
    ///   - cutoffFrequency: in hertz; half the power is left there after each of the two runs.
    ///   - times: seconds, ascending.
    package init?(cutoffFrequency: Double, times: [Double]) {
        guard times.count > 2, let first = times.first, let last = times.last, last > first else {
            return nil
        }
        let even = (last - first) / Double(times.count - 1)
        isEven = times.enumerated().allSatisfy { index, time in
            abs(time - first - Double(index) * even) <= Self.tolerance * even
        }
        var interval = even
        if !isEven {
            // As fine as where frames are dense, but no more than four times as many points as there are values.
            let intervals = zip(times.dropFirst(), times).map { $0 - $1 }.sorted()
            interval = max(intervals[intervals.count / 10], even / 4)
        }
        let count = max(3, Int(((last - first) / interval).rounded()) + 1)
        let rate = Double(count - 1) / (last - first)
        // At half the rate the filter is none.
        guard cutoffFrequency > 0, cutoffFrequency < 0.45 * rate else { return nil }
        self.times = times
        gridCount = count
        padding = min(max(Self.minPadding, Int(rate / cutoffFrequency)), count - 1)
        let k = tan(.pi * cutoffFrequency / rate)
        let scale = 1 / (1 + 2.0.squareRoot() * k + k * k)
        (b0, b1, b2) = (k * k * scale, 2 * k * k * scale, k * k * scale)
        (a1, a2) = (2 * (k * k - 1) * scale, (1 - 2.0.squareRoot() * k + k * k) * scale)
    }

    /// The values without what is too fast.
    ///
    /// - Parameter values: one for each time. What is not finite makes all of them pass as they are.
    /// - Returns: as many.
    package func smoothed(_ values: [Double]) -> [Double] {
        guard values.allSatisfy(\.isFinite), let first = values.first, let last = values.last else {
            return values
        }
        let even = isEven ? values : resampled(values)
        let slope = (last - first) / Double(gridCount - 1)
        var line = even.enumerated().map { $1 - first - slope * Double($0) }
        pad(&line)
        run(&line)
        line.reverse()
        run(&line)
        line.reverse()
        let smooth = line[padding..<(padding + gridCount)].enumerated().map {
            $1 + first + slope * Double($0)
        }
        return isEven ? smooth : times.map { Self.value(of: smooth, at: position(of: $0)) }
    }

    /// Continues both ends by their reflection about the end points.
    private func pad(_ values: inout [Double]) {
        let (first, last) = (values[0], values[values.count - 1])
        let front = values[1...padding].reversed().map { 2 * first - $0 }
        let back = values[(values.count - 1 - padding)..<(values.count - 1)].reversed().map { 2 * last - $0 }
        values = front + values + back
    }

    /// Runs the filter once, from the state that it would have had the first value been there for ever.
    private func run(_ values: inout [Double]) {
        var second = (b2 - a2) * values[0]
        var first = (b1 - a1) * values[0] + second
        for index in values.indices {
            let input = values[index]
            let output = b0 * input + first
            first = b1 * input - a1 * output + second
            second = b2 * input - a2 * output
            values[index] = output
        }
    }

    // MARK: - The grid

    /// Where a time lies among the grid points.
    private func position(of time: Double) -> Double {
        (time - times[0]) / (times[times.count - 1] - times[0]) * Double(gridCount - 1)
    }

    /// The values at the grid points, on the lines between those around them.
    private func resampled(_ values: [Double]) -> [Double] {
        var index = 0
        return (0..<gridCount).map { point in
            let part = Double(point) / Double(gridCount - 1)
            let time = times[0] + part * (times[times.count - 1] - times[0])
            while index < times.count - 2, times[index + 1] < time { index += 1 }
            let (from, to) = (times[index], times[index + 1])
            return values[index] + (values[index + 1] - values[index]) * (time - from) / (to - from)
        }
    }

    private static func value(of grid: [Double], at position: Double) -> Double {
        let index = min(max(Int(position), 0), grid.count - 2)
        return grid[index] + (grid[index + 1] - grid[index]) * (position - Double(index))
    }
}
