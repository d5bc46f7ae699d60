// SPDX-License-Identifier: Apache-2.0

/// Which moments of two motions belong together: dynamic time warping.
///
/// Source: Sakoe and Chiba 1978, "Dynamic programming algorithm optimization for spoken word recognition": steps of one in either
/// or both, in a band around the diagonal, which goes from the beginnings to the ends.
struct TimeWarping {
    /// Pairs of moments, growing in both.
    private(set) var path: [(first: Int, second: Int)] = []

    private enum Step: UInt8 {
        case both, first, second
    }

    /// Finds the pairs whose costs are least in sum.
    ///
    /// - Parameters:
    ///   - firstCount: moments of the first motion, 1 at least.
    ///   - secondCount: moments of the second one, 1 at least.
    ///   - band: how far from the diagonal, in parts of the second motion.
    ///   - cost: of a pair of moments, 0 or more.
    /// - Complexity: `firstCount · secondCount · 2 · band` in time and bytes.
    init(_ firstCount: Int, _ secondCount: Int, band: Double, cost: (Int, Int) -> Double) {
        let slope = Double(secondCount) / Double(firstCount)
        // Neighbouring rows must overlap by one step, or no path leads through.
        let reach = max(Int((band * Double(secondCount)).rounded(.up)), Int(slope.rounded(.up)) + 1)
        func row(_ index: Int) -> Range<Int> {
            let middle = Int((Double(index) + 0.5) * slope)
            let start = index == 0 ? 0 : max(0, middle - reach)
            let end = index == firstCount - 1 ? secondCount : min(secondCount, middle + reach + 1)
            return start..<end
        }
        var steps: [[Step]] = []
        var previous: [Double] = []
        var previousRow = 0..<0
        for index in 0..<firstCount {
            let columns = row(index)
            var sums = [Double](repeating: .infinity, count: columns.count)
            var taken = [Step](repeating: .both, count: columns.count)
            for column in columns {
                func above(_ column: Int) -> Double {
                    previousRow.contains(column) ? previous[column - previousRow.lowerBound] : .infinity
                }
                let place = column - columns.lowerBound
                var best = index == 0 && column == 0 ? 0 : above(column - 1)
                var step = Step.both
                if above(column) < best { (best, step) = (above(column), .first) }
                if place > 0, sums[place - 1] < best { (best, step) = (sums[place - 1], .second) }
                sums[place] = best + cost(index, column)
                taken[place] = step
            }
            steps.append(taken)
            (previous, previousRow) = (sums, columns)
        }
        var (first, second) = (firstCount - 1, secondCount - 1)
        path = [(first, second)]
        while first > 0 || second > 0 {
            switch steps[first][second - row(first).lowerBound] {
            case .both: (first, second) = (first - 1, second - 1)
            case .first: first -= 1
            case .second: second -= 1
            }
            path.append((first, second))
        }
        path.reverse()
    }
}
