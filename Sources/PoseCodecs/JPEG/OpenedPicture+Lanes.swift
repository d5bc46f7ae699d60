// SPDX-License-Identifier: Apache-2.0

import CPoseCodecs
import PoseImaging
import PoseSystem

/// Decoding a JPEG file with two threads, and keeping its coefficients.
///
/// The bits of a JPEG file can be read only from the beginning on. One thread decodes the upper rows; the other reads the bits of
/// all rows, which is the longer part of the work, and makes pixels of the lower ones.
extension OpenedPicture {
    /// Pictures with fewer pixels are decoded before another thread is awake.
    private static let leastPixelCount = 400_000

    /// Whether it can be decoded in another than the plain way.
    private func isForLanes(_ order: DecodingOrder) -> Bool {
        guard info.format == .jpeg, order.reduction == 1 else { return false }
        return keepsBlocks(order)
            || order.threadCount > 1 && header.has_one_scan != 0 && info.pixelCount >= Self.leastPixelCount
    }

    /// Whether coefficients are kept: those of a picture that is turned would stand elsewhere.
    private func keepsBlocks(_ order: DecodingOrder) -> Bool { order.keepsBlocks && info.orientation == 1 }

    /// Decodes all of the picture; `nil` when the plain way is the one, or has to judge what is wrong with the file.
    func decodeInLanes(
        _ file: Span<UInt8>,
        _ order: DecodingOrder
    ) throws(ImageError) -> (CodecCalls.DecodedPixels, JPEGBlocks?)? {
        guard isForLanes(order) else { return nil }
        let (width, height) = (info.storedWidth, info.storedHeight)
        let rows = order.threadCount > 1 && header.has_one_scan != 0 ? upperRowCount : 0
        let keeps = keepsBlocks(order)
        var blocks: JPEGBlocks?
        var isWhole = false
        let turn = Orientation(info.orientation, width: width, height: height)
        let image = try unsafe ImageBuffer(width: turn.width, height: turn.height) { pixels in
            unsafe file.withUnsafeBytes { bytes in
                let lane = unsafe Lane(
                    bytes: bytes,
                    pixels: pixels,
                    turn: info.orientation == 1 ? nil : pic_turn(turn),
                    header: header,
                    order: order
                )
                let lower = PixelRectangle(x: 0, y: rows, width: width, height: height - rows)
                if rows == 0 {
                    (isWhole, blocks) = lane.decode(lower, keepsBlocks: keeps)
                } else {
                    let upper = PixelRectangle(x: 0, y: 0, width: width, height: rows)
                    let (first, second) = concurrently(
                        { lane.decode(lower, keepsBlocks: keeps) },
                        { lane.decode(upper, keepsBlocks: false).isWhole }
                    )
                    (isWhole, blocks) = (first.isWhole && second, first.blocks)
                }
            }
        }
        try order.cancellation?.checkImage()
        guard isWhole else { return nil }
        return (CodecCalls.DecodedPixels(image: image, alpha: nil, remark: nil, isDamaged: false), blocks)
    }

    /// The rows of the thread that reads no more than these, such that both are done at once.
    ///
    /// Reading bits takes about 12 ns a byte, making pixels 1.7 ns a pixel, on one core of an AMD EPYC (`perf` of decoding
    /// files of 12 megapixels); only their proportion matters.
    private var upperRowCount: Int {
        let bits = 12 * Double(info.byteCount)
        let pixels = 1.7 * Double(info.pixelCount)
        let share = (bits + pixels) / (bits + 2 * pixels)
        // Whole MCUs, of at most 32 rows.
        return Int(share * Double(info.storedHeight)) / 32 * 32
    }
}

/// What each thread works with.
///
/// Unchecked: both read the file, and each writes rows of its own.
@safe private struct Lane: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
    let pixels: UnsafeMutableRawBufferPointer
    let turn: pic_turn?
    let header: pic_header
    let order: DecodingOrder

    /// Decodes some rows; false when anything is wrong with the file.
    func decode(_ rows: PixelRectangle, keepsBlocks: Bool) -> (isWhole: Bool, blocks: JPEGBlocks?) {
        let stride = rows.width * ImageBuffer.bytesPerPixel
        // Rows go to the target's first on, and turned ones to where their first pixel goes.
        let first = unsafe pixels.baseAddress.map { unsafe $0 + (turn == nil ? rows.y * stride : 0) }
        var placing = turn ?? pic_turn()
        placing.origin += rows.y * placing.row_step
        var header = header
        var blocks: OpaquePointer?
        let (status, text) = unsafe CodecCalls.withStop(order.cancellation) { stop in
            var target = unsafe pic_target(
                part: pic_part(rows, reduction: 1),
                turn: placing,
                bgrx: first,
                stride: stride,
                alpha: nil,
                salvage: 0,
                stop: stop
            )
            return unsafe CodecCalls.withMessage { message in
                guard keepsBlocks else {
                    return unsafe pic_jpeg_decode(bytes.baseAddress, bytes.count, &header, &target, message)
                }
                return unsafe pic_jpeg_decode_keeping(
                    bytes.baseAddress,
                    bytes.count,
                    &header,
                    &target,
                    &blocks,
                    message
                )
            }
        }
        var kept: JPEGBlocks?
        if let blocks = unsafe blocks {
            kept = unsafe JPEGBlocks(owning: blocks, byteCount: Int(clamping: header.block_bytes))
        }
        return (status == PIC_OK && text.isEmpty, kept)
    }
}
