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

    /// Makes a black picture of a small, known size.
    ///
    /// Sizes that come from outside, and large ones, belong to ``black(width:height:)``, which throws instead.
    ///
    /// - Precondition: `width` and `height` are 1…67,108,863, and there is memory for the picture.
    public init(width: Int, height: Int) {
        precondition(PictureSize.isValid(width: width, height: height), "a side has 1…67,108,863 pixels")
        self.width = width
        self.height = height
        guard let storage = PixelStorage(byteCount: PictureSize.byteCount(width: width, height: height))
        else {
            preconditionFailure("no memory for \(width) × \(height) pixels")
        }
        unsafe storage.bytes.initializeMemory(as: UInt8.self, repeating: 0)
        self.storage = storage
    }

    /// A black picture, if there is memory for it.
    ///
    /// - Throws: ``ImageError`` `.outOfMemory`, `.tooLarge` for a side above 67,108,863, or `.invalidBuffer` for
    ///   one below 1.
    public static func black(width: Int, height: Int) throws(ImageError) -> ImageBuffer {
        try unsafe ImageBuffer(width: width, height: height) { pixels in
            unsafe pixels.initializeMemory(as: UInt8.self, repeating: 0)
        }
    }

    /// Makes a picture of pixels that a closure writes, every one of them.
    ///
    /// - Parameters:
    ///   - width: columns, 1…67,108,863.
    ///   - height: rows, 1…67,108,863.
    ///   - writePixels: gets `height × width × 4` bytes of unset memory.
    /// - Throws: what the closure throws; ``ImageError`` `.outOfMemory`, `.tooLarge` or `.invalidBuffer` before.
    package init(
        width: Int,
        height: Int,
        writingPixels writePixels: (UnsafeMutableRawBufferPointer) throws(ImageError) -> Void
    ) throws(ImageError) {
        try PictureSize.check(width: width, height: height)
        guard let storage = PixelStorage(byteCount: PictureSize.byteCount(width: width, height: height))
        else {
            throw .outOfMemory(width: width, height: height)
        }
        self.width = width
        self.height = height
        self.storage = storage
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

    /// Makes sure that the next write needs no memory, by parting from copies of the picture now.
    ///
    /// - Throws: ``ImageError`` `.outOfMemory`.
    public mutating func makeUniquelyOwned() throws(ImageError) {
        guard !isKnownUniquelyReferenced(&storage) else { return }
        guard let copy = PixelStorage(copying: storage) else {
            throw .outOfMemory(width: width, height: height)
        }
        storage = copy
    }

    /// Lends the pixels for writing: `height × rowStride` bytes.
    ///
    /// - Precondition: there is memory for a copy, if other copies share the pixels; ``makeUniquelyOwned()`` makes
    ///   sure of it.
    public mutating func withUnsafeMutableBytes<R, E: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
        do {
            try makeUniquelyOwned()
        } catch {
            preconditionFailure(error.message)
        }
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
