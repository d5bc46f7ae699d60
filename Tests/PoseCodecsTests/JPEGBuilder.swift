// SPDX-License-Identifier: Apache-2.0

/// Takes JPEG files apart and writes some by hand.
enum JPEGBuilder {
    static let end: [UInt8] = [0xFF, 0xD9]

    static func segment(_ marker: UInt8, _ body: [UInt8]) -> [UInt8] {
        [0xFF, marker] + u16(body.count + 2) + body
    }

    /// Where each marker segment of the header begins, the first scan's included; and where its data begin.
    static func segments(of file: [UInt8]) -> (starts: [Int], scanData: Int) {
        var starts: [Int] = []
        var offset = 2
        while true {
            starts.append(offset)
            let isScan = file[offset + 1] == 0xDA
            offset += 2 + Int(file[offset + 2]) << 8 + Int(file[offset + 3])
            if isScan { return (starts, offset) }
        }
    }

    /// Bytes put in at an offset.
    static func inserting(_ bytes: [UInt8], at offset: Int, in file: [UInt8]) -> [UInt8] {
        file[..<offset] + bytes + file[offset...]
    }

    /// A gray progressive file of a single value whose scans are nearly empty, yet each visits every block.
    ///
    /// - Parameters:
    ///   - side: pixels of a side.
    ///   - scans: scans beside the first; 882 at most follow the rules of progression.
    /// - Returns: a whole file.
    static func manyScans(side: Int, scans: Int) -> [UInt8] {
        let blocks = ((side + 7) / 8) * ((side + 7) / 8)
        var file: [UInt8] = [0xFF, 0xD8]
        file += segment(0xDB, [0] + [UInt8](repeating: 1, count: 64))
        file += segment(0xC2, [8] + u16(side) + u16(side) + [1, 1, 0x11, 0])
        // One code of one bit each: a DC difference of 0, and an end-of-band run of 2¹⁴ and 14 more bits.
        let oneCode: [UInt8] = [1] + [UInt8](repeating: 0, count: 15)
        file += segment(0xC4, [0x00] + oneCode + [0x00]) + segment(0xC4, [0x10] + oneCode + [0xE0])
        file += segment(0xDA, [1, 1, 0, 0, 0, 0]) + pack([UInt8](repeating: 0, count: blocks))
        var runs: [UInt8] = []
        for start in stride(from: 0, to: blocks, by: 32_767) {
            let run = max(min(blocks - start, 32_767), 16_384) - 16_384
            runs.append(0)
            runs += (0..<14).map { UInt8(run >> (13 - $0) & 1) }
        }
        let band = pack(runs)
        for scan in 0..<scans {
            // All coefficients at one precision after the other, finer each time.
            let (precision, coefficient) = (UInt8(13 - scan / 63), UInt8(1 + scan % 63))
            let before = precision == 13 ? 0 : precision + 1
            file += segment(0xDA, [1, 1, 0, coefficient, coefficient, before << 4 | precision]) + band
        }
        return file + end
    }

    private static func u16(_ value: Int) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 255)] }

    /// Bits to bytes, filled up with ones, with a zero behind each 255.
    private static func pack(_ bits: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: bits.count, by: 8) {
            var byte: UInt8 = 0
            for i in start..<start + 8 { byte = byte << 1 | (i < bits.count ? bits[i] : 1) }
            bytes += byte == 255 ? [255, 0] : [byte]
        }
        return bytes
    }
}
