// SPDX-License-Identifier: Apache-2.0

/// A picture in somebody else's memory: a frame of a pipe, a caller's array, a camera's buffer.
///
/// Nothing is copied. The view holds addresses and does not own what they point to: **whoever makes a view keeps
/// the memory alive and unchanged for as long as the view, or a copy of it, is used.** A view made inside a
/// closure that lends a buffer must not leave that closure. Rows run top to bottom, pixels are 8-bit sRGB.
///
/// Making one from an `UnsafeRawBufferPointer` checks that every pixel lies inside it, and that the picture has a
/// size which the sampler takes; later steps trust that and cannot fail. There are no alignment requirements.
///
/// ```swift
/// let view = try unsafe PictureView(frame, width: 1280, height: 720, format: .rgb)
/// ```
@safe public struct PictureView {
    /// One plane of pixels.
    @safe public struct Plane {
        /// The memory, borrowed, from the first pixel on.
        public let bytes: UnsafeRawBufferPointer
        /// Bytes from the start of one row to the start of the next.
        public let stride: Int

        /// Names the memory of a plane; a view checks it.
        public init(_ bytes: UnsafeRawBufferPointer, stride: Int) {
            unsafe self.bytes = bytes
            self.stride = stride
        }
    }

    /// Columns, 1…67,108,863.
    public let width: Int
    /// Rows, 1…67,108,863.
    public let height: Int
    /// How the pixels lie in memory.
    public let format: PixelFormat
    /// What luma and chroma mean; without effect on other formats than I420 and NV12.
    public let color: YUVColor

    let first: Plane
    let second: Plane?
    let third: Plane?

    /// The planes: one; or luma and chroma of NV12; or luma, Cb and Cr of I420.
    public var planes: [Plane] { [first, second, third].compactMap { $0 } }

    /// Borrows a picture from one stretch of memory.
    ///
    /// The planes of I420 and NV12 follow one another, each with all of its rows' strides. The rows of Cb and Cr
    /// are half the luma's stride apart, rounded up; those of NV12's chroma as far as the luma's, or a byte
    /// farther where that is odd and the rows would not fit.
    ///
    /// - Parameters:
    ///   - bytes: the memory, which the caller keeps alive and unchanged; it may be longer than the picture.
    ///   - width: columns, 1…67,108,863.
    ///   - height: rows, 1…67,108,863.
    ///   - format: how the pixels lie in it.
    ///   - stride: bytes from the start of one row (of luma) to the next; without padding unless told.
    ///   - color: what luma and chroma mean.
    /// - Throws: ``ImageError`` `.invalidBuffer` or `.tooLarge`, with what was found and expected.
    public init(
        _ bytes: UnsafeRawBufferPointer,
        width: Int,
        height: Int,
        format: PixelFormat,
        stride: Int? = nil,
        color: YUVColor = YUVColor()
    ) throws(ImageError) {
        let layouts = try PlaneLayout.planes(width: width, height: height, format: format, stride: stride)
        var planes: [Plane] = []
        var start = 0
        for layout in layouts {
            let part = try unsafe layout.slice(of: bytes, from: start)
            unsafe planes.append(Plane(part, stride: layout.stride))
            start += layout.stride * layout.rows
        }
        self.init(width: width, height: height, format: format, color: color, planes: planes)
    }

    /// Borrows a picture from planes that lie anywhere, as decoders and cameras have them.
    ///
    /// - Parameters:
    ///   - planes: as many as the format has; their memory may be longer than the picture.
    ///   - width: columns, 1…67,108,863.
    ///   - height: rows, 1…67,108,863.
    ///   - format: how the pixels lie in them.
    ///   - color: what luma and chroma mean.
    /// - Throws: ``ImageError`` `.invalidBuffer` or `.tooLarge`, with what was found and expected.
    public init(
        planes: [Plane],
        width: Int,
        height: Int,
        format: PixelFormat,
        color: YUVColor = YUVColor()
    ) throws(ImageError) {
        guard planes.count == format.planeCount else {
            throw ImageError(
                .invalidBuffer,
                "A picture in \(format) needs \(format.planeCount) planes, but \(planes.count) were given."
            )
        }
        let layouts = try PlaneLayout.planes(width: width, height: height, format: format, stride: nil)
        var checked: [Plane] = []
        for (given, var layout) in zip(planes, layouts) {
            layout.stride = given.stride
            unsafe checked.append(Plane(try layout.slice(of: given.bytes), stride: given.stride))
        }
        self.init(width: width, height: height, format: format, color: color, planes: checked)
    }

    /// Makes a view of planes that are known to fit.
    private init(width: Int, height: Int, format: PixelFormat, color: YUVColor, planes: [Plane]) {
        self.width = width
        self.height = height
        self.format = format
        self.color = color
        first = planes[0]
        second = planes.count > 1 ? planes[1] : nil
        third = planes.count > 2 ? planes[2] : nil
    }

    /// Makes a view of an `ImageBuffer`'s bytes, whose size was checked when it was made.
    init(ofBuffer bytes: UnsafeRawBufferPointer, width: Int, height: Int) {
        let plane = unsafe Plane(bytes, stride: width * ImageBuffer.bytesPerPixel)
        self.init(width: width, height: height, format: .bgrx, color: YUVColor(), planes: [plane])
    }

    /// Bytes that a picture takes in one stretch of memory, as ``init(_:width:height:format:stride:color:)`` reads it.
    ///
    /// - Throws: ``ImageError`` `.invalidBuffer` for a side below 1 or too small a stride, `.tooLarge` for a side
    ///   above 67,108,863 or more bytes than there can be.
    public static func byteCount(
        width: Int,
        height: Int,
        format: PixelFormat,
        stride: Int? = nil
    ) throws(ImageError) -> Int {
        var total = 0
        let layouts = try PlaneLayout.planes(width: width, height: height, format: format, stride: stride)
        for (index, layout) in layouts.enumerated() {
            let count = try layout.byteCount()
            total += index == layouts.count - 1 ? count : count + layout.stride - layout.rowByteCount
        }
        return total
    }
}
