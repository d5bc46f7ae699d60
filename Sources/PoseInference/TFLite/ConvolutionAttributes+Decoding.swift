// SPDX-License-Identifier: Apache-2.0

extension ConvolutionAttributes {
    /// Reads stride and padding of a convolution, and checks that the output's size follows from them.
    ///
    /// `activation` and `dilation` are the options' field ids, the latter that of the width, which the height's follows.
    init(
        decoding encoded: EncodedOperator,
        kernel: (height: Int, width: Int),
        activation: Int,
        dilation: Int
    ) throws(ModelError) {
        let samePadding = try encoded.option(0, default: Int8(0)) == 0
        let strideWidth = Int(try encoded.option(1, default: Int32(1)))
        let strideHeight = Int(try encoded.option(2, default: Int32(1)))
        guard try encoded.option(dilation, default: Int32(1)) == 1,
            try encoded.option(dilation + 1, default: Int32(1)) == 1, (1...2).contains(strideWidth),
            strideWidth == strideHeight, (1...7).contains(kernel.height), kernel.height == kernel.width
        else {
            throw encoded.unsupported(
                "has stride \(strideHeight) × \(strideWidth) or dilation or a kernel of \(kernel.height) × "
                    + "\(kernel.width)",
                expected: "stride 1 or 2, no dilation, square kernels up to 7 × 7"
            )
        }
        let (x, y) = (try encoded.image(encoded.inputs[0]), try encoded.image(encoded.output))
        var padding = SpatialPadding()
        if samePadding {
            guard y.height == (x.height + strideHeight - 1) / strideHeight,
                y.width == (x.width + strideWidth - 1) / strideWidth
            else {
                throw encoded.malformed(
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
            throw encoded.malformed(
                "makes \(y.height) × \(y.width) of \(x.height) × \(x.width), which its window does not"
            )
        }
        self.init(
            strideHeight: strideHeight,
            strideWidth: strideWidth,
            padding: padding,
            activation: try encoded.activation(activation)
        )
    }
}
