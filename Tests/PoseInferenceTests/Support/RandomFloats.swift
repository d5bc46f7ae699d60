// SPDX-License-Identifier: Apache-2.0

import PoseTestSupport

extension SeededGenerator {
    /// Values spread evenly over a range.
    mutating func floats(_ count: Int, in range: ClosedRange<Float> = -1...1) -> [Float] {
        (0..<count).map { _ in Float.random(in: range, using: &self) }
    }
}
