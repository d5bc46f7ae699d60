// SPDX-License-Identifier: Apache-2.0

import CPoseCodecs
package import PoseImaging
package import PoseSystem

/// Encoding JPEG in a given style, with several threads.
extension ImageEncoder {
    /// Encodes a picture as JPEG.
    ///
    /// With several threads each encodes a band of rows; the bands are joined behind restart markers, and their blocks are those
    /// that one thread makes.
    ///
    /// - Parameters:
    ///   - image: what to write, with sides up to 65,500 pixels.
    ///   - style: how to make blocks.
    ///   - threadCount: threads to use, of which two are taken for large pictures.
    ///   - metadata: the colour profile, EXIF and the resolution to keep.
    ///   - cancellation: looked at every few rows.
    ///   - memory: a reservation for the file alone, which has the file's size in the end.
    /// - Returns: a whole file.
    /// - Throws: as ``encode(_:as:quality:metadata:cancellation:)``.
    package static func encodeJPEG(
        _ image: ImageBuffer,
        style: JPEGStyle,
        threadCount: Int,
        metadata: ImageMetadata,
        cancellation: CancellationToken? = nil,
        memory: MemoryReservation? = nil
    ) throws(ImageError) -> [UInt8] {
        try check(image, Codec(.jpeg), metadata)
        // A restart marker's number is one of eight: bands are whole rounds of them, except the last.
        let round = 8 * 8 * style.chromaReduction.rows
        let upper = (image.height / round + 1) / 2 * round
        guard threadCount > 1, image.width * image.height >= leastPixelCount, upper < image.height else {
            return try CodecCalls.encodeJPEG(image, style, metadata, cancellation, memory)
        }
        return try CodecCalls.encodeJPEG(image, splitAt: upper, style, metadata, cancellation, memory)
    }

    /// Smaller pictures are encoded before another thread is awake.
    private static let leastPixelCount = 400_000
}

extension CodecCalls {
    /// Encodes all rows with one thread.
    fileprivate static func encodeJPEG(
        _ image: ImageBuffer,
        _ style: JPEGStyle,
        _ metadata: ImageMetadata,
        _ cancellation: CancellationToken?,
        _ memory: MemoryReservation?
    ) throws(ImageError) -> [UInt8] {
        try unsafe file(.jpeg, cancellation, memory) { stop, room, out, message in
            unsafe image.withUnsafeBytes { pixels in
                let band = unsafe JPEGBand(pixels, width: image.width, rows: 0..<image.height, style)
                return unsafe band.encode(metadata, stop, room, out, message)
            }
        }
    }

    /// Encodes the rows above and below a split with a thread for each.
    fileprivate static func encodeJPEG(
        _ image: ImageBuffer,
        splitAt row: Int,
        _ style: JPEGStyle,
        _ metadata: ImageMetadata,
        _ cancellation: CancellationToken?,
        _ memory: MemoryReservation?
    ) throws(ImageError) -> [UInt8] {
        var values = style.values
        values.restart_rows = 1
        let joined = JPEGStyle(values)
        let (upper, lower) = unsafe image.withUnsafeBytes { pixels in
            let upper = unsafe JPEGBand(pixels, width: image.width, rows: 0..<row, joined)
            let lower = unsafe JPEGBand(pixels, width: image.width, rows: row..<image.height, joined)
            return concurrently(
                { upper.encoded(metadata, cancellation, memory?.another()) },
                { lower.encoded(ImageMetadata(), cancellation, memory?.another()) }
            )
        }
        for band in [upper, lower] {
            try check(band.status, band.text, cancellation) { .encodingFailed(.jpeg, reason: $0) }
        }
        let bands = unsafe [upper.bytes, lower.bytes]
        let byteCount = unsafe bands.reduce(0) { unsafe $0 + $1.size }
        guard memory?.resize(to: byteCount) ?? true else {
            throw .noMemory(for: "the file", byteCount: byteCount)
        }
        var outcome = (result: PIC_OK, text: "")
        let file = unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { bytes, count in
            outcome = unsafe withMessage { message in
                unsafe pic_jpeg_join(
                    bands,
                    bands.count,
                    UInt32(image.height),
                    bytes.baseAddress,
                    &count,
                    message
                )
            }
        }
        try check(outcome.result, outcome.text, cancellation) { .encodingFailed(.jpeg, reason: $0) }
        return file
    }
}

/// Some rows of a picture.
///
/// Unchecked: threads read the same pixels.
@safe private struct JPEGBand: @unchecked Sendable {
    let pixels: UnsafeRawBufferPointer
    let width: Int
    let rows: Range<Int>
    let style: JPEGStyle

    init(_ pixels: UnsafeRawBufferPointer, width: Int, rows: Range<Int>, _ style: JPEGStyle) {
        unsafe self.pixels = pixels
        (self.width, self.rows, self.style) = (width, rows, style)
    }

    /// Encodes them as a file.
    func encode(
        _ metadata: ImageMetadata,
        _ stop: pic_stop,
        _ room: pic_room,
        _ out: UnsafeMutablePointer<pic_bytes>,
        _ message: Codec.Message
    ) -> pic_status {
        let stride = width * ImageBuffer.bytesPerPixel
        let first = unsafe pixels.baseAddress.map { unsafe $0 + rows.lowerBound * stride }
        return unsafe CodecCalls.withMetadata(metadata, .jpeg) { metadata in
            var source = unsafe pic_source(
                bgrx: first,
                stride: stride,
                width: UInt32(width),
                height: UInt32(rows.count),
                alpha: nil,
                metadata: metadata,
                stop: stop,
                room: room
            )
            var values = style.values
            return unsafe pic_jpeg_encode_in_style(&source, &values, out, message)
        }
    }

    /// Encodes them as a file of which parts are taken.
    func encoded(
        _ metadata: ImageMetadata,
        _ cancellation: CancellationToken?,
        _ memory: MemoryReservation?
    ) -> EncodedBand {
        var bytes = unsafe pic_bytes()
        let (status, text) = unsafe CodecCalls.withStop(cancellation) { stop in
            unsafe CodecCalls.withRoom(memory) { room in
                unsafe CodecCalls.withMessage { unsafe encode(metadata, stop, room, &bytes, $0) }
            }
        }
        return unsafe EncodedBand(status: status, text: text, bytes: bytes, memory: memory)
    }
}

/// What became of a band.
///
/// Unchecked: never changed.
@safe private final class EncodedBand: @unchecked Sendable {
    let status: pic_status
    let text: String
    let bytes: pic_bytes
    private let memory: MemoryReservation?

    init(status: pic_status, text: String, bytes: pic_bytes, memory: MemoryReservation?) {
        (self.status, self.text, self.memory) = (status, text, memory)
        unsafe self.bytes = bytes
    }

    deinit {
        var bytes = unsafe bytes
        unsafe pic_release(&bytes)
    }
}
