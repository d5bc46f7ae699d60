// SPDX-License-Identifier: Apache-2.0

// Options field ids and shape rules, one function an operator. Source: the TFLite schema and kernels.
extension OperatorDecoder {
    func add(_ context: Context) throws(ModelError) -> Operation {
        try context.requireInputs(2...2)
        let (a, b) = (shape(context.inputs[0]), shape(context.inputs[1]))
        guard a == b, a == shape(context.output) else {
            throw context.unsupported("adds shapes \(a) and \(b)", expected: "equal shapes")
        }
        _ = try image(context.output, context)
        return .add(try context.activation(0))
    }

    func sameShape(_ context: Context, _ operation: Operation) throws(ModelError) -> Operation {
        try context.requireInputs(1...1)
        guard shape(context.inputs[0]) == shape(context.output) else {
            throw context.malformed("changes shape \(shape(context.inputs[0])) to \(shape(context.output))")
        }
        return operation
    }

    func activation(_ context: Context, _ activation: Activation) throws(ModelError) -> Operation {
        _ = try image(context.output, context)
        return try sameShape(context, .activation(activation))
    }

    func reshape(_ context: Context) throws(ModelError) -> Operation {
        try context.requireInputs(1...2)
        let (from, to) = (graph.tensors[context.inputs[0]], graph.tensors[context.output])
        guard from.elementCount == to.elementCount else {
            throw context.malformed("reshapes \(from.shape) to \(to.shape)")
        }
        return .reshape
    }

    func concatenation(_ context: Context) throws(ModelError) -> Operation {
        try context.requireInputs(1...64)
        let axis = try context.option(0, default: Int32(0))
        let output = shape(context.output)
        let inputs = context.inputs.map(shape)
        guard axis == 1, try context.activation(1) == .none, output.count == 3, output[0] == 1,
            inputs.allSatisfy({ $0.count == 3 && $0[0] == 1 && $0[2] == output[2] }),
            inputs.reduce(0, { $0 + $1[1] }) == output[1]
        else {
            throw context.unsupported(
                "concatenates \(inputs) to \(output) along axis \(axis)",
                expected: "[1, N, C] along axis 1 without activation"
            )
        }
        return .concatenation
    }

    func convolution(_ context: Context) throws(ModelError) -> ConvolutionAttributes {
        try context.requireInputs(3...3)
        let filter = shape(context.inputs[1])
        let (x, y) = (try image(context.inputs[0], context), try image(context.output, context))
        guard filter.count == 4, filter[0] == y.channels, filter[3] == x.channels,
            shape(context.inputs[2]) == [y.channels]
        else {
            throw context.malformed(
                "has a filter of shape \(filter) and \(x.channels) → \(y.channels) channels"
            )
        }
        return try window(context, kernel: (filter[1], filter[2]), activation: 3, dilation: 4)
    }

    func depthwise(_ context: Context) throws(ModelError) -> ConvolutionAttributes {
        try context.requireInputs(3...3)
        let filter = shape(context.inputs[1])
        let (x, y) = (try image(context.inputs[0], context), try image(context.output, context))
        guard filter.count == 4, filter[0] == 1, filter[3] == y.channels, x.channels == y.channels,
            shape(context.inputs[2]) == [y.channels]
        else {
            throw context.unsupported(
                "has a depthwise filter of shape \(filter) and \(x.channels) → \(y.channels) channels",
                expected: "channel multiplier 1"
            )
        }
        return try window(context, kernel: (filter[1], filter[2]), activation: 4, dilation: 5)
    }

    /// Stride and padding of a convolution, and whether the output's size follows from them.
    private func window(
        _ context: Context,
        kernel: (height: Int, width: Int),
        activation: Int,
        dilation: Int
    ) throws(ModelError) -> ConvolutionAttributes {
        let samePadding = try context.option(0, default: Int8(0)) == 0
        let strideWidth = Int(try context.option(1, default: Int32(1)))
        let strideHeight = Int(try context.option(2, default: Int32(1)))
        guard try context.option(dilation, default: Int32(1)) == 1,
            try context.option(dilation + 1, default: Int32(1)) == 1, (1...2).contains(strideWidth),
            strideWidth == strideHeight, (1...7).contains(kernel.height), kernel.height == kernel.width
        else {
            throw context.unsupported(
                "has stride \(strideHeight) × \(strideWidth) or dilation or a kernel of \(kernel.height) × "
                    + "\(kernel.width)",
                expected: "stride 1 or 2, no dilation, square kernels up to 7 × 7"
            )
        }
        let (x, y) = (try image(context.inputs[0], context), try image(context.output, context))
        var padding = SpatialPadding()
        if samePadding {
            guard y.height == (x.height + strideHeight - 1) / strideHeight,
                y.width == (x.width + strideWidth - 1) / strideWidth
            else {
                throw context.malformed(
                    "makes \(y.height) × \(y.width) of \(x.height) × \(x.width), which its window does not"
                )
            }
            // Source: TFLite SAME padding; the odd row or column goes after.
            let vertical = max((y.height - 1) * strideHeight + kernel.height - x.height, 0)
            let horizontal = max((y.width - 1) * strideWidth + kernel.width - x.width, 0)
            padding = SpatialPadding(
                top: vertical / 2,
                bottom: vertical - vertical / 2,
                left: horizontal / 2,
                right: horizontal - horizontal / 2
            )
        }
        let rows = x.height + padding.top + padding.bottom - kernel.height
        let columns = x.width + padding.left + padding.right - kernel.width
        guard rows >= 0, columns >= 0, rows / strideHeight + 1 == y.height,
            columns / strideWidth + 1 == y.width
        else {
            throw context.malformed(
                "makes \(y.height) × \(y.width) of \(x.height) × \(x.width), which its window does not"
            )
        }
        return ConvolutionAttributes(
            strideHeight: strideHeight,
            strideWidth: strideWidth,
            padding: padding,
            activation: try context.activation(activation)
        )
    }

    func maxPool(_ context: Context) throws(ModelError) -> Operation {
        try context.requireInputs(1...1)
        let (x, y) = (try image(context.inputs[0], context), try image(context.output, context))
        var window: [Int] = []
        for field in 1...4 { window.append(Int(try context.option(field, default: Int32(0)))) }
        guard window == [2, 2, 2, 2], try context.activation(5) == .none, x.channels == y.channels,
            x.height == 2 * y.height, x.width == 2 * y.width
        else {
            throw context.unsupported(
                "pools \(x) to \(y) by \(window)",
                expected: "2 × 2 at stride 2 on even sizes"
            )
        }
        return .maxPool2x2
    }

    func resize(_ context: Context) throws(ModelError) -> Operation {
        try context.requireInputs(2...2)
        let (x, y) = (try image(context.inputs[0], context), try image(context.output, context))
        guard try context.option(2, default: Int8(0)) == 0, try context.option(3, default: Int8(0)) != 0,
            x.channels == y.channels, 2 * x.height == y.height, 2 * x.width == y.width
        else {
            throw context.unsupported(
                "resizes \(x) to \(y)",
                expected: "twice the size, half-pixel centres, corners not aligned"
            )
        }
        return .resizeBilinear2x(.none)
    }

    func depthToSpace(_ context: Context) throws(ModelError) -> Operation {
        try context.requireInputs(1...1)
        let (x, y) = (try image(context.inputs[0], context), try image(context.output, context))
        guard try context.option(0, default: Int32(0)) == 2, x.channels == 4 * y.channels,
            2 * x.height == y.height, 2 * x.width == y.width
        else {
            throw context.unsupported("moves \(x) to \(y)", expected: "block size 2")
        }
        return .depthToSpace2
    }

    func pad(_ context: Context) throws(ModelError) -> Operation {
        try context.requireInputs(2...2)
        let (x, y) = (try image(context.inputs[0], context), try image(context.output, context))
        guard shape(context.inputs[1]) == [4, 2],
            case .int32(let range)? = graph.tensors[context.inputs[1]].constant
        else {
            throw context.unsupported(
                "has no constant paddings",
                expected: "an int32 constant of shape [4, 2]"
            )
        }
        var amounts: [Int] = []
        for index in 0..<8 {
            amounts.append(Int(try graph.file.load(Int32.self, at: range.lowerBound + 4 * index)))
        }
        let padding = SpatialPadding(top: amounts[2], bottom: amounts[3], left: amounts[4], right: amounts[5])
        guard amounts.allSatisfy({ (0...4096).contains($0) }), amounts[0] + amounts[1] + amounts[6] == 0,
            padding == SpatialPadding() || amounts[7] == 0, x.channels + amounts[7] == y.channels,
            x.height + padding.top + padding.bottom == y.height,
            x.width + padding.left + padding.right == y.width
        else {
            throw context.unsupported(
                "pads \(x) to \(y) by \(amounts)",
                expected: "zeros around the spatial axes, or zeros after the channels"
            )
        }
        return amounts[7] > 0 ? .padChannels : .pad(padding)
    }
}
