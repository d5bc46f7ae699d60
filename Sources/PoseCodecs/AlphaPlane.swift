// SPDX-License-Identifier: Apache-2.0

public import PoseImaging
internal import PoseSystem

/// How opaque each pixel of a picture is: 0 for transparent, 255 for opaque, one byte a pixel.
///
/// Copies share storage until one of them is written.
public struct AlphaPlane: Sendable {
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    private var storage: Storage

    /// Makes a plane of values that a closure writes, every one of them.
    ///
    /// - Parameters:
    ///   - width: columns, at least 1.
    ///   - height: rows, at least 1.
    ///   - writeValues: gets `height × width` bytes of unset memory.
    /// - Throws: `ImageError` `.outOfMemory`, or what the closure throws.
    package init(
        width: Int,
        height: Int,
        writingValues writeValues: (UnsafeMutableRawBufferPointer) throws(ImageError) -> Void
    ) throws(ImageError) {
        let byteCount = width.multipliedSaturating(by: height)
        guard let storage = Storage(byteCount: byteCount) else {
            throw .noMemory(for: "the transparency of \(width) × \(height) pixels", byteCount: byteCount)
        }
        self.width = width
        self.height = height
        self.storage = storage
        try unsafe writeValues(storage.bytes)
    }

    /// Makes a plane of values, rows top to bottom without gaps.
    ///
    /// - Throws: `ImageError` `.invalidBuffer` unless there are `width × height` values, `.outOfMemory`.
    public init(_ values: [UInt8], width: Int, height: Int) throws(ImageError) {
        guard width >= 1, height >= 1, values.count == width.multipliedSaturating(by: height) else {
            let message =
                "\(values.count) opacities were given for \(width) × \(height) pixels; there must be one for each."
            throw ImageError(.invalidBuffer, message)
        }
        try unsafe self.init(width: width, height: height) { bytes in
            unsafe bytes.copyBytes(from: values)
        }
    }

    /// Lends the values for reading: `height × width` bytes, rows top to bottom without gaps.
    public func withUnsafeBytes<R, E: Error>(
        _ body: (UnsafeRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
        try unsafe body(UnsafeRawBufferPointer(storage.bytes))
    }

    /// Whether every pixel is opaque.
    public var isOpaque: Bool { unsafe withUnsafeBytes { unsafe $0.allSatisfy { $0 == 255 } } }

    /// The opacity for a picture that was drawn on, so that what was drawn shows.
    ///
    /// - Parameters:
    ///   - original: the picture before.
    ///   - drawn: the picture after; both have the plane's size.
    /// - Returns: this plane, with pixels opaque where the pictures differ.
    /// - Throws: `ImageError` `.outOfMemory`.
    /// - Precondition: the sizes are equal.
    public func covering(_ original: ImageBuffer, drawn: ImageBuffer) throws(ImageError) -> AlphaPlane {
        var copy = self
        try copy.cover(original, drawn: drawn)
        return copy
    }

    /// Makes pixels opaque where two pictures differ; takes no memory where no copy shares the plane's.
    ///
    /// - Parameters:
    ///   - original: the picture before.
    ///   - drawn: the picture after; both have the plane's size.
    /// - Throws: `ImageError` `.outOfMemory`.
    /// - Precondition: the sizes are equal.
    package mutating func cover(_ original: ImageBuffer, drawn: ImageBuffer) throws(ImageError) {
        for picture in [original, drawn] {
            precondition(picture.width == width && picture.height == height, "the sizes must be equal")
        }
        if !isKnownUniquelyReferenced(&storage) {
            let shared = storage
            self = try unsafe AlphaPlane(width: width, height: height) { values in
                unsafe values.copyMemory(from: UnsafeRawBufferPointer(shared.bytes))
            }
        }
        let values = unsafe storage.bytes
        unsafe original.withUnsafeBytes { before in
            unsafe drawn.withUnsafeBytes { after in
                let (before, after) = unsafe (
                    before.bindMemory(to: UInt32.self), after.bindMemory(to: UInt32.self)
                )
                // The upper byte of a pixel in BGRX is not used.
                for i in values.indices where unsafe (before[i] ^ after[i]) & 0xFF_FFFF != 0 {
                    unsafe values[i] = 255
                }
            }
        }
    }
}

/// The bytes of a plane.
///
/// Unchecked: written only before the plane that owns them is made, or by their single owner.
@safe private final class Storage: @unchecked Sendable {
    let bytes: UnsafeMutableRawBufferPointer

    init?(byteCount: Int) {
        guard let start = unsafe malloc(byteCount) else { return nil }
        unsafe bytes = UnsafeMutableRawBufferPointer(start: start, count: byteCount)
    }

    deinit {
        unsafe free(bytes.baseAddress)
    }
}
