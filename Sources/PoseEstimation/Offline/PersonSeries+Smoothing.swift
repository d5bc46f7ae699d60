// SPDX-License-Identifier: Apache-2.0

extension PersonSeries {
    /// Takes what is faster than a frequency out of the person's movements, without lag.
    ///
    /// - Parameter cutoffFrequency: in hertz.
    mutating func smooth(cutoffFrequency: Double) {
        guard let filter = ZeroPhaseFilter(cutoffFrequency: cutoffFrequency, times: sightings.map(\.time))
        else {
            return
        }
        var numbers = sightings.map(PoseNumbers.init)
        Self.smooth(&numbers, \.positions, filter)
        Self.smooth(&numbers, \.visibilities, filter)
        for index in sightings.indices { numbers[index].put(into: &sightings[index]) }
    }

    /// Filters each column of numbers by itself.
    private static func smooth(
        _ rows: inout [PoseNumbers],
        _ path: WritableKeyPath<PoseNumbers, [Double]>,
        _ filter: ZeroPhaseFilter
    ) {
        // A world landmark may be missing from some frames only in documents that were made by hand.
        let count = rows.map { $0[keyPath: path].count }.min() ?? 0
        for column in 0..<count {
            let values = filter.smoothed(rows.map { $0[keyPath: path][column] })
            for (index, value) in values.enumerated() { rows[index][keyPath: path][column] = value }
        }
    }
}
