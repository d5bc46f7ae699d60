// SPDX-License-Identifier: Apache-2.0

import CPoseCodecs
package import PoseImaging
package import PoseSystem
internal import Synchronization

/// All coefficients of a JPEG file that was decoded: what writes it again with a few of its blocks made anew.
///
/// That takes a third of the time of encoding the picture, and everything else keeps the quality that it has.
package final class JPEGBlocks: Sendable {
    /// What they take of memory.
    package let byteCount: Int
    private let handle: Mutex<Handle>

    /// Owns what the codec keeps.
    @safe private struct Handle: @unchecked Sendable {
        var pointer: OpaquePointer?
    }

    init(owning pointer: sending OpaquePointer, byteCount: Int) {
        self.byteCount = byteCount
        handle = Mutex(unsafe Handle(pointer: pointer))
    }

    deinit { handle.withLock { unsafe pic_jpeg_release_blocks($0.pointer) } }

    /// Writes the file with other pixels in some places, all metadata but the given ones left out.
    ///
    /// - Parameters:
    ///   - areas: the rectangles whose pixels changed; blocks touched in part are made of the picture's pixels too.
    ///   - image: the picture as it is now, of the size of the one that was decoded, and not turned.
    ///   - style: the style of the file that was decoded.
    ///   - metadata: what is written beside the pixels.
    ///   - cancellation: looked at between rows.
    ///   - memory: a reservation for the file alone.
    /// - Returns: a whole file; `nil` when the blocks were written before, or the library cannot write such a file.
    /// - Throws: `ImageError` `.outOfMemory`, `.cancelled` or `.timedOut`.
    package func write(
        replacing areas: [PixelRectangle],
        with image: ImageBuffer,
        style: JPEGStyle,
        metadata: ImageMetadata,
        cancellation: CancellationToken?,
        memory: MemoryReservation?
    ) throws(ImageError) -> [UInt8]? {
        let (columns, rows) = style.chromaReduction
        let rectangles = BlockCoverage(
            of: areas,
            width: image.width,
            height: image.height,
            blockWidth: 8 * columns,
            blockHeight: 8 * rows
        ).rectangles
        // They can be written once; whoever comes next finds none.
        let taken = handle.withLock { handle in
            defer { unsafe handle.pointer = nil }
            return handle
        }
        guard let pointer = unsafe taken.pointer else { return nil }
        defer { unsafe pic_jpeg_release_blocks(pointer) }
        return try unsafe CodecCalls.writeBlocks(
            pointer,
            rectangles: rectangles,
            image: image,
            metadata: metadata,
            cancellation: cancellation,
            memory: memory
        )
    }
}
