// SPDX-License-Identifier: Apache-2.0

/// The orientation tag of EXIF metadata: how to turn the stored picture upright.
///
/// Source: TIFF 6.0, sections 2 and 8; CIPA DC-008 (EXIF 2.32), section 4.6.4.
enum ExifOrientation {
    private static let orientationTag = 0x0112
    private static let short = 3
    private static let long = 4

    /// The orientation 1…8 in a TIFF structure, with or without the `Exif` prefix of JPEG; nil if there is none.
    static func parse(_ payload: ArraySlice<UInt8>) -> Int? {
        let prefix = Array("Exif\0\0".utf8)
        var tiff = ByteReader(bytes: payload.starts(with: prefix) ? payload.dropFirst(prefix.count) : payload)
        switch tiff.u16(at: 0) {
        case 0x4949: tiff.isBigEndian = false
        case 0x4D4D: tiff.isBigEndian = true
        default: return nil
        }
        guard tiff.u16(at: 2) == 42, let directory = tiff.u32(at: 4), let count = tiff.u16(at: directory)
        else {
            return nil
        }
        for i in 0..<count {
            let entry = directory + 2 + 12 * i
            guard let tag = tiff.u16(at: entry), let type = tiff.u16(at: entry + 2) else { return nil }
            guard tag == orientationTag, tiff.u32(at: entry + 4) == 1 else { continue }
            let value = type == short ? tiff.u16(at: entry + 8) : type == long ? tiff.u32(at: entry + 8) : nil
            guard let value, (1...8).contains(value) else { return nil }
            return value
        }
        return nil
    }
}
