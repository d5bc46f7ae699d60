// SPDX-License-Identifier: Apache-2.0

package import CPoseKernels

extension PictureView {
    /// The picture as kernels take it; as valid as the view's memory.
    package var kernelPicture: pk_picture {
        // NV12's Cr values follow their Cb.
        let cr = unsafe third?.bytes.baseAddress ?? second?.bytes.baseAddress.map { unsafe $0 + 1 }
        return unsafe pk_picture(
            pixels: first.bytes.baseAddress,
            stride: first.stride,
            width: Int32(width),
            height: Int32(height),
            format: format.kernelFormat,
            color: color.kernelColor,
            cb: second?.bytes.baseAddress,
            cr: cr,
            chroma_stride: second?.stride ?? 0
        )
    }

    /// Writes the picture as BGRX rows without padding.
    ///
    /// - Parameter pixels: `height × width × 4` bytes.
    func writeBGRX(into pixels: UnsafeMutableRawBufferPointer) {
        var picture = unsafe kernelPicture
        unsafe pk_convert_to_bgrx(&picture, pixels.baseAddress, width * ImageBuffer.bytesPerPixel)
    }
}
