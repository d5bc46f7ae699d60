// SPDX-License-Identifier: Apache-2.0

/// EXIF metadata as values, written and read by rules of their own, to judge the product's.
struct ExifStructure {
    typealias Directory = [Int: (type: Int, bytes: [UInt8])]

    var main: Directory = [:]
    var exif: Directory = [:]
    var gps: Directory = [:]
    var interoperability: Directory = [:]
    /// The directory behind the first, with the thumbnail's tags.
    var thumbnail: Directory = [:]

    private static let pointers = [0x8769, 0x8825, 0xA005]
    private static let sizes = [1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8]

    static func text(_ text: String) -> (type: Int, bytes: [UInt8]) { (2, Array(text.utf8) + [0]) }
    static func short(_ value: Int) -> (type: Int, bytes: [UInt8]) { (3, bytes(value, 2)) }
    static func rational(_ value: Int) -> (type: Int, bytes: [UInt8]) { (5, bytes(value, 4) + bytes(1, 4)) }

    private static func bytes(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * (count - 1 - $0))) }
    }

    /// What a camera writes, and what it should keep to itself: every secret value holds the word.
    static func camera(secret: String = "SECRET") -> ExifStructure {
        var all = ExifStructure()
        all.main = [
            0x010E: text("A title"), 0x010F: text("Make"), 0x0110: text("Model"), 0x0112: short(6),
            0x011A: rational(300), 0x011B: rational(300), 0x0128: short(2), 0x0131: text("Program"),
            0x0132: text("2026:11:26 04:50:00"), 0x013B: text("Artist"), 0x013C: text(secret + " computer"),
            0x8298: text("Copyright"), 0xC4A5: (7, Array((secret + " print").utf8)),
        ]
        all.exif = [
            0x829A: rational(4), 0x9000: (7, Array("0232".utf8)), 0x9003: text("2026:11:26 04:49:59"),
            0x927C: (7, Array((secret + " maker note").utf8)), 0x9286: (7, Array("ASCII\0\0\0comment".utf8)),
            0xA001: short(65_535), 0xA420: text(secret + " identifier"), 0xA430: text(secret + " owner"),
            0xA431: text(secret + " serial"), 0xA434: text("Lens"), 0xA435: text(secret + " lens serial"),
        ]
        all.gps = [0x0001: text("N"), 0x0002: rational(48), 0x001D: text("2026:11:26")]
        all.interoperability = [0x0001: text("R03")]
        all.thumbnail = [0x0103: short(6), 0x0201: (7, Array((secret + " thumbnail").utf8))]
        return all
    }

    /// A big-endian TIFF structure.
    var bytes: [UInt8] {
        var file: [UInt8] = Array("MM".utf8) + [0, 42, 0, 0, 0, 8]
        var places: [Int: Int] = [:]
        func append(_ directory: Directory, next: Directory? = nil) {
            let entries = directory.sorted { $0.key < $1.key }
            var offset = file.count + 2 + 12 * entries.count + 4
            var values: [UInt8] = []
            file += Self.bytes(entries.count, 2)
            for (tag, value) in entries {
                let count = value.bytes.count / (Self.sizes[value.type] ?? 1)
                file += Self.bytes(tag, 2) + Self.bytes(value.type, 2) + Self.bytes(count, 4)
                if Self.pointers.contains(tag) { places[tag] = file.count }
                if value.bytes.count <= 4 {
                    file += value.bytes + [UInt8](repeating: 0, count: 4 - value.bytes.count)
                } else {
                    file += Self.bytes(offset, 4)
                    values += value.bytes
                    offset += value.bytes.count
                }
            }
            file += Self.bytes(next == nil ? 0 : offset, 4) + values
        }
        var (first, second) = (main, exif)
        if !interoperability.isEmpty { second[0xA005] = (4, [0, 0, 0, 0]) }
        if !second.isEmpty { first[0x8769] = (4, [0, 0, 0, 0]) }
        if !gps.isEmpty { first[0x8825] = (4, [0, 0, 0, 0]) }
        append(first, next: thumbnail.isEmpty ? nil : thumbnail)
        if !thumbnail.isEmpty { append(thumbnail) }
        for (tag, directory) in [(0x8769, second), (0xA005, interoperability), (0x8825, gps)] {
            guard let place = places[tag] else { continue }
            file.replaceSubrange(place..<place + 4, with: Self.bytes(file.count, 4))
            append(directory)
        }
        return file
    }

    init() {}

    /// Reads a big-endian structure; nil unless every entry is where it should be.
    init?(_ file: [UInt8]) {
        guard file.starts(with: Array("MM".utf8) + [0, 42]) else { return nil }
        func number(_ offset: Int, _ count: Int) -> Int? {
            guard offset >= 0, offset + count <= file.count else { return nil }
            return file[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
        }
        func read(_ offset: Int) -> (Directory, next: Int)? {
            guard let count = number(offset, 2) else { return nil }
            var directory: Directory = [:]
            var last = -1
            for i in 0..<count {
                let entry = offset + 2 + 12 * i
                guard let tag = number(entry, 2), let type = number(entry + 2, 2),
                    let size = Self.sizes[type],
                    let values = number(entry + 4, 4), tag > last
                else { return nil }
                last = tag
                guard let start = values * size <= 4 ? entry + 8 : number(entry + 8, 4),
                    start + values * size <= file.count
                else { return nil }
                directory[tag] = (type, Array(file[start..<start + values * size]))
            }
            guard let next = number(offset + 2 + 12 * count, 4) else { return nil }
            return (directory, next)
        }
        guard let start = number(4, 4), let (first, next) = read(start) else { return nil }
        main = first
        if next != 0 {
            guard let (directory, _) = read(next) else { return nil }
            thumbnail = directory
        }
        func child(_ tag: Int, of parent: inout Directory) -> Directory? {
            guard let pointer = parent.removeValue(forKey: tag) else { return [:] }
            return read(pointer.bytes.reduce(0) { $0 << 8 | Int($1) })?.0
        }
        guard let exif = child(0x8769, of: &main), let gps = child(0x8825, of: &main) else { return nil }
        (self.exif, self.gps) = (exif, gps)
        guard let interoperability = child(0xA005, of: &self.exif) else { return nil }
        self.interoperability = interoperability
    }

    /// All tags, each with its directory's first letter, sorted.
    var tags: [String] {
        let all = [("m", main), ("e", exif), ("g", gps), ("i", interoperability), ("t", thumbnail)]
        return all.flatMap { name, directory in
            directory.keys.sorted().map { name + String($0, radix: 16, uppercase: true) }
        }
    }
}
