// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import Testing

/// What files are called that are not read.
@Suite("File kinds")
struct FileKindTests {
    /// A file of the ISO base media format with its brands.
    static func media(_ main: String, _ others: String...) -> [UInt8] {
        let body = Array("ftyp".utf8) + Array(main.utf8) + [0, 0, 0, 0] + others.flatMap(\.utf8)
        return [0, 0, 0, UInt8(body.count + 4)] + body + [0, 0, 0, 8] + Array("mdat".utf8)
    }

    /// A little-endian TIFF file: tags with a single integer, and text of more than four bytes.
    static func tiff(_ integers: [UInt16] = [], make: String? = nil, magic: [UInt8] = []) -> [UInt8] {
        func u16(_ value: Int) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8)] }
        func u32(_ value: Int) -> [UInt8] { u16(value) + [0, 0] }
        let start = 8 + magic.count
        let count = integers.count + (make == nil ? 0 : 1)
        var file = Array("II".utf8) + u16(42) + u32(start) + magic + u16(count)
        if let make {
            file += u16(0x010F) + u16(2) + u32(make.utf8.count + 1) + u32(start + 2 + 12 * count + 4)
        }
        for tag in integers { file += u16(Int(tag)) + u16(4) + u32(1) + u32(16) }
        return file + u32(0) + Array((make ?? "").utf8) + [0]
    }

    static let kinds: [([UInt8], String)] = [
        ([], "The file is empty."),
        (Array("GIF8".utf8), "This is a GIF file."),
        (Array("BM6\0\0\0".utf8), "This is a BMP file."),
        (Array("%PDF-1.7".utf8), "This is a PDF file."),
        (media("isom"), "This is an MP4 or QuickTime file."),
        (media("isom", "iso2", "avc1", "mp41"), "This is an MP4 or QuickTime file."),
        (media("qt  "), "This is a QuickTime video."),
        (media("crx ", "crx ", "isom"), "This is a Canon CR3 raw photograph."),
        (tiff(magic: Array("CR\u{2}\0".utf8)), "This is a Canon CR2 raw photograph."),
        (tiff([0x014A], make: "NIKON CORPORATION"), "This is a Nikon NEF raw photograph."),
        (tiff([0x014A], make: "SONY"), "This is a Sony ARW raw photograph."),
        (tiff([0x014A, 0xC612], make: "SONY"), "This is a DNG raw photograph."),
        (Array("RIFF1234AVI LIST".utf8), "This is an AVI video."),
        (Array("  <!DOCTYPE html><p>404".utf8), "This is an HTML page."),
        ([0xEF, 0xBB, 0xBF] + Array("<!doctype HTML><p>404".utf8), "This is an HTML page."),
        ([0xFF, 0xFE] + "<html>".utf8.flatMap { [$0, 0] }, "This is an HTML page."),
        (Array("<?xml version='1.0'?>\n<svg/>".utf8), "This is an SVG file."),
        (Array("Dear diary,\n今天 …\n".utf8), "This is a text file."),
        (Array(repeating: 0, count: 600), "This is not a known picture format."),
        ([0xFF], "This is not a known picture format."),
        ([0xFF, 0xFE], "This is not a known picture format."),
    ]

    @Test(arguments: kinds)
    func othersAreNamed(bytes: [UInt8], found: String) {
        let error = #expect(throws: ImageError.self) { try ImageDecoder.decode(bytes) }
        let names = ImageFormat.readable.map(\.name).joined(separator: ", ")
        #expect(error?.code == .notAnImage)
        #expect(error?.message == "\(found) Expected a picture of one of these kinds: \(names).")
        #expect(error.map(String.init(describing:)) == error?.message)
        let inspection = #expect(throws: ImageError.self) { try ImageDecoder.inspect(bytes) }
        #expect(inspection?.message == error?.message)
    }

    static let formats: [([UInt8], ImageFormat)] = [
        (Array("GIF87a".utf8), .gif), (Array("GIF89a".utf8), .gif),
        (Array("BM".utf8) + [UInt8](repeating: 0, count: 12) + [40, 0, 0, 0], .bmp),
        ([0x49, 0x49, 0x2A, 0, 8, 0, 0, 0], .tiff), ([0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8], .tiff),
        ([0x49, 0x49, 0x2B, 0, 8, 0, 0, 0], .tiff), (tiff(make: "NIKON CORPORATION"), .tiff),
        (media("heic"), .heic), (media("mif1", "mif1", "heic"), .heic), (media("mif1", "miaf"), .heic),
        (media("msf1", "hevc"), .heic), (media("avif"), .avif), (media("avis", "avif"), .avif),
        (media("mif1", "mif1", "avif", "miaf"), .avif),
    ]

    @Test(arguments: formats)
    func formatsAreToldByTheirFirstBytes(bytes: [UInt8], format: ImageFormat) {
        #expect(ImageFormat.detect(bytes) == format)
        #expect(FileKind.describe(bytes) == "\(format == .avif ? "an" : "a") \(format.name) file")
        #expect(!FileKind.isVideo(bytes))
    }

    @Test
    func namesGoIntoSentences() throws {
        #expect(FileKind.describe(Self.media("mif1", "avif")) == "an AVIF file")
        #expect(FileKind.describe(try Fixtures.bytes("gray.jpg")) == "a JPEG file")
        #expect(FileKind.describe([]) == nil)
    }

    @Test
    func aCharacterCutBySamplingIsStillText() throws {
        let text = String(repeating: "a", count: 511) + String(repeating: "é", count: 20)
        #expect(FileKind.describe(Array(text.utf8)) == "a text file")
    }

    @Test
    func everyPrefixOfEveryKindIsSafe() {
        for (file, _) in Self.kinds {
            for length in 0...file.count { _ = FileKind.describe(Array(file.prefix(length))) }
        }
    }
}
