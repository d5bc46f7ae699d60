// SPDX-License-Identifier: Apache-2.0

/// A directory of a TIFF structure, which EXIF metadata and raw photographs are.
///
/// Source: TIFF 6.0, section 2.
struct TIFFDirectory {
    /// One entry: what it tells, of which type, how many values, and where the value or its offset stands.
    private struct Entry {
        var type: Int
        var count: Int
        var offset: Int
    }

    private static let ascii = 2
    private static let short = 3
    private static let long = 4

    /// Bytes of a value of each type.
    private static let sizes = [1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8]

    /// Whether the most significant byte of a number comes first.
    let isBigEndian: Bool
    private let entries: [Int: Entry]

    /// Reads the first directory; nil when the bytes are no TIFF structure.
    init?(_ bytes: Span<UInt8>) {
        let isBigEndian: Bool
        switch bytes.u16(at: 0) {
        case 0x4949: isBigEndian = false
        case 0x4D4D: isBigEndian = true
        default: return nil
        }
        guard bytes.u16(at: 2, bigEndian: isBigEndian) == 42,
            let directory = bytes.u32(at: 4, bigEndian: isBigEndian)
        else { return nil }
        self.init(bytes, at: directory, isBigEndian: isBigEndian)
    }

    /// Reads the directory at an offset; nil when it lies outside of the structure.
    init?(_ bytes: Span<UInt8>, at directory: Int, isBigEndian: Bool) {
        guard let count = bytes.u16(at: directory, bigEndian: isBigEndian) else { return nil }
        self.isBigEndian = isBigEndian
        var entries: [Int: Entry] = [:]
        for i in 0..<count {
            let offset = directory + 2 + 12 * i
            guard let tag = bytes.u16(at: offset, bigEndian: isBigEndian),
                let type = bytes.u16(at: offset + 2, bigEndian: isBigEndian),
                let count = bytes.u32(at: offset + 4, bigEndian: isBigEndian)
            else { break }
            if entries[tag] == nil { entries[tag] = Entry(type: type, count: count, offset: offset + 8) }
        }
        self.entries = entries
    }

    /// Whether there is an entry.
    func contains(_ tag: Int) -> Bool { entries[tag] != nil }

    /// The value of an entry with a single integer.
    func integer(_ tag: Int, in bytes: Span<UInt8>) -> Int? {
        guard let entry = entries[tag], entry.count == 1 else { return nil }
        return switch entry.type {
        case Self.short: bytes.u16(at: entry.offset, bigEndian: isBigEndian)
        case Self.long: bytes.u32(at: entry.offset, bigEndian: isBigEndian)
        default: nil
        }
    }

    /// The bytes of an entry's values as they stand in the file; nil when they are of no known type, more than a limit or
    /// not all there.
    func value(_ tag: Int, in bytes: Span<UInt8>, limit: Int) -> (type: Int, count: Int, bytes: [UInt8])? {
        guard let entry = entries[tag], let range = range(tag, in: bytes, limit: limit) else { return nil }
        return (entry.type, entry.count, bytes.copy(range))
    }

    /// Where the bytes of an entry's values stand in the file; nil when they are of no known type, more than a limit or not
    /// all there.
    func range(_ tag: Int, in bytes: Span<UInt8>, limit: Int) -> Range<Int>? {
        guard let entry = entries[tag], let size = Self.sizes[entry.type], entry.count >= 1,
            entry.count <= limit / size
        else { return nil }
        let length = entry.count * size
        // Values of up to four bytes stand in the entry itself.
        let offset = length <= 4 ? entry.offset : bytes.u32(at: entry.offset, bigEndian: isBigEndian)
        return offset.flatMap { bytes.range(at: $0, length: length) }
    }

    /// The value of an entry with text, up to its first zero.
    func text(_ tag: Int, in bytes: Span<UInt8>) -> String? {
        guard let entry = entries[tag], entry.type == Self.ascii else { return nil }
        // Values of up to four bytes stand in the entry itself.
        let offset = entry.count <= 4 ? entry.offset : bytes.u32(at: entry.offset, bigEndian: isBigEndian)
        guard let offset, let range = bytes.range(at: offset, length: min(entry.count, 64)) else {
            return nil
        }
        return String(decoding: bytes.copy(range).prefix { $0 != 0 }, as: UTF8.self)
    }
}
