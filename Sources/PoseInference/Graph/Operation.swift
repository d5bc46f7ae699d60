// SPDX-License-Identifier: Apache-2.0

/// What a node computes, with the attributes that the file gives.
package enum Operation: Sendable {
    /// Inputs: x `[1,H,W,I]`, filter `[O,kh,kw,I]`, bias `[O]`, optionally a residual like the output.
    case convolution2D(ConvolutionAttributes)
    /// Inputs: x `[1,H,W,C]`, filter `[1,kh,kw,C]`, bias `[C]`.
    case depthwiseConvolution2D(ConvolutionAttributes)
    /// A 1×1 convolution and the depthwise one that alone reads it, made by a pass.
    ///
    /// Inputs: x, the 1×1 filter and bias, the depthwise filter and bias.
    case expandedDepthwiseConvolution2D(ConvolutionAttributes, ConvolutionAttributes)
    /// A convolution of an image, the depthwise one that alone reads it and the 1×1 one that alone reads that, made
    /// by a pass.
    ///
    /// Inputs: x, then filter and bias of each.
    case stem(ConvolutionAttributes, ConvolutionAttributes, ConvolutionAttributes)
    /// Inputs: two tensors of one shape.
    case add(Activation)
    /// A clamp that stands by itself, of an image.
    case activation(Activation)
    /// Zeros around the spatial axes.
    case pad(SpatialPadding)
    /// Twice the height and width, half-pixel centres; optionally a residual, then the activation.
    case resizeBilinear2x(Activation)
    /// Zeros after the channels.
    case padChannels
    /// Windows of 2 × 2 at stride 2.
    case maxPool2x2
    /// `out[2y+a, 2x+b, c] = in[y, x, (2a+b)·C' + c]`.
    case depthToSpace2
    /// The same values in another shape.
    case reshape
    /// Along axis 1.
    case concatenation
    /// The sigmoid.
    case logistic
    /// Half to single precision.
    case dequantize
    /// Sparse to dense.
    case densify

    /// The operator's name in the TFLite schema.
    package var name: String {
        switch self {
        case .convolution2D: "CONV_2D"
        case .depthwiseConvolution2D: "DEPTHWISE_CONV_2D"
        case .expandedDepthwiseConvolution2D: "CONV_2D + DEPTHWISE_CONV_2D"
        case .stem: "CONV_2D + DEPTHWISE_CONV_2D + CONV_2D"
        case .add: "ADD"
        case .activation(let activation): activation.name
        case .pad, .padChannels: "PAD"
        case .resizeBilinear2x: "RESIZE_BILINEAR"
        case .maxPool2x2: "MAX_POOL_2D"
        case .depthToSpace2: "DEPTH_TO_SPACE"
        case .reshape: "RESHAPE"
        case .concatenation: "CONCATENATION"
        case .logistic: "LOGISTIC"
        case .dequantize: "DEQUANTIZE"
        case .densify: "DENSIFY"
        }
    }
}

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
