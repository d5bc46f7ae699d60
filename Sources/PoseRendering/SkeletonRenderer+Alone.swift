// SPDX-License-Identifier: Apache-2.0

package import PoseEstimation
package import PoseImaging

extension SkeletonRenderer {
    /// Draws people on nothing.
    ///
    /// - Parameters:
    ///   - poses: the people, drawn in this order.
    ///   - width: columns of the picture that the poses were found in.
    ///   - height: its rows.
    /// - Returns: the colours of what is drawn, in a picture whose fourth byte of a pixel is the opacity: 0 where nothing is
    ///   drawn.
    /// - Throws: ``RenderingError`` when a side is over 4,000,000 pixels or memory runs out.
    package func drawAlone(_ poses: [Pose], width: Int, height: Int) throws(RenderingError) -> ImageBuffer {
        try Self.checkSize(width: width, height: height)
        var image: ImageBuffer
        do throws(ImageError) {
            image = try ImageBuffer.black(width: width, height: height)
        } catch {
            throw RenderingError(error.message)
        }
        let drawings = drawings(poses, width: width, height: height)
        try paint(drawings, on: &image, tileSide: Canvas.maxSide, hasOpacity: true)
        unsafe image.withUnsafeMutableBytes { unsafe Self.divideByOpacity($0) }
        return image
    }

    /// Cairo's colours are multiplied by their opacity; those of files are not.
    private static func divideByOpacity(_ bytes: UnsafeMutableRawBufferPointer) {
        for start in stride(from: 0, to: bytes.count, by: ImageBuffer.bytesPerPixel) {
            let opacity = unsafe Int(bytes[start + 3])
            guard opacity > 0, opacity < 255 else { continue }
            for channel in start..<start + 3 {
                let value = unsafe (Int(bytes[channel]) * 255 + opacity / 2) / opacity
                unsafe bytes[channel] = UInt8(clamping: value)
            }
        }
    }
}
