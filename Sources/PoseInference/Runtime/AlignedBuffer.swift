// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// Plain values at a cache line's boundary, owned.
///
/// Unchecked: written by its maker before it is shared; a session's memory is used by one thread's call at a time.
@safe final class AlignedBuffer<Element: BitwiseCopyable>: @unchecked Sendable {
    let buffer: UnsafeMutableBufferPointer<Element>

    /// Takes memory for `count` values, all of them `value`.
    init(count: Int, repeating value: Element) {
        let bytes = unsafe Self.allocate(count)
        unsafe buffer = bytes.bindMemory(to: Element.self)
        unsafe buffer.initialize(repeating: value)
    }

    /// Copies values.
    init(copying values: [Element]) {
        let bytes = unsafe Self.allocate(values.count)
        unsafe buffer = UnsafeMutableBufferPointer(
            rebasing: bytes.bindMemory(to: Element.self)[..<values.count]
        )
        _ = unsafe buffer.initialize(from: values)
    }

    /// Memory at a cache line's boundary, or, where there is much of it, at a huge page's.
    ///
    /// A huge page is one fault in place of 512, and a fault costs a virtual machine microseconds.
    private static func allocate(_ count: Int) -> UnsafeMutableRawBufferPointer {
        let byteCount = max(count, 1) * MemoryLayout<Element>.stride
        let hugePage = 2 << 20
        guard byteCount >= hugePage else {
            return UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 64)
        }
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: hugePage)
        // Whole huge pages only.
        unsafe adviseHugePages(bytes.baseAddress, byteCount / hugePage * hugePage)
        return unsafe bytes
    }

    deinit { unsafe buffer.deallocate() }

    var count: Int { unsafe buffer.count }

    subscript(index: Int) -> Element {
        get { unsafe buffer[index] }
        set { unsafe buffer[index] = newValue }
    }
}

typealias AlignedFloats = AlignedBuffer<Float>

extension AlignedBuffer<Float> {
    /// Takes memory for `count` floats, zeroed.
    convenience init(count: Int) { self.init(count: count, repeating: 0) }
}
