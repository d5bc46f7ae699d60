// SPDX-License-Identifier: Apache-2.0

/// What follows a linear operator.
package enum Activation: Sendable, Equatable {
    case none
    case relu
    case relu6

    /// The operator's name in the TFLite schema.
    var name: String {
        switch self {
        case .none: "NONE"
        case .relu: "RELU"
        case .relu6: "RELU6"
        }
    }

    /// The range that results are clamped to.
    package var range: ClosedRange<Float> {
        switch self {
        case .none: -Float.infinity...Float.infinity
        case .relu: 0...Float.infinity
        case .relu6: 0...6
        }
    }
}
