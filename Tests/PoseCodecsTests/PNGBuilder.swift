// SPDX-License-Identifier: Apache-2.0

import PoseTestSupport

/// Writes PNG files by hand, faults included.
enum PNGBuilder {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// A file that ends after its header: 8-bit RGB unless told.
    static func header(
        width: UInt32,
        height: UInt32,
        depth: UInt8 = 8,
        colorType: UInt8 = 2,
        interlaced: Bool = false
    ) -> [UInt8] {
        let format = [depth, colorType, 0, 0, interlaced ? 1 : 0]
        return signature + chunk("IHDR", bigEndian(width) + bigEndian(height) + format)
    }

    static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        let named = Array(name.utf8) + body
        return bigEndian(UInt32(body.count)) + named + bigEndian(pngChecksum(named))
    }

    /// A zlib stream of stored blocks.
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        var rest = bytes[...]
        repeat {
            let block = rest.prefix(65_535)
            rest = rest.dropFirst(65_535)
            let length = UInt16(block.count)
            stream += [rest.isEmpty ? 1 : 0] + littleEndian(length) + littleEndian(~length) + block
        } while !rest.isEmpty
        return stream + bigEndian(adler(bytes))
    }

    /// A whole 8-bit gray file of a value, one byte a pixel.
    static func gray(width: Int, height: Int, value: UInt8 = 7) -> [UInt8] {
        let row: [UInt8] = [0] + Array(repeating: value, count: width)
        let rows = Array(repeatElement(row, count: height).joined())
        return header(width: UInt32(width), height: UInt32(height), colorType: 0)
            + chunk("IDAT", stored(rows)) + chunk("IEND", [])
    }

    /// The chunks of a file: name and body.
    static func chunks(of file: [UInt8]) -> [(name: String, body: [UInt8])] {
        var chunks: [(String, [UInt8])] = []
        var offset = 8
        while offset + 12 <= file.count {
            let length = file[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
            let name = String(decoding: file[offset + 4..<offset + 8], as: UTF8.self)
            chunks.append((name, Array(file[offset + 8..<offset + 8 + length])))
            offset += 12 + length
        }
        return chunks
    }

    static func bigEndian(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    }

    private static func littleEndian(_ value: UInt16) -> [UInt8] {
        [UInt8(value & 255), UInt8(value >> 8)]
    }

    private static func adler(_ bytes: [UInt8]) -> UInt32 {
        var (a, b): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            a = (a + UInt32(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return b << 16 | a
    }
}
