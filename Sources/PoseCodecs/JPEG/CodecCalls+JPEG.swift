// SPDX-License-Identifier: Apache-2.0

import CPoseCodecs
package import PoseImaging
import PoseSystem

/// The calls that only JPEG has.
extension CodecCalls {
    /// What became of a file that was to be rewritten.
    enum Rewrite {
        case file([UInt8])
        /// The library cannot write such a file; why, in a few words.
        case unwritable(String)
    }

    /// How a JPEG file is made of blocks.
    static func jpegLayout(_ file: Span<UInt8>) throws(ImageError) -> pic_jpeg_layout {
        var layout = pic_jpeg_layout()
        let (status, text) = unsafe file.withUnsafeBytes { bytes in
            unsafe withMessage { unsafe pic_jpeg_read_layout(bytes.baseAddress, bytes.count, &layout, $0) }
        }
        try check(status, text, nil) { .undecodable(.jpeg, reason: $0) }
        return layout
    }

    /// Writes a JPEG file anew with other blocks in some stored rectangles of whole MCUs.
    ///
    /// - Parameters:
    ///   - file: a whole file.
    ///   - rectangles: the rectangles, within the stored picture.
    ///   - image: the upright picture.
    ///   - turn: the way from the stored to the upright picture.
    ///   - metadata: what is written beside the pixels.
    ///   - cancellation: looked at between rows.
    ///   - memory: a reservation for the file alone.
    /// - Returns: the new file, or why there is none.
    /// - Throws: `ImageError` `.undecodable`, `.outOfMemory`, `.cancelled` or `.timedOut`.
    static func rewriteJPEG(
        _ file: Span<UInt8>,
        rectangles: [PixelRectangle],
        image: ImageBuffer,
        turn: Orientation,
        metadata: ImageMetadata,
        cancellation: CancellationToken?,
        memory: MemoryReservation?
    ) throws(ImageError) -> Rewrite {
        var status = PIC_OK
        var reason = ""
        do throws(ImageError) {
            let bytes = try unsafe Self.file(.jpeg, cancellation, memory) { stop, room, out, message in
                status = unsafe withEdit(rectangles, image, turn.inverse, metadata, stop) { edit in
                    unsafe file.withUnsafeBytes { file in
                        unsafe pic_jpeg_rewrite(file.baseAddress, file.count, edit, room, out, message)
                    }
                }
                return status
            } failure: {
                reason = $0
                return .undecodable(.jpeg, reason: $0)
            }
            return .file(bytes)
        } catch {
            if status == PIC_UNWRITABLE { return .unwritable(reason) }
            throw error
        }
    }

    /// Writes the blocks of a decoded file with some of them made anew, as ``rewriteJPEG(_:rectangles:image:turn:metadata:cancellation:memory:)``
    /// does; `nil` when the library cannot.
    static func writeBlocks(
        _ blocks: OpaquePointer,
        rectangles: [PixelRectangle],
        image: ImageBuffer,
        metadata: ImageMetadata,
        cancellation: CancellationToken?,
        memory: MemoryReservation?
    ) throws(ImageError) -> [UInt8]? {
        var isUnwritable = false
        let stays = Orientation(1, width: image.width, height: image.height)
        do throws(ImageError) {
            return try unsafe file(.jpeg, cancellation, memory) { stop, room, out, message in
                let status = unsafe withEdit(rectangles, image, stays, metadata, stop) { edit in
                    unsafe pic_jpeg_write_blocks(blocks, edit, room, out, message)
                }
                isUnwritable = status == PIC_UNWRITABLE || status == PIC_FAILED
                return status
            }
        } catch {
            if isUnwritable { return nil }
            throw error
        }
    }

    /// Runs a call that gets which parts of a file to replace.
    private static func withEdit<R>(
        _ rectangles: [PixelRectangle],
        _ image: ImageBuffer,
        _ back: Orientation,
        _ metadata: ImageMetadata,
        _ stop: pic_stop,
        _ call: (UnsafePointer<pic_jpeg_edit>) -> R
    ) -> R {
        let rectangles = rectangles.map {
            pic_rectangle(
                x: UInt32($0.x),
                y: UInt32($0.y),
                width: UInt32($0.width),
                height: UInt32($0.height)
            )
        }
        return unsafe withMetadata(metadata, .jpeg) { metadata in
            unsafe rectangles.withUnsafeBufferPointer { rectangles in
                unsafe image.withUnsafeBytes { pixels in
                    var edit = unsafe pic_jpeg_edit(
                        rectangles: rectangles.baseAddress,
                        rectangle_count: rectangles.count,
                        bgrx: pixels.baseAddress,
                        origin: back.origin,
                        column_step: back.columnStep,
                        row_step: back.rowStep,
                        metadata: metadata,
                        stop: stop
                    )
                    return unsafe call(&edit)
                }
            }
        }
    }
}

/// The quantized coefficients of one component of a JPEG file.
package struct JPEGCoefficients: Equatable, Sendable {
    /// 64 for each block, rows of blocks without gaps.
    package var values: [Int16]
    /// Blocks of a row.
    package var blocksPerRow: Int

    /// Reads the coefficients of a component.
    ///
    /// - Parameters:
    ///   - file: a whole JPEG file.
    ///   - component: its number, from 0 on.
    /// - Throws: `ImageError` `.undecodable`, also where there is no such component, or `.outOfMemory`.
    package init(of file: [UInt8], component: Int) throws(ImageError) {
        var (bytes, blocksPerRow) = unsafe (pic_bytes(), 0)
        defer { unsafe pic_release(&bytes) }
        let (status, text) = unsafe CodecCalls.withMessage { message in
            unsafe pic_jpeg_coefficients(file, file.count, CInt(component), &blocksPerRow, &bytes, message)
        }
        try CodecCalls.check(status, text, nil) { .undecodable(.jpeg, reason: $0) }
        let raw = unsafe UnsafeRawBufferPointer(start: bytes.data, count: bytes.size)
        values = unsafe Array(raw.bindMemory(to: Int16.self))
        self.blocksPerRow = blocksPerRow
    }
}
