// SPDX-License-Identifier: Apache-2.0

extension ImageBuffer {
    /// Copies a picture of any format, converted to BGRX.
    ///
    /// The unused byte of a pixel is 255, or that of a view in BGRX. A pixel of I420 or NV12 takes the chroma at half
    /// its column and row, rounded down, without interpolation.
    ///
    /// - Parameter view: the picture, which is not needed afterwards.
    /// - Throws: ``ImageError`` `.outOfMemory`.
    public init(copying view: PictureView) throws(ImageError) {
        try unsafe self.init(width: view.width, height: view.height) { unsafe view.writeBGRX(into: $0) }
    }

    /// Copies a picture of red, green and blue bytes, top row first.
    ///
    /// - Parameters:
    ///   - bytes: at least `(height - 1) × stride + 3 × width` of them.
    ///   - width: columns, 1…67,108,863.
    ///   - height: rows, 1…67,108,863.
    ///   - stride: bytes from the start of one row to the next; `3 × width` unless told.
    /// - Throws: ``ImageError`` `.invalidBuffer`, `.tooLarge` or `.outOfMemory`.
    public init(rgb bytes: [UInt8], width: Int, height: Int, stride: Int? = nil) throws(ImageError) {
        try self.init(bytes, width: width, height: height, format: .rgb, stride: stride)
    }

    /// Copies a picture of blue, green and red bytes, top row first, as OpenCV has them.
    ///
    /// - Parameters:
    ///   - bytes: at least `(height - 1) × stride + 3 × width` of them.
    ///   - width: columns, 1…67,108,863.
    ///   - height: rows, 1…67,108,863.
    ///   - stride: bytes from the start of one row to the next; `3 × width` unless told.
    /// - Throws: ``ImageError`` `.invalidBuffer`, `.tooLarge` or `.outOfMemory`.
    public init(bgr bytes: [UInt8], width: Int, height: Int, stride: Int? = nil) throws(ImageError) {
        try self.init(bytes, width: width, height: height, format: .bgr, stride: stride)
    }

    private init(
        _ bytes: [UInt8],
        width: Int,
        height: Int,
        format: PixelFormat,
        stride: Int?
    ) throws(ImageError) {
        self = try unsafe bytes.withUnsafeBufferPointer { bytes throws(ImageError) in
            let view = try unsafe PictureView(
                UnsafeRawBufferPointer(bytes),
                width: width,
                height: height,
                format: format,
                stride: stride
            )
            return try ImageBuffer(copying: view)
        }
    }
}
