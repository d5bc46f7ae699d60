// SPDX-License-Identifier: Apache-2.0

package import CPoseKernels

extension TensorSampler {
    /// Samples a region of a picture of one's own; see ``sample(_:region:into:)-(PictureView,_,_)``.
    public func sample(
        _ image: ImageBuffer,
        region: RotatedRectangle,
        into tensor: UnsafeMutableBufferPointer<Float>
    ) {
        image.withView { unsafe sample($0, region: region, into: tensor) }
    }

    /// Samples some rows of the output only, into the whole one's memory.
    package func sample(
        _ image: ImageBuffer,
        region: RotatedRectangle,
        rows: Range<Int>,
        into tensor: UnsafeMutableBufferPointer<Float>
    ) {
        image.withView { unsafe sample($0, region: region, rows: rows, into: tensor) }
    }

    /// Samples with a given instruction set.
    package func sample(
        _ image: ImageBuffer,
        region: RotatedRectangle,
        rows: Range<Int>? = nil,
        into tensor: UnsafeMutableBufferPointer<Float>,
        isa: pk_isa
    ) {
        image.withView { unsafe sample($0, region: region, rows: rows, into: tensor, isa: isa) }
    }
}
