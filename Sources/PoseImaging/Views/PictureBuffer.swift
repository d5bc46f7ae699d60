// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// Memory of its own for a picture of any format: what a decoder fills and a sampler reads.
///
/// The planes lie one behind the other without padding, as ``PictureView`` reads them from one stretch of memory.
/// One owner writes at a time, and nobody reads meanwhile: whoever hands a buffer on does not touch it afterwards.
@safe public final class PictureBuffer: @unchecked Sendable {
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    /// How the pixels lie in memory.
    public let format: PixelFormat
    /// What luma and chroma mean; without effect on other formats than I420 and NV12.
    public let color: YUVColor
    /// Bytes of all planes together.
    public let byteCount: Int
    private let bytes: UnsafeMutableRawPointer

    /// Takes memory, whose content is undefined until it is written.
    ///
    /// - Parameters:
    ///   - width: columns, 1…67,108,863.
    ///   - height: rows, 1…67,108,863.
    ///   - format: how the pixels lie in memory.
    ///   - color: what luma and chroma mean.
    /// - Throws: ``ImageError`` `.invalidBuffer`, `.tooLarge` or `.outOfMemory`.
    public init(
        width: Int,
        height: Int,
        format: PixelFormat,
        color: YUVColor = YUVColor()
    ) throws(ImageError) {
        byteCount = try PictureView.byteCount(width: width, height: height, format: format)
        guard let memory = unsafe malloc(byteCount) else {
            throw ImageError(
                .outOfMemory,
                "There is no memory for a picture of \(width) × \(height) pixels (\(byteCount) bytes)."
            )
        }
        unsafe bytes = memory
        self.width = width
        self.height = height
        self.format = format
        self.color = color
    }

    deinit { unsafe free(bytes) }

    /// Lends the picture.
    ///
    /// - Parameter body: what reads it; the view must not leave it.
    /// - Returns: what `body` returned.
    /// - Throws: what `body` threw.
    public func withView<R: ~Copyable, E: Error>(_ body: (PictureView) throws(E) -> R) throws(E) -> R {
        let memory = unsafe UnsafeRawBufferPointer(start: bytes, count: byteCount)
        let view = unsafe try? PictureView(memory, width: width, height: height, format: format, color: color)
        guard let view else { preconditionFailure("the size was checked when the memory was taken") }
        return try body(view)
    }

    /// Lends the memory for writing.
    ///
    /// - Parameter body: what fills it; the pointer must not leave it.
    /// - Returns: what `body` returned.
    /// - Throws: what `body` threw.
    public func withMutableBytes<R: ~Copyable, E: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
        try unsafe body(UnsafeMutableRawBufferPointer(start: bytes, count: byteCount))
    }
}
