// SPDX-License-Identifier: Apache-2.0

/// The name of a file as the system has it: bytes, which need not be UTF-8.
///
/// Names in archives from older Windows systems are in Latin-1, GBK and others; ``text`` stands for them in results.
package struct FilePath: Hashable, Sendable {
    /// The bytes, without the zero that ends them in C.
    package let bytes: [UInt8]

    private static let slash = UInt8(ascii: "/")
    private static let dot = UInt8(ascii: ".")

    /// The name of some bytes, up to the first zero.
    package init(bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes.prefix { $0 != 0 })
    }

    /// The name whose UTF-8 this is.
    package init(_ text: String) {
        self.init(bytes: text.utf8)
    }

    /// The name at a C string.
    package init(cString: UnsafePointer<CChar>) {
        let count = unsafe strlen(cString)
        unsafe self.init(bytes: UnsafeRawBufferPointer(start: cString, count: count))
    }

    /// Lends the name to a C function.
    @safe package func withCString<R>(_ body: (UnsafePointer<CChar>) -> R) -> R {
        unsafe (bytes.map(CChar.init(bitPattern:)) + [0]).withUnsafeBufferPointer { buffer in
            // The buffer has at least the zero.
            guard let start = buffer.baseAddress else {
                preconditionFailure("an array with an element has an address")
            }
            return unsafe body(start)
        }
    }

    /// Calls the system with the name; a negative answer is an error.
    @safe func call(_ body: (UnsafePointer<CChar>) -> CInt) throws(SystemError) -> CInt {
        let result = withCString { name in
            Result { () throws(SystemError) in try systemCall { unsafe body(name) } }
        }
        return try result.get()
    }
}

// MARK: - Components

extension FilePath {
    /// Whether it has no byte at all.
    package var isEmpty: Bool { bytes.isEmpty }

    /// Whether it can only name a directory.
    package var endsInSlash: Bool { bytes.last == Self.slash }

    /// Whether it is hidden by custom: its last component begins with a dot.
    package var isHidden: Bool { name.bytes.first == Self.dot }

    /// The last component; the whole name when it has nothing but slashes.
    package var name: FilePath {
        bytes.split(separator: Self.slash).last.map { FilePath(bytes: $0) } ?? self
    }

    /// What stands before the last component; `nil` for a name without a slash in front of it.
    package var parent: FilePath? {
        guard let end = bytes.lastIndex(where: { $0 != Self.slash }),
            let slash = bytes[..<end].lastIndex(of: Self.slash)
        else { return nil }
        let kept = bytes[..<slash].lastIndex { $0 != Self.slash }
        return FilePath(bytes: kept.map { bytes[...$0] } ?? [Self.slash])
    }

    /// A name below this one.
    package func appending(_ other: FilePath) -> FilePath {
        isEmpty ? other : FilePath(bytes: bytes + (endsInSlash ? [] : [Self.slash]) + other.bytes)
    }

    /// A name below this one.
    package func appending(_ other: String) -> FilePath { appending(FilePath(other)) }

    /// The same with a text behind it.
    package func adding(suffix: String) -> FilePath { FilePath(bytes: bytes + suffix.utf8) }

    /// What stands behind the last dot of the last component, unless that begins with it; nothing without a dot.
    package var fileExtension: String {
        extensionDot.map { String(decoding: bytes[($0 + 1)...], as: UTF8.self) } ?? ""
    }

    /// The name without its extension and the dot before it.
    package var stem: FilePath { extensionDot.map { FilePath(bytes: bytes[..<$0]) } ?? self }

    private var extensionDot: Int? {
        let start = bytes.lastIndex(of: Self.slash).map { $0 + 1 } ?? 0
        guard let dot = bytes.lastIndex(of: Self.dot), dot > start else { return nil }
        return dot
    }
}

extension FilePath: Comparable {
    /// Names in the order of their bytes, the same everywhere.
    package static func < (one: FilePath, other: FilePath) -> Bool {
        one.bytes.lexicographicallyPrecedes(other.bytes)
    }
}

extension FilePath: ExpressibleByStringLiteral {
    /// The name whose UTF-8 this is.
    package init(stringLiteral text: String) {
        self.init(text)
    }
}
