// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// Twice the height and width with half-pixel centres; the activation, and optionally a residual and its sum's activation.
package struct ResizeBilinear: SchemaOperator, ActivatedOperation {
    // Version 3 brought half-pixel centres.
    package static let declaration = OperatorDeclaration(code: 23, name: "RESIZE_BILINEAR", versions: 1...3)
    package static let keptOperandCount = 1

    /// The schema has none for this operator; passes put one here, or two where they add a residual.
    package var activation = Activation.none
    /// The activation of the resized value itself, where `activation` is that of its sum with a residual.
    package var summandActivation: Activation?

    package init(decoding encoded: EncodedOperator) throws(ModelError) {
        try encoded.requireInputs(2...2)
        let (x, y) = (try encoded.image(encoded.inputs[0]), try encoded.image(encoded.output))
        guard try encoded.option(2, default: Int8(0)) == 0, try encoded.option(3, default: Int8(0)) != 0,
            x.channels == y.channels, 2 * x.height == y.height, 2 * x.width == y.width
        else {
            throw encoded.unsupported(
                "resizes \(x) to \(y)",
                expected: "twice the size, half-pixel centres, corners not aligned"
            )
        }
    }

    package func lower(_ node: Graph.Node, into plan: inout PlanBuilder) throws(ModelError) {
        let x = plan.shape(node.inputs[0])
        let isPlanar = plan.isPlanar(node.inputs[0])
        let source = try plan.place(of: node.inputs[0], isPlanar: isPlanar)
        let residual =
            node.inputs.count > 1 ? try plan.place(of: node.inputs[1], isPlanar: isPlanar) : nil
        let target = plan.makePlace(for: node.output, isPlanar: isPlanar)
        let blocks = isPlanar ? x[3] : plan.blockCount(x[3])
        let (range, sumRange) = ((summandActivation ?? activation).range, activation.range)
        unsafe plan.append(
            node,
            operation: "\(name) 2x\(isPlanar ? " planar" : "")",
            kernel: isPlanar ? plan.kernels.resize2x_planes : plan.kernels.resize2x,
            units: isPlanar ? blocks : blocks * x[1],
            touching: [source, target] + (residual.map { [$0] } ?? [])
        ) { at in
            unsafe pk_resize_args(
                x: at?(source),
                residual: residual.flatMap { unsafe UnsafePointer(at?($0)) },
                y: at?(target),
                blocks: blocks,
                in_height: x[1],
                in_width: x[2],
                lower: range.lowerBound,
                upper: range.upperBound,
                sum_lower: sumRange.lowerBound,
                sum_upper: sumRange.upperBound
            )
        }
    }
}
