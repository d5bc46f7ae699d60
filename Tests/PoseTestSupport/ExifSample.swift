// SPDX-License-Identifier: Apache-2.0

/// Exif with a place, a maker and an embedded thumbnail, as cameras and phones write it.
public enum ExifSample {
    /// The maker, as it stands in the file.
    public static let maker = Array("SECRETCAM\0".utf8)

    /// Degrees, minutes and seconds of latitude, as they stand in the file.
    public static let latitude: [UInt8] = [48, 1, 51, 1, 29, 1].flatMap { Self.u32($0) }

    /// A JPEG file with the Exif in it.
    ///
    /// - Parameters:
    ///   - file: a JPEG file.
    ///   - thumbnail: the bytes of the embedded JPEG.
    /// - Returns: a whole file.
    public static func jpeg(_ file: [UInt8], thumbnail: [UInt8]) -> [UInt8] {
        let body = Array("Exif\0\0".utf8) + tiff(thumbnail: thumbnail)
        return file[..<2] + [0xFF, 0xE1, UInt8((body.count + 2) >> 8), UInt8((body.count + 2) & 255)] + body
            + file[2...]
    }

    /// Whether bytes stand somewhere in a file.
    public static func holds(_ needle: [UInt8], in file: [UInt8]) -> Bool {
        guard let first = needle.first, file.count >= needle.count else { return false }
        return (0...(file.count - needle.count)).contains { start in
            file[start] == first && file[start..<start + needle.count].elementsEqual(needle)
        }
    }

    /// ```
    /// |- head, 8 -|- IFD0: maker, GPS -|- IFD1: thumbnail -|- GPS: latitude -|- maker -|- latitude -|- thumbnail -|
    /// ```
    private static func tiff(thumbnail: [UInt8]) -> [UInt8] {
        let second = 8 + 2 + 2 * 12 + 4
        let gps = second + 2 + 2 * 12 + 4
        let makerOffset = gps + 2 + 12 + 4
        let latitudeOffset = makerOffset + maker.count
        let thumbnailOffset = latitudeOffset + latitude.count
        let head = Array("II*\0".utf8) + u32(8)
        let directories =
            directory([(0x010F, 2, maker.count, makerOffset), (0x8825, 4, 1, gps)], next: second)
            + directory([(0x0201, 4, 1, thumbnailOffset), (0x0202, 4, 1, thumbnail.count)], next: 0)
            + directory([(0x0002, 5, 3, latitudeOffset)], next: 0)
        return head + directories + maker + latitude + thumbnail
    }

    private static func directory(
        _ entries: [(tag: Int, type: Int, count: Int, value: Int)],
        next: Int
    ) -> [UInt8] {
        u16(entries.count)
            + entries.flatMap { u16($0.tag) + u16($0.type) + u32($0.count) + u32($0.value) } + u32(next)
    }

    private static func u16(_ value: Int) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8 & 255)] }

    private static func u32(_ value: Int) -> [UInt8] { u16(value & 0xFFFF) + u16(value >> 16) }
}
