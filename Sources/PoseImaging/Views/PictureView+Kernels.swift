// SPDX-License-Identifier: Apache-2.0

package import CPoseKernels

extension PictureView {
    /// The picture as kernels take it.
    package var kernelPicture: pk_picture {
        let plane = first
        precondition(format == .bgrx, "only BGRX is read")
        return unsafe pk_picture(
            pixels: plane.bytes.baseAddress,
            stride: plane.stride,
            width: Int32(width),
            height: Int32(height)
        )
    }
}
