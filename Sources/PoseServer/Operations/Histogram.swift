// SPDX-License-Identifier: Apache-2.0

/// How often something took how long.
struct Histogram: Sendable {
    /// The upper ends of the buckets in seconds; one more bucket takes what is longer.
    let bounds: [Double]
    /// Observations by bucket, each in one bucket only.
    private(set) var counts: [Int]
    private(set) var sum = 0.0

    init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    /// All observations.
    var count: Int { counts.reduce(0, +) }

    mutating func observe(_ time: Duration) {
        let seconds = time / .seconds(1)
        counts[bounds.firstIndex { seconds <= $0 } ?? bounds.count] += 1
        sum += seconds
    }

    /// For whole requests: from a health check to the time limit.
    static let ofRequests: [Double] = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
    ]
    /// For stages of one picture: from a thumbnail's decoding to the heavy network on one slow core.
    static let ofStages: [Double] = [
        0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
    ]
}
