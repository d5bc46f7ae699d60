// SPDX-License-Identifier: Apache-2.0

/// The angles of one person's limbs at a constant rate, from the first moment to the last.
struct SampledAngles {
    /// Degrees of ``BodyLimb/allJoints`` by sample; NaN where a joint cannot be measured.
    private(set) var samples: [[Double]] = []
    /// Seconds of the first sample, and between samples.
    let start: Double
    let interval: Double

    /// Over gaps of so many seconds an angle is taken to go straight; longer ones are not measurable.
    ///
    /// Of this program: a tenth of a usual repetition.
    private static let longestGap = 0.3

    /// - Parameters:
    ///   - series: a person's angles.
    ///   - interval: seconds between samples.
    init(_ series: AngleSeries, interval: Double) {
        self.interval = interval
        start = series.moments.first?.time ?? 0
        let duration = (series.moments.last?.time ?? 0) - start
        let count = Int((duration / interval).rounded(.down)) + 1
        let columns = BodyLimb.allJoints.map { joint in Self.column(joint, series, start, interval, count) }
        samples = (0..<count).map { index in columns.map { $0[index] } }
    }

    func time(_ index: Int) -> Double { start + Double(index) * interval }

    private static func column(
        _ joint: JointAngle,
        _ series: AngleSeries,
        _ start: Double,
        _ interval: Double,
        _ count: Int
    ) -> [Double] {
        let seen = series.moments.compactMap { moment in moment[joint].map { (moment.time, $0.degrees) } }
        var next = 0
        return (0..<count).map { index in
            let time = start + Double(index) * interval
            while next < seen.count, seen[next].0 < time { next += 1 }
            let before = next > 0 ? seen[next - 1] : nil
            let after = next < seen.count ? seen[next] : nil
            guard let before, let after else {
                guard let near = before ?? after, abs(near.0 - time) <= longestGap / 2 else { return .nan }
                return near.1
            }
            let gap = after.0 - before.0
            if gap <= 0 || after.0 - time < 1e-9 { return after.1 }
            guard gap <= longestGap else { return .nan }
            return before.1 + (after.1 - before.1) * (time - before.0) / gap
        }
    }

    /// How far each joint moves: the middle 90% of its values.
    var ranges: [Double] {
        BodyLimb.allJoints.indices.map { joint in
            let values = samples.map { $0[joint] }.filter { !$0.isNaN }.sorted()
            guard !values.isEmpty else { return 0 }
            return values[(values.count - 1) * 19 / 20] - values[(values.count - 1) / 20]
        }
    }
}
