// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// The bytes of one picture, shared by copies of it.
///
/// Unchecked: written only through `ImageBuffer`, which copies first unless it is the single owner.
@safe final class PixelStorage: @unchecked Sendable {
    // A cache line, and the widest vector register.
    private static let alignment = 64

    let bytes: UnsafeMutableRawBufferPointer

    /// Takes memory, unset; nil when there is none, where Swift's own allocation would end the process.
    init?(byteCount: Int) {
        var start: UnsafeMutableRawPointer?
        let isLarge = byteCount >= LargePages.leastByteCount
        let alignment = isLarge ? LargePages.byteCount : Self.alignment
        // Large pages must lie within the memory as a whole: the last one is taken whole, too.
        let whole = (byteCount + alignment - 1) / alignment * alignment
        guard unsafe posix_memalign(&start, alignment, whole) == 0, let start = unsafe start else {
            return nil
        }
        unsafe bytes = UnsafeMutableRawBufferPointer(start: start, count: byteCount)
        if isLarge { unsafe LargePages.advise(bytes) }
    }

    /// Copies another picture's bytes; nil when there is no memory.
    convenience init?(copying other: PixelStorage) {
        unsafe self.init(byteCount: other.bytes.count)
        unsafe bytes.copyMemory(from: UnsafeRawBufferPointer(other.bytes))
    }

    deinit {
        unsafe free(bytes.baseAddress)
    }
}
