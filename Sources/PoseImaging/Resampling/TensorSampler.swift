// SPDX-License-Identifier: Apache-2.0

package import CPoseKernels

/// What a sample outside the image reads.
public enum SamplingBorder: Sendable {
    /// Black.
    case zero
    /// The nearest pixel of the image.
    case replicate
}

/// Cuts a square out of a picture, as the input of a network.
///
/// The fixed-point warp of MediaPipe's image-to-tensor step on a CPU: positions in 1/32 pixel, integer
/// bilinear weights, each channel rounded to 8 bits, then one fused multiply-add into the value range.
/// Every instruction set gives the same bits.
public struct TensorSampler: Sendable {
    /// Rows and columns of the output, 1…32,767.
    public var outputSize: Int
    /// What lies outside the image.
    public var border: SamplingBorder
    /// The values that 0 and 255 become.
    public var range: ClosedRange<Float> {
        didSet { values = Self.values(of: range) }
    }
    private var values: [Float]

    /// Makes a sampler.
    public init(outputSize: Int, border: SamplingBorder, range: ClosedRange<Float>) {
        self.outputSize = outputSize
        self.border = border
        self.range = range
        values = Self.values(of: range)
    }

    /// Samples a region into an interleaved RGB tensor.
    ///
    /// Row i, column j reads the picture at the corner of the region plus (j, i) · side / `outputSize`, without
    /// half-pixel offsets. A region that is not finite or spans no area gives black. The result has the bits of
    /// a picture that was converted to BGRX first.
    ///
    /// - Parameters:
    ///   - view: the picture, in any format.
    ///   - region: a square in pixels (a letterbox is applied before, by the caller).
    ///   - tensor: `outputSize × outputSize × 3` floats, NHWC, red first.
    /// - Precondition: `outputSize` is 1…32,767, and `tensor` has that many floats.
    public func sample(
        _ view: PictureView,
        region: RotatedRectangle,
        into tensor: UnsafeMutableBufferPointer<Float>
    ) {
        unsafe sample(view, region: region, into: tensor, isa: Self.isa)
    }

    /// Samples some rows of the output only, into the whole one's memory.
    package func sample(
        _ view: PictureView,
        region: RotatedRectangle,
        rows: Range<Int>,
        into tensor: UnsafeMutableBufferPointer<Float>
    ) {
        unsafe sample(view, region: region, rows: rows, into: tensor, isa: Self.isa)
    }

    /// Samples with a given instruction set.
    package func sample(
        _ view: PictureView,
        region: RotatedRectangle,
        rows: Range<Int>? = nil,
        into tensor: UnsafeMutableBufferPointer<Float>,
        isa: pk_isa
    ) {
        precondition((1...32_767).contains(outputSize), "the output has 1…32,767 rows")
        precondition(tensor.count >= outputSize * outputSize * 3, "the tensor is too small for the sample")
        let rows = rows ?? 0..<outputSize
        precondition(rows.lowerBound >= 0 && rows.upperBound <= outputSize, "the rows are the output's")
        guard let map = SamplingMap(region: region, outputSize: outputSize) else {
            let row = outputSize * 3
            let part = unsafe tensor[(rows.lowerBound * row)..<(rows.upperBound * row)]
            unsafe UnsafeMutableBufferPointer(rebasing: part).update(repeating: range.lowerBound)
            return
        }
        var picture = unsafe view.kernelPicture
        unsafe pk_sample_rgb_f32(
            isa,
            &picture,
            kernelBorder,
            map.matrix,
            CInt(outputSize),
            CInt(rows.lowerBound),
            CInt(rows.upperBound),
            Self.scale(of: range),
            range.lowerBound,
            values,
            tensor.baseAddress
        )
    }

    private static let isa = pk_isa_selected()

    private var kernelBorder: pk_border {
        switch border {
        case .zero: PK_BORDER_ZERO
        case .replicate: PK_BORDER_REPLICATE
        }
    }

    private static func scale(of range: ClosedRange<Float>) -> Float {
        (range.upperBound - range.lowerBound) / 255
    }

    /// What each of the 256 channel values becomes, with one rounding.
    private static func values(of range: ClosedRange<Float>) -> [Float] {
        let scale = scale(of: range)
        return (0...255).map { range.lowerBound.addingProduct(Float($0), scale) }
    }
}
