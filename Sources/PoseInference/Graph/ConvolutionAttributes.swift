// SPDX-License-Identifier: Apache-2.0

/// Rows and columns of zeros around an image.
package struct SpatialPadding: Sendable, Equatable {
    package var top = 0
    package var bottom = 0
    package var left = 0
    package var right = 0

    static func + (a: Self, b: Self) -> Self {
        SpatialPadding(
            top: a.top + b.top,
            bottom: a.bottom + b.bottom,
            left: a.left + b.left,
            right: a.right + b.right
        )
    }
}

/// Stride, padding and activation of a convolution.
package struct ConvolutionAttributes: Sendable, Equatable {
    package var strideHeight: Int
    package var strideWidth: Int
    package var padding: SpatialPadding
    package var activation: Activation
}
