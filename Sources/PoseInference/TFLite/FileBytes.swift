// SPDX-License-Identifier: Apache-2.0

/// The bytes of a file, in memory or mapped.
package struct FileBytes: Sendable, RandomAccessCollection {
    private enum Storage: Sendable {
        case memory([UInt8])
        case mapping(MappedFile)
    }

    private let storage: Storage

    package init(_ bytes: [UInt8]) {
        storage = .memory(bytes)
    }

    package init(_ file: MappedFile) {
        storage = .mapping(file)
    }

    package var startIndex: Int { 0 }

    package var endIndex: Int {
        switch storage {
        case .memory(let bytes): bytes.count
        case .mapping(let file): file.count
        }
    }

    package var count: Int { endIndex }

    package subscript(position: Int) -> UInt8 {
        precondition(indices.contains(position), "the byte lies in the file")
        return unsafe withUnsafeBytes { unsafe $0[position] }
    }

    /// Lends the bytes.
    package func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        switch storage {
        case .memory(let bytes): unsafe bytes.withUnsafeBytes(body)
        case .mapping(let file): unsafe file.withUnsafeBytes(body)
        }
    }
}
