// SPDX-License-Identifier: Apache-2.0

/// Memory for much data at once.
package enum LargePages {
    /// What processors have beside pages of 4 KiB.
    package static let byteCount = 2 << 20

    /// Below this size the time of small pages is not worth the memory that large ones round up to; a frame of 1080p in I420 is
    /// above it.
    package static let leastByteCount = 2 << 20

    /// Asks the system for large pages, where it has some: a picture of 12 megapixels has 12,000 small ones, each of which costs a
    /// trap when it is first written.
    ///
    /// Advice may be refused, and nothing but time depends on it.
    ///
    /// - Parameter memory: aligned to ``byteCount``, and not written yet.
    package static func advise(_ memory: UnsafeMutableRawBufferPointer) {
        #if os(Linux)
        // MADV_HUGEPAGE of <bits/mman-linux.h>.
        _ = unsafe madvise(memory.baseAddress, memory.count, 14)
        #endif
    }
}
