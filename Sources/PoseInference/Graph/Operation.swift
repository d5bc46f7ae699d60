// SPDX-License-Identifier: Apache-2.0

/// What a node computes: its attributes, and the steps that it becomes.
package protocol Operation: Sendable {
    /// The operator's name in the TFLite schema; the names of the parts where a pass joined several.
    var name: String { get }
    /// Which of the operands are filters, packed when the plan is built.
    var filterOperands: [Int] { get }
    /// Whether the result is an image that other operators read in blocks of channels, and not plain values.
    var makesImage: Bool { get }

    /// Appends the steps that compute a node.
    func lower(_ node: Graph.Node, into plan: inout PlanBuilder) throws(ModelError)
}

extension Operation {
    package var filterOperands: [Int] { [] }
    package var makesImage: Bool { true }
}

/// An operation that can clamp what it computes.
package protocol ActivatedOperation: Operation {
    var activation: Activation { get set }
}

/// A convolution, of whatever kind, of one window.
package protocol WindowedOperation: ActivatedOperation {
    var attributes: ConvolutionAttributes { get set }
}

extension WindowedOperation {
    package var activation: Activation {
        get { attributes.activation }
        set { attributes.activation = newValue }
    }
}
