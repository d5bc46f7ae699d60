// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseTestSupport
import Testing

@Suite struct OptimalAssignmentTests {
    /// The best sum, by trying everything.
    private func best(_ values: [[Double]], row: Int = 0, used: Set<Int> = []) -> Double {
        guard row < values.count else { return 0 }
        // Leaving a row out is allowed where there are fewer columns.
        var sums = values[0].count < values.count ? [best(values, row: row + 1, used: used)] : []
        for column in values[row].indices where !used.contains(column) {
            sums.append(values[row][column] + best(values, row: row + 1, used: used.union([column])))
        }
        return sums.max() ?? 0
    }

    @Test(arguments: [(1, 1), (2, 2), (3, 3), (5, 5), (2, 4), (4, 2), (6, 5), (3, 6)])
    func findsTheBestSum(rows: Int, columns: Int) {
        var generator = SeededGenerator(seed: UInt64(rows * 100 + columns))
        for _ in 0..<20 {
            let values = (0..<rows).map { _ in
                (0..<columns).map { _ in Double.random(in: 0...1, using: &generator) }
            }
            let pairs = OptimalAssignment.columns(maximizing: values)
            let chosen = pairs.compactMap(\.self)
            #expect(pairs.count == rows && chosen.count == min(rows, columns))
            #expect(Set(chosen).count == chosen.count)
            let sum = pairs.enumerated().reduce(0.0) { sum, pair in
                sum + (pair.element.map { values[pair.offset][$0] } ?? 0)
            }
            #expect(abs(sum - best(values)) < 1e-9)
        }
    }

    @Test func nothingHasNoPairs() {
        #expect(OptimalAssignment.columns(maximizing: []).isEmpty)
        #expect(OptimalAssignment.columns(maximizing: [[], []]) == [nil, nil])
    }
}
