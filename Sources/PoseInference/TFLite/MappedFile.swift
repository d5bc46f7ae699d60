// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// A file's bytes in the address space, read-only, until the last reference goes.
///
/// Whoever cuts the file short meanwhile ends this process with SIGBUS, and whoever writes to it changes the
/// bytes, so a mapping lives only as long as a model is loaded and readers check every field that they use.
///
/// Unchecked: the bytes are never written through it.
@safe package final class MappedFile: @unchecked Sendable {
    private let bytes: UnsafeRawBufferPointer

    /// Maps the first bytes of an open file, which may be closed afterwards; nil when the system refuses, and
    /// `errno` says why.
    ///
    /// - Parameters:
    ///   - descriptor: a regular file, open for reading.
    ///   - byteCount: at least 1, at most the file's size.
    package init?(descriptor: CInt, byteCount: Int) {
        #if os(Linux)
        // All of it is read at once, which spares a fault every few pages.
        let flags = MAP_PRIVATE | MAP_POPULATE
        #else
        let flags = MAP_PRIVATE
        #endif
        let start = unsafe mmap(nil, byteCount, PROT_READ, flags, descriptor, 0)
        guard unsafe start != MAP_FAILED else { return nil }
        unsafe bytes = UnsafeRawBufferPointer(start: start, count: byteCount)
    }

    deinit {
        _ = unsafe munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    }

    var count: Int { unsafe bytes.count }

    func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        unsafe body(bytes)
    }
}
