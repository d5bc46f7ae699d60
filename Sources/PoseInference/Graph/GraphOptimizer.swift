// SPDX-License-Identifier: Apache-2.0

/// The passes that make a graph smaller, in the order in which they feed each other.
package enum GraphOptimizer {
    /// One pass: a name for reports and tests, and what it does.
    package struct Pass: Sendable {
        package let name: String
        /// Whether every sum keeps its order, and with it its last bit.
        package let keepsBits: Bool
        package let run: @Sendable (inout Graph) throws(ModelError) -> Void

        init(
            name: String,
            keepsBits: Bool = true,
            run: @escaping @Sendable (inout Graph) throws(ModelError) -> Void
        ) {
            self.name = name
            self.keepsBits = keepsBits
            self.run = run
        }
    }

    /// Passes without which a graph cannot be planned.
    package static let required: [Pass] = [
        Pass(name: "fold-constants", run: foldConstants),
        Pass(name: "drop-dead-nodes", run: dropDeadNodes),
        Pass(name: "fold-padding", run: foldPadding),
    ]

    /// Passes that only save work.
    package static let optional: [Pass] = [
        Pass(name: "fuse-activations", run: fuseActivations),
        Pass(name: "convolve-before-resize", keepsBits: false, run: convolveBeforeResize),
        Pass(name: "fuse-residuals", run: fuseResiduals),
        Pass(name: "fuse-stem", run: fuseStem),
        Pass(name: "fuse-expansions", run: fuseExpansions),
    ]

    /// All passes.
    package static let all: [Pass] = required + optional

    /// All passes that leave the bits alone.
    package static let exact: [Pass] = required + optional.filter(\.keepsBits)

    /// Runs passes over a graph.
    package static func optimize(
        _ graph: inout Graph,
        passes: [Pass] = all
    ) throws(ModelError) {
        for pass in passes { try pass.run(&graph) }
    }
}
