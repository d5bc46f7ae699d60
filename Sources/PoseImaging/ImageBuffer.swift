// SPDX-License-Identifier: Apache-2.0

/// An 8-bit picture in the one pixel format the program uses: BGRX, 4 bytes a pixel, sRGB.
///
/// Rows run top to bottom. In memory each pixel is blue, green, red and an unused byte, which is Cairo's
/// `CAIRO_FORMAT_RGB24` on a little-endian machine, ffmpeg's `bgr0` and libjpeg-turbo's `TJPF_BGRX`.
/// Copies share storage until one of them is written.
public struct ImageBuffer: Sendable {
    /// Bytes of one pixel.
    public static let bytesPerPixel = 4

    /// Columns, at least 1.
    public let width: Int
    /// Rows, at least 1.
    public let height: Int
    private var storage: PixelStorage

    /// Makes a black picture.
    ///
    /// - Precondition: `width` and `height` are 1…67,108,863.
    public init(width: Int, height: Int) {
        precondition(PictureSize.isValid(width: width, height: height), "a side has 1…67,108,863 pixels")
        self.width = width
        self.height = height
        storage = PixelStorage(byteCount: width * height * Self.bytesPerPixel)
    }

    /// Makes a picture of pixels that a closure writes, every one of them.
    ///
    /// - Parameters:
    ///   - width: columns, at least 1.
    ///   - height: rows, at least 1.
    ///   - writePixels: gets `height × width × 4` bytes of unset memory.
    /// - Throws: what the closure throws.
    package init<E: Error>(
        width: Int,
        height: Int,
        writingPixels writePixels: (UnsafeMutableRawBufferPointer) throws(E) -> Void
    ) throws(E) {
        precondition(PictureSize.isValid(width: width, height: height), "a side has 1…67,108,863 pixels")
        self.width = width
        self.height = height
        storage = PixelStorage(uninitializedByteCount: width * height * Self.bytesPerPixel)
        try unsafe writePixels(storage.bytes)
    }

    /// Bytes from the start of one row to the start of the next.
    public var rowStride: Int { width * Self.bytesPerPixel }

    /// Lends the pixels for reading: `height × rowStride` bytes.
    public func withUnsafeBytes<R, E: Error>(
        _ body: (UnsafeRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
        try unsafe body(UnsafeRawBufferPointer(storage.bytes))
    }

    /// Lends the pixels for writing: `height × rowStride` bytes.
    public mutating func withUnsafeMutableBytes<R, E: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
        if !isKnownUniquelyReferenced(&storage) { storage = PixelStorage(copying: storage) }
        return try unsafe body(storage.bytes)
    }

    /// The red, green and blue values at a pixel.
    public subscript(x: Int, y: Int) -> (red: UInt8, green: UInt8, blue: UInt8) {
        get {
            precondition(x >= 0 && x < width && y >= 0 && y < height, "the pixel is outside the image")
            return unsafe withUnsafeBytes { bytes in
                let offset = y * rowStride + x * Self.bytesPerPixel
                return unsafe (bytes[offset + 2], bytes[offset + 1], bytes[offset])
            }
        }
        set {
            precondition(x >= 0 && x < width && y >= 0 && y < height, "the pixel is outside the image")
            let offset = y * rowStride + x * Self.bytesPerPixel
            unsafe withUnsafeMutableBytes { bytes in
                unsafe bytes[offset] = newValue.blue
                unsafe bytes[offset + 1] = newValue.green
                unsafe bytes[offset + 2] = newValue.red
            }
        }
    }
}

/// The bytes of one picture, shared by copies of it.
///
/// Unchecked: written only through `ImageBuffer`, which copies first unless it is the single owner.
@safe private final class PixelStorage: @unchecked Sendable {
    let bytes: UnsafeMutableRawBufferPointer

    init(uninitializedByteCount byteCount: Int) {
        // 64 bytes: a cache line, and the widest vector register.
        unsafe bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 64)
    }

    convenience init(byteCount: Int) {
        self.init(uninitializedByteCount: byteCount)
        unsafe bytes.initializeMemory(as: UInt8.self, repeating: 0)
    }

    convenience init(copying other: PixelStorage) {
        unsafe self.init(uninitializedByteCount: other.bytes.count)
        unsafe bytes.copyMemory(from: UnsafeRawBufferPointer(other.bytes))
    }

    deinit {
        unsafe bytes.deallocate()
    }
}
