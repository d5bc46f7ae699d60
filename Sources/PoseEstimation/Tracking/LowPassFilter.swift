// SPDX-License-Identifier: Apache-2.0

/// Exponential smoothing of some values, each by itself; time plays no part.
///
/// Source: MediaPipe `LowPassFilter`, as `VisibilitySmoothingCalculator` uses it.
package struct LowPassFilter: Hashable, Sendable {
    /// Weight 0…1 of a new value.
    private let alpha: Float
    /// The last results; empty before the first.
    private var filtered: [Float] = []

    package init(alpha: Float) {
        self.alpha = alpha
    }

    /// Filters the values of one moment; the first ones, and those that are not finite, stay as they are.
    package mutating func apply(to values: inout [Float]) {
        guard filtered.count == values.count else {
            filtered = values
            return
        }
        for index in values.indices where values[index].isFinite {
            let last = filtered[index].isFinite ? filtered[index] : values[index]
            values[index] = Self.blend(values[index], last, alpha)
            filtered[index] = values[index]
        }
    }

    /// `alpha · new + (1 - alpha) · last`: the first product in single precision, the rest in double.
    @inline(__always)
    static func blend(_ new: Float, _ last: Float, _ alpha: Float) -> Float {
        Float(Double(alpha * new) + (1 - Double(alpha)) * Double(last))
    }
}
