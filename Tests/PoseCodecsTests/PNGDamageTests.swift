// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

/// PNG has checksums: no change of a pixel passes unnoticed.
@Suite("Damaged PNG files")
struct PNGDamageTests {
    private static let pngs = Fixtures.pictures.filter { $0.hasSuffix(".png") }

    private func refusal(_ file: [UInt8]) -> ImageError? {
        #expect(throws: ImageError.self) { try ImageDecoder.decode(file) }
    }

    @Test(arguments: pngs)
    func everyFlippedBitIsAnErrorOrCostsNoPixel(name: String) throws {
        var file = try Fixtures.bytes(name)
        let pixels = try ImageDecoder.decode(file).image.rgb
        for offset in file.indices {
            for bit in 0..<8 {
                file[offset] ^= 1 << bit
                if let decoded = try? ImageDecoder.decode(file, limits: ImageLimits(maxPixelCount: 100_000)) {
                    #expect(decoded.image.rgb == pixels, "byte \(offset), bit \(bit)")
                }
                file[offset] ^= 1 << bit
            }
        }
    }

    /// The stream went on behind the last row, so that neither its checksum nor that of its chunk was looked at.
    @Test
    func aStreamThatInflatesToMoreThanThePictureIsChecked() throws {
        let rows: [UInt8] = [0, 1, 2, 0, 3, 4]
        let header = PNGBuilder.header(width: 2, height: 2, colorType: 0)
        let end = PNGBuilder.chunk("IEND", [])
        let longer = PNGBuilder.stored(rows + [0, 5, 6])
        let file = header + PNGBuilder.chunk("IDAT", longer) + end
        let decoded = try ImageDecoder.decode(file)
        #expect(decoded.image.rgb == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4])
        #expect(decoded.warnings.first?.contains("more pixel data") == true && !decoded.isDamaged)

        // The chunk's checksum.
        var flipped = file
        flipped[header.count + 8 + longer.count] ^= 1
        #expect(refusal(flipped)?.message.contains("checksum") == true)
        // The stream's own, in a chunk whose checksum is right.
        var stream = longer
        stream[stream.count - 1] ^= 1
        #expect(
            refusal(header + PNGBuilder.chunk("IDAT", stream) + end)?.message.contains("data check") == true
        )
    }

    @Test
    func theChecksumOfEveryPixelChunkIsLookedAt() throws {
        let stream = PNGBuilder.stored([UInt8](repeating: 0, count: 11 * 10))
        let parts = stride(from: 0, to: stream.count, by: 30).map {
            Array(stream[$0..<min($0 + 30, stream.count)])
        }
        let chunks = parts.map { PNGBuilder.chunk("IDAT", $0) } + [PNGBuilder.chunk("IDAT", [])]
        let header = PNGBuilder.header(width: 10, height: 10, colorType: 0)
        let end = PNGBuilder.chunk("IEND", [])
        #expect(try ImageDecoder.decode(header + chunks.joined() + end).warnings.isEmpty)
        for i in chunks.indices {
            var broken = chunks
            broken[i][broken[i].count - 1] ^= 0x10
            #expect(refusal(header + broken.joined() + end)?.message.contains("checksum") == true, "\(i)")
        }
    }

    @Test
    func theChecksumOfHeaderAndPaletteIsLookedAt() throws {
        let file = try Fixtures.bytes("palette-4.png")
        var header = file
        header[29] ^= 1
        #expect(refusal(header)?.message.contains("checksum") == true)
        let palette = try #require(file.firstRange(of: Array("PLTE".utf8)))
        var broken = file
        broken[palette.upperBound + 16 * 3] ^= 1
        #expect(refusal(broken)?.message.contains("checksum") == true)
        #expect(try ImageDecoder.decode(broken, allowsDamaged: true).isDamaged)
    }

    @Test
    func aFileWithoutItsEndIsWholeAndToldOf() throws {
        for name in ["rgb-8.png", "interlaced-rgba-16.png"] {
            let file = try Fixtures.bytes(name)
            let decoded = try ImageDecoder.decode(Array(file.dropLast(12)))
            #expect(decoded.image.rgb == (try ImageDecoder.decode(file).image.rgb))
            #expect(decoded.warnings.count == 1 && !decoded.isDamaged)
        }
    }

    @Test
    func whatIsLeftOfACutFileIsDecodedWhereThatIsAllowed() throws {
        let image = ImageBuffer.noise(width: 64, height: 64, seed: 11)
        let file = try ImageEncoder.encode(image, as: .png)
        let cut = Array(file.prefix(file.count / 2))
        #expect(refusal(cut)?.message.contains("the file ends") == true)
        let decoded = try ImageDecoder.decode(cut, allowsDamaged: true)
        #expect(decoded.isDamaged && decoded.warnings.first?.contains("found at row") == true)
        #expect(decoded.image.rgb.prefix(64 * 3 * 20).elementsEqual(image.rgb.prefix(64 * 3 * 20)))
        #expect(decoded.image[63, 63] == (0, 0, 0))
    }

    @Test
    func damageInsideIsShownAsFarAsItGoes() throws {
        var file = PNGBuilder.gray(width: 20, height: 20)
        let pixels = try ImageDecoder.decode(file).image.rgb
        file[300] ^= 0x40
        #expect(refusal(file)?.code == .undecodable)
        let decoded = try ImageDecoder.decode(file, allowsDamaged: true)
        #expect(zip(decoded.image.rgb, pixels).filter { $0 != $1 }.count <= 3)
    }

    @Test
    func chunksInTheWrongPlaceAreRefused() throws {
        let stream = PNGBuilder.chunk("IDAT", PNGBuilder.stored([0, 0, 0, 0]))
        let header = PNGBuilder.header(width: 1, height: 1)
        let end = PNGBuilder.chunk("IEND", [])
        #expect(refusal(PNGBuilder.signature + stream + end)?.code == .undecodable)
        #expect(refusal(header + end)?.code == .undecodable)
        #expect(refusal(header + PNGBuilder.chunk("NEWX", []) + stream + end)?.code == .undecodable)
        #expect(
            try ImageDecoder.decode(header + PNGBuilder.chunk("neWx", []) + stream + end).warnings.isEmpty
        )
        let palette = PNGBuilder.header(width: 1, height: 1, colorType: 3)
        #expect(refusal(palette + stream + end)?.message.contains("palette") == true)
    }

    @Test
    func headersThatTheStandardForbidsAreRefused() {
        let rest = PNGBuilder.chunk("IDAT", PNGBuilder.stored([0, 0])) + PNGBuilder.chunk("IEND", [])
        for (depth, colorType) in [(3, 0), (16, 3), (4, 2), (8, 1), (8, 5), (8, 7), (0, 0), (32, 0)]
            as [(UInt8, UInt8)]
        {
            let header = PNGBuilder.header(width: 1, height: 1, depth: depth, colorType: colorType)
            #expect(refusal(header + rest)?.code == .undecodable, "\(depth) bits, type \(colorType)")
        }
        for (width, height) in [(0, 1), (1, 0), (0x8000_0000, 1), (1, 0xFFFF_FFFF)] as [(UInt32, UInt32)] {
            #expect(refusal(PNGBuilder.header(width: width, height: height) + rest)?.code == .undecodable)
        }
    }

    @Test
    func paletteIndicesWithoutAnEntryAreBlack() throws {
        let header = PNGBuilder.header(width: 2, height: 1, colorType: 3)
        let palette = PNGBuilder.chunk("PLTE", [9, 8, 7])
        let file = header + palette + PNGBuilder.chunk("IDAT", PNGBuilder.stored([0, 0, 200]))
        #expect(try ImageDecoder.decode(file + PNGBuilder.chunk("IEND", [])).image.rgb == [9, 8, 7, 0, 0, 0])
    }
}
