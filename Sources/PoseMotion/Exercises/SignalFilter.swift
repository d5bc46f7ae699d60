// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation

/// Smooths the signals of an exercise: single wrong frames go, slow noise too.
struct SignalFilter {
    /// Degrees at rest tremble by a few; a limb that moves at 100° a second is followed at 4 Hz.
    ///
    /// Source of the filter: Casiez et al. 2012, "1€ Filter". Its numbers are of this program, for angles in degrees.
    private static let parameters = OneEuroFilter.Parameters(minCutoff: 2, beta: 0.02)

    private var filter = OneEuroFilter(parameters)
    private var recent: [[Float]] = []
    /// Ratios go by hundredths where angles go by degrees.
    private let scales: [Float]

    init(_ signals: [Exercise.Signal]) {
        scales = signals.map { Float(100 / abs($0.end - $0.start)) }
    }

    /// Forgets all frames.
    mutating func reset() {
        filter.reset()
        recent = []
    }

    /// Takes the values of the next frame, and gives smoothed ones.
    mutating func apply(to values: [Double], at time: Double) -> [Double] {
        recent.append(zip(values, scales).map { Float($0) * $1 })
        if recent.count > 3 { recent.removeFirst() }
        // The median of three: one frame in which left and right were exchanged leaves no trace.
        var numbers = values.indices.map { index in
            recent.map { $0[index] }.sorted()[recent.count / 2]
        }
        filter.apply(to: &numbers, at: .seconds(time))
        return zip(numbers, scales).map { Double($0 / $1) }
    }
}
