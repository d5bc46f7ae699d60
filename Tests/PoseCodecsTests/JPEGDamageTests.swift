// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

/// What reached the end of a JPEG picture decides, not libjpeg's first warning.
@Suite("Damaged JPEG files")
struct JPEGDamageTests {
    private func refusal(_ file: [UInt8]) -> ImageError? {
        #expect(throws: ImageError.self) { try ImageDecoder.decode(file) }
    }

    /// A baseline file large enough for a cut to be seen.
    private static func photo(_ seed: UInt64 = 9) throws -> [UInt8] {
        try ImageEncoder.encode(.noise(width: 96, height: 64, seed: seed), as: .jpeg, quality: 80)
    }

    @Test
    func aCutPassesNotForWholeWhenTheFirstWarningIsHarmless() throws {
        let whole = try Self.photo()
        // libjpeg warns of the JFIF revision first, and of the missing data only second.
        var odd = whole
        odd[11] = 9
        #expect(try ImageDecoder.decode(odd).image.rgb == ImageDecoder.decode(whole).image.rgb)
        let cut = Array(odd.prefix(odd.count / 2)) + JPEGBuilder.end
        #expect(refusal(cut)?.message.contains("premature end of data segment") == true)
        let stray = JPEGBuilder.inserting([0x12, 0x34], at: 20, in: Array(whole.prefix(whole.count / 2)))
        #expect(refusal(stray)?.code == .undecodable)
    }

    @Test(arguments: [[0x00], [0xFF, 0x00], [0x12, 0x34, 0x56, 0x78, 0x9A], [0x0D, 0x0A]] as [[UInt8]])
    func strayBytesBetweenHeaderSegmentsDoNotMatter(stray: [UInt8]) throws {
        for name in ["baseline-420.jpg", "progressive-420.jpg", "cmyk-adobe.jpg", "gray.jpg"] {
            let whole = try Fixtures.bytes(name)
            let pixels = try ImageDecoder.decode(whole).image.rgb
            // Behind the first segment, as libjpeg wants one right behind the start marker.
            for start in JPEGBuilder.segments(of: whole).starts.dropFirst() {
                let decoded = try ImageDecoder.decode(JPEGBuilder.inserting(stray, at: start, in: whole))
                #expect(decoded.image.rgb == pixels)
                #expect(decoded.warnings.isEmpty)
            }
        }
    }

    @Test
    func orientationBehindStrayBytesIsFound() throws {
        let plain = try ImageEncoder.encode(.noise(width: 9, height: 5, seed: 5), as: .jpeg)
        let start = JPEGBuilder.segments(of: plain).starts[1]
        let exif = JPEGBuilder.segment(0xE1, Array("Exif\0\0".utf8) + OrientationTests.tiff(6))
        let file = JPEGBuilder.inserting([0, 0, 0] + exif + [0x5A], at: start, in: plain)
        #expect(try ImageDecoder.decode(file).orientation == 6)
    }

    /// They may stand for lost pixels: a decoder that lost its place leaves such bytes over.
    @Test
    func strayBytesBeforeARestartMarkerAreDamage() throws {
        let whole = try Fixtures.bytes("restart-420.jpg")
        let data = JPEGBuilder.segments(of: whole).scanData
        let marker = try #require(
            (data..<whole.count).first { whole[$0] == 0xFF && (0xD0...0xD7).contains(whole[$0 + 1]) }
        )
        let file = JPEGBuilder.inserting([0x35, 0x5A, 0x11, 0x35], at: marker, in: whole)
        #expect(refusal(file)?.message.contains("before marker 0xd0") == true)
        let decoded = try ImageDecoder.decode(file, allowsDamaged: true)
        #expect(decoded.isDamaged && decoded.warnings.count == 1)
        #expect(decoded.image.rgb == (try ImageDecoder.decode(whole).image.rgb))
        // Filling is no sign of a lost place.
        let filled = JPEGBuilder.inserting([0, 0, 0], at: marker, in: whole)
        #expect(try ImageDecoder.decode(filled).image.rgb == ImageDecoder.decode(whole).image.rgb)
    }

    @Test
    func strayBytesBeforeTheEndMarkerAreToldOf() throws {
        let whole = try Self.photo()
        // The decoder reads ahead by up to 8 bytes, which it does not miss.
        let stray = JPEGBuilder.inserting((1...40).map { $0 }, at: whole.count - 2, in: whole)
        let decoded = try ImageDecoder.decode(stray)
        #expect(decoded.image.rgb == (try ImageDecoder.decode(whole).image.rgb))
        #expect(!decoded.isDamaged)
        #expect(decoded.warnings.first?.contains("extraneous bytes before marker 0xd9") == true)
        let filled = JPEGBuilder.inserting([0, 0, 0], at: whole.count - 2, in: whole)
        #expect(try ImageDecoder.decode(filled).warnings.isEmpty)
    }

    @Test
    func aMissingEndMarkerIsForgivenWhereEveryPixelIsThere() throws {
        for name in ["baseline-420.jpg", "progressive-420.jpg", "gray-progressive.jpg", "restart-420.jpg"] {
            let whole = try Fixtures.bytes(name)
            let open = try ImageDecoder.decode(Array(whole.dropLast(2)))
            #expect(open.image.rgb == (try ImageDecoder.decode(whole).image.rgb), "\(name)")
            #expect(open.warnings.isEmpty)
        }
    }

    @Test
    func progressiveFilesWithoutTheirLastScanAreCut() throws {
        let whole = try Fixtures.bytes("progressive-420.jpg")
        let scans = whole.indices.dropLast().filter { whole[$0] == 0xFF && whole[$0 + 1] == 0xDA }
        for scan in scans.dropFirst() {
            #expect(refusal(Array(whole[..<scan]))?.message.contains("the file ends") == true)
            let rest = try ImageDecoder.decode(Array(whole[..<scan]), allowsDamaged: true)
            #expect(rest.isDamaged && rest.image.width == 17)
        }
    }

    @Test
    func aComponentWithoutAScanIsDamage() throws {
        let whole = try Fixtures.bytes("progressive-420.jpg")
        let scans = whole.indices.dropLast().filter { whole[$0] == 0xFF && whole[$0 + 1] == 0xDA }
        // The first scan holds all three components: let it be one of the first only.
        var single = Array(whole[..<scans[0]])
        single +=
            JPEGBuilder.segment(0xDA, [1, 1, 0, 0, 0, 0]) + [UInt8](repeating: 0x55, count: 40)
            + JPEGBuilder.end
        #expect(refusal(single)?.message.contains("component has no scan") == true)
    }

    @Test
    func aTailOfZerosInsteadOfDataIsDamage() throws {
        let whole = try Self.photo()
        let size = JPEGBuilder.segments(of: whole).scanData + 200
        // Zeros are valid codes: the decoder reaches the last row without a word.
        let filled = Array(whole.prefix(size)) + [UInt8](repeating: 0, count: 20_000)
        #expect(refusal(filled)?.code == .undecodable)
    }

    @Test
    func whatIsLeftOfACutFileIsDecodedWhereThatIsAllowed() throws {
        let whole = try ImageDecoder.decode(Self.photo()).image
        let file = try Self.photo()
        let cut = Array(file.prefix(file.count * 3 / 4))
        let decoded = try ImageDecoder.decode(cut, allowsDamaged: true)
        #expect(decoded.isDamaged)
        #expect(decoded.warnings.first?.contains("from about row") == true)
        #expect(decoded.image.rgb.prefix(96 * 3 * 24).elementsEqual(whole.rgb.prefix(96 * 3 * 24)))
        #expect(decoded.image.rgb != whole.rgb)
        #expect(try !ImageDecoder.decode(file, allowsDamaged: true).isDamaged)
    }

    @Test
    func scansBehindAFaultAreLeftOut() throws {
        let whole = try Fixtures.bytes("progressive-420.jpg")
        let tables = whole.indices.dropLast().filter { whole[$0] == 0xFF && whole[$0 + 1] == 0xC4 }
        var broken = whole
        // The count of codes of one length: more than there can be.
        broken[try #require(tables.last) + 6] = 255
        #expect(refusal(broken)?.code == .undecodable)
        let decoded = try ImageDecoder.decode(broken, allowsDamaged: true)
        #expect(decoded.isDamaged && decoded.image.height == 14)
    }

    @Test
    func moreScansThanAPictureMayHaveAreRefused() throws {
        let file = JPEGBuilder.manyScans(side: 4000, scans: 120)
        let error = refusal(file)
        #expect(error?.code == .undecodable)
        #expect(error?.message.contains("scans, more work") == true)
        // Small pictures may have as many as they like.
        #expect(try ImageDecoder.decode(JPEGBuilder.manyScans(side: 64, scans: 499)).image[63, 63].red == 128)
    }
}
