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

    /// A file of one gray value, with any sampling, whose blocks hold nothing; what is put into it keeps its kind.
    ///
    /// - Parameters:
    ///   - width: columns.
    ///   - height: rows.
    ///   - luma: blocks of the first component in an MCU, across and down; nil for a gray file.
    ///   - isProgressive: whether the frame is progressive.
    ///   - restart: MCUs between two restart markers; 0 for none.
    /// - Returns: a whole file.
    static func blank(
        width: Int,
        height: Int,
        luma: (Int, Int)?,
        isProgressive: Bool = false,
        restart: Int = 0
    ) -> [UInt8] {
        let (across, down) = luma ?? (1, 1)
        let components: [UInt8] = luma == nil ? [1] : [1, 2, 3]
        let mcus = ((width + 8 * across - 1) / (8 * across)) * ((height + 8 * down - 1) / (8 * down))
        // A code of one bit stands for no difference, and one for the end of the block.
        let bitsPerMCU = (across * down + components.count - 1) * (isProgressive ? 1 : 2)
        let oneCode: [UInt8] = [1] + [UInt8](repeating: 0, count: 15)
        var file: [UInt8] = [0xFF, 0xD8] + segment(0xDB, [0] + [UInt8](repeating: 4, count: 64))
        let parts = components.flatMap { [$0, $0 == 1 ? UInt8(across << 4 | down) : 0x11, 0] }
        file += segment(
            isProgressive ? 0xC2 : 0xC0,
            [8] + u16(height) + u16(width) + [UInt8(components.count)] + parts
        )
        file += segment(0xC4, [0x00] + oneCode + [0]) + segment(0xC4, [0x10] + oneCode + [0])
        if restart > 0 { file += segment(0xDD, u16(restart)) }
        let last: UInt8 = isProgressive ? 0 : 63
        file += segment(0xDA, [UInt8(components.count)] + components.flatMap { [$0, 0] } + [0, last, 0])
        let interval = restart > 0 ? restart : mcus
        for (number, start) in stride(from: 0, to: mcus, by: interval).enumerated() {
            if number > 0 { file += [0xFF, 0xD0 + UInt8((number - 1) % 8)] }
            file += pack([UInt8](repeating: 0, count: min(interval, mcus - start) * bitsPerMCU))
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
