// SPDX-License-Identifier: Apache-2.0

/// Floats at a cache line's boundary, owned.
///
/// Unchecked: written by its maker before it is shared; a session's arena is never shared.
@safe final class AlignedFloats: @unchecked Sendable {
    let buffer: UnsafeMutableBufferPointer<Float>

    /// Takes memory for `count` floats, zeroed.
    init(count: Int) {
        let bytes = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Float>.size,
            alignment: 64
        )
        unsafe buffer = bytes.bindMemory(to: Float.self)
        unsafe buffer.initialize(repeating: 0)
    }

    deinit { unsafe buffer.deallocate() }

    var count: Int { unsafe buffer.count }

    subscript(index: Int) -> Float {
        get { unsafe buffer[index] }
        set { unsafe buffer[index] = newValue }
    }
}
