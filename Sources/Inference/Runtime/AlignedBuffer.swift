// SPDX-License-Identifier: Apache-2.0

/// Plain values at a cache line's boundary, owned.
///
/// Unchecked: written by its maker before it is shared; a session's arena is never shared.
@safe final class AlignedBuffer<Element: BitwiseCopyable>: @unchecked Sendable {
    let buffer: UnsafeMutableBufferPointer<Element>

    /// Takes memory for `count` values, all of them `value`.
    init(count: Int, repeating value: Element) {
        let bytes = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Element>.stride,
            alignment: 64
        )
        unsafe buffer = bytes.bindMemory(to: Element.self)
        unsafe buffer.initialize(repeating: value)
    }

    /// Copies values.
    init(copying values: [Element]) {
        let bytes = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(values.count, 1) * MemoryLayout<Element>.stride,
            alignment: 64
        )
        unsafe buffer = UnsafeMutableBufferPointer(
            rebasing: bytes.bindMemory(to: Element.self)[..<values.count]
        )
        _ = unsafe buffer.initialize(from: values)
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
