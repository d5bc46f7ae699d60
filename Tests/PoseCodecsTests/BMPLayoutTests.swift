// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

/// Where the pixels of a BMP file begin: behind headers, masks, colours, and whatever else stands there.
@Suite("BMP: what stands before the pixels")
struct BMPLayoutTests {
    typealias Formats = ReadOnlyFormatTests

    /// One file of each header and way to store pixels: `rgba-32.bmp` in 40 is the header of 40 bytes with its masks.
    static let kinds: [(name: String, header: Int?)] =
        ["bits-1", "palette-4", "palette-8", "rle-8", "rgb-24", "rgb-565", "rgba-32", "os2"].map { ($0, nil) }
        + ["bits-1", "palette-4", "palette-8"].map { ($0, 12) } + [("palette-4", 2)]
        + ["rgb-565", "rgba-32"].flatMap { name in [40, 52, 56, 108].map { (name, $0) } }

    private static func u32(_ file: [UInt8], at offset: Int) -> Int {
        file[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private static func set(_ file: inout [UInt8], at offset: Int, to value: Int) {
        for i in 0..<4 { file[offset + i] = UInt8(truncatingIfNeeded: value >> (8 * i)) }
    }

    /// A file whose pixels begin later, behind bytes that are no colours.
    private static func gapped(_ file: [UInt8], by count: Int, of filling: UInt8 = 0xAA) -> [UInt8] {
        var file = file
        let start = u32(file, at: 10)
        file.insert(contentsOf: [UInt8](repeating: filling, count: count), at: start)
        set(&file, at: 10, to: start + count)
        return file
    }

    /// A file of the folder, with another header: 12 bytes for palettes, 40 to 108 for masks; 2 for run-length codes of 4 bits.
    private static func file(_ name: String, header: Int?) throws -> [UInt8] {
        let file = try Formats.bytes(name + ".bmp")
        guard let header else { return file }
        let start = u32(file, at: 10), end = 14 + u32(file, at: 14)
        var result: [UInt8]
        switch header {
        case 2:
            result = Array(file[..<start])
            set(&result, at: 30, to: 2)
            // 17 pixels a row are 9 bytes, in rows of 12.
            for row in stride(from: start, to: file.count, by: 12) {
                result += [0, 17] + file[row..<row + 9] + [0, 0, 0]
            }
            return result + [0, 1]
        case 12:
            let colors = stride(from: end, to: start, by: 4).flatMap { file[$0..<$0 + 3] }
            let missing = 3 << Int(file[28]) - colors.count
            result = file[..<14] + [12, 0, 0, 0, file[18], 0, file[22], 0, 1, 0, file[28], 0] + colors
            result += [UInt8](repeating: 0, count: missing)
        default:
            // The masks stand behind the header of 40 bytes, and within longer ones.
            result = Array(file[..<(14 + max(header, 52))])
            set(&result, at: 14, to: header)
        }
        set(&result, at: 10, to: result.count)
        return result + file[start...]
    }

    private static func expectSame(_ file: [UInt8], as whole: [UInt8], _ comment: Comment? = nil) throws {
        let (one, other) = try (ImageDecoder.decode(file), ImageDecoder.decode(whole))
        #expect(one.image.rgb == other.image.rgb, comment)
        let alphas = [one, other].map { $0.metadata.alpha?.withUnsafeBytes { Array($0) } }
        #expect(alphas[0] == alphas[1], comment)
        #expect(one.warnings.isEmpty, comment)
    }

    @Test(arguments: kinds)
    func bytesBeforeThePixelsAreSkipped(name: String, header: Int?) throws {
        let file = try Self.file(name, header: header)
        // Headers of less than 56 bytes have no mask for opacity.
        let colours = try ImageDecoder.decode(Formats.bytes(name + ".bmp")).image.rgb
        #expect(try ImageDecoder.decode(file).image.rgb == colours)
        for count in [1, 2, 4, 16, 70, 100, 1000] {
            try Self.expectSame(Self.gapped(file, by: count), as: file, "\(count)")
        }
    }

    /// Such files are common: a table of all 256 colours of which the first 40 are said to be used.
    @Test
    func aTableOfMoreColoursThanArePromisedIsSkipped() throws {
        let file = try Formats.bytes("palette-8.bmp")
        #expect(Self.u32(file, at: 46) == 40)
        try Self.expectSame(Self.gapped(file, by: 4 * (256 - 40), of: 0), as: file)
    }

    @Test
    func coloursEndWhereThePixelsBegin() throws {
        let file = try Formats.bytes("palette-8.bmp")
        for promised in [0, 41, 100] {
            var other = file
            Self.set(&other, at: 46, to: promised)
            try Self.expectSame(other, as: file, "\(promised)")
        }
    }

    @Test
    func moreColoursThanPixelsCanNameAreSkipped() throws {
        let file = try Formats.bytes("palette-8.bmp")
        var other = Self.gapped(file, by: 4 * (300 - 40))
        Self.set(&other, at: 46, to: 300)
        try Self.expectSame(other, as: file)
    }

    @Test(arguments: ["palette-8.bmp", "rgb-24.bmp", "rgb-565.bmp", "os2.bmp"])
    func pixelsFollowTheColoursWhereNoPlaceIsTold(name: String) throws {
        let file = try Formats.bytes(name)
        var other = file
        Self.set(&other, at: 10, to: 0)
        try Self.expectSame(other, as: file)
    }

    @Test(
        arguments: [("palette-8", nil), ("rgb-24", nil), ("os2", nil), ("rgb-565", 40)] as [(String, Int?)]
    )
    func pixelsWithinTheHeaderAreRefused(name: String, header: Int?) throws {
        var file = try Self.file(name, header: header)
        let end = header == 40 ? 14 + 40 + 12 : 14 + Self.u32(file, at: 14)
        Self.set(&file, at: 10, to: end - 1)
        for allowsDamaged in [false, true] {
            let error = #expect(throws: ImageError.self) {
                try ImageDecoder.decode(file, allowsDamaged: allowsDamaged)
            }
            #expect(error?.message.contains("its pixels begin within its header") == true)
        }
    }
}
