// SPDX-License-Identifier: Apache-2.0

/// Writes EXIF metadata as a TIFF structure.
///
/// In memory: |- header -|- first directory, its values -|- EXIF … -|- interoperability … -|- GPS … -|
///
/// Source: TIFF 6.0, section 2; CIPA DC-008-2019, section 4.6.
extension ExifBlock {
    private static let short = 3
    private static let long = 4
    private static let headerSize = 8

    /// The structure, with an orientation of 1…8 in it where that is not 1; nil when nothing needs saying.
    func encoded(orientation: Int = 1) -> [UInt8]? {
        guard isNeeded || orientation != 1 else { return nil }
        var (main, exif) = (main, exif)
        if orientation != 1 {
            main.append(
                Entry(tag: ExifTags.orientation, type: Self.short, count: 1, bytes: u16(orientation))
            )
        }
        // Offsets follow from the sizes, which do not depend on them.
        if !interoperability.isEmpty { exif.append(pointer(ExifTags.interoperabilityDirectory, to: 0)) }
        if !exif.isEmpty { main.append(pointer(ExifTags.exifDirectory, to: 0)) }
        if !gps.isEmpty { main.append(pointer(ExifTags.gpsDirectory, to: 0)) }
        let exifStart = Self.headerSize + Self.size(of: main)
        let interoperabilityStart = exifStart + Self.size(of: exif)
        let gpsStart = interoperabilityStart + Self.size(of: interoperability)
        replace(ExifTags.interoperabilityDirectory, in: &exif, with: interoperabilityStart)
        replace(ExifTags.exifDirectory, in: &main, with: exifStart)
        replace(ExifTags.gpsDirectory, in: &main, with: gpsStart)

        var bytes: [UInt8] = Array((isBigEndian ? "MM" : "II").utf8) + u16(42) + u32(Self.headerSize)
        for entries in [main, exif, interoperability, gps] { append(entries, to: &bytes) }
        return bytes
    }

    private func pointer(_ tag: Int, to offset: Int) -> Entry {
        Entry(tag: tag, type: Self.long, count: 1, bytes: u32(offset))
    }

    private func replace(_ tag: Int, in entries: inout [Entry], with offset: Int) {
        guard let index = entries.firstIndex(where: { $0.tag == tag }) else { return }
        entries[index] = pointer(tag, to: offset)
    }

    /// Bytes of a directory and its values; an empty one is not written.
    private static func size(of entries: [Entry]) -> Int {
        guard !entries.isEmpty else { return 0 }
        return entries.reduce(2 + 12 * entries.count + 4) { $0 + outerSize(of: $1) }
    }

    /// Bytes of the values that do not fit into the entry; offsets are even.
    private static func outerSize(of entry: Entry) -> Int {
        entry.bytes.count <= 4 ? 0 : entry.bytes.count + entry.bytes.count % 2
    }

    private func append(_ entries: [Entry], to bytes: inout [UInt8]) {
        guard !entries.isEmpty else { return }
        var offset = bytes.count + 2 + 12 * entries.count + 4
        var values: [UInt8] = []
        bytes += u16(entries.count)
        for entry in entries.sorted(by: { $0.tag < $1.tag }) {
            bytes += u16(entry.tag) + u16(entry.type) + u32(entry.count)
            let padding = [UInt8](repeating: 0, count: max(0, 4 - entry.bytes.count))
            bytes += Self.outerSize(of: entry) == 0 ? entry.bytes + padding : u32(offset)
            guard Self.outerSize(of: entry) > 0 else { continue }
            values += entry.bytes + (entry.bytes.count % 2 == 1 ? [0] : [])
            offset += Self.outerSize(of: entry)
        }
        // No directory follows: that would be the thumbnail's.
        bytes += u32(0) + values
    }

    private func u16(_ value: Int) -> [UInt8] {
        let bytes = [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
        return isBigEndian ? bytes : bytes.reversed()
    }

    private func u32(_ value: Int) -> [UInt8] {
        isBigEndian ? u16(value >> 16) + u16(value) : u16(value) + u16(value >> 16)
    }
}
