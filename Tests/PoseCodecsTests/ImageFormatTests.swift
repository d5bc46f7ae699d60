// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import Testing

@Suite("Image formats")
struct ImageFormatTests {
    @Test
    func fileExtensions() {
        for name in ["jpg", "JPG", ".jpeg", "jpe", "JFIF"] {
            #expect(ImageFormat(fileExtension: name) == .jpeg)
        }
        #expect(ImageFormat(fileExtension: "PNG") == .png)
        #expect(ImageFormat(fileExtension: ".WebP") == .webp)
        for name in ["", ".", "gif", "jpgx", "..jpg"] { #expect(ImageFormat(fileExtension: name) == nil) }
    }

    @Test
    func theFirstBytesDecide() throws {
        #expect(ImageFormat.detect(try Fixtures.bytes("gray.jpg")) == .jpeg)
        #expect(ImageFormat.detect(try Fixtures.bytes("gray-1.png")) == .png)
        #expect(ImageFormat.detect(try Fixtures.bytes("lossy.webp")) == .webp)
        #expect(ImageFormat.detect([]) == nil)
        #expect(ImageFormat.detect([0xFF, 0xD8]) == nil)
        #expect(ImageFormat.detect(Array("RIFF1234WAVE".utf8)) == nil)
    }

    @Test(
        arguments: [
            ([], "The file is empty."),
            (Array("GIF89a…".utf8), "This is a GIF file."),
            (Array("BM6\0\0\0".utf8), "This is a BMP file."),
            ([0x49, 0x49, 0x2A, 0, 8, 0, 0, 0], "This is a TIFF file."),
            ([0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8], "This is a TIFF file."),
            (Array("%PDF-1.7".utf8), "This is a PDF file."),
            ([0, 0, 0, 0x18] + Array("ftypheic\0\0\0\0".utf8), "This is a HEIC file."),
            ([0, 0, 0, 0x18] + Array("ftypavif\0\0\0\0".utf8), "This is an AVIF file."),
            ([0, 0, 0, 0x18] + Array("ftypisom\0\0\0\0".utf8), "This is an MP4 or QuickTime file."),
            (Array("RIFF1234AVI LIST".utf8), "This is an AVI video."),
            (Array("  <!DOCTYPE html><p>404".utf8), "This is an HTML page."),
            (Array("<?xml version='1.0'?>\n<svg/>".utf8), "This is an SVG file."),
            (Array("Dear diary,\n今天 …\n".utf8), "This is a text file."),
            (Array(repeating: 0, count: 600), "This is not a known picture format."),
            ([0xFF], "This is not a known picture format."),
        ] as [([UInt8], String)]
    )
    func othersAreNamed(bytes: [UInt8], found: String) {
        let error = #expect(throws: ImageError.self) { try ImageDecoder.decode(bytes) }
        #expect(error?.code == .notAnImage)
        #expect(error?.message == "\(found) Expected a JPEG, PNG or WebP picture.")
        #expect(error.map(String.init(describing:)) == error?.message)
    }

    @Test
    func aCharacterCutBySamplingIsStillText() {
        let text = String(repeating: "a", count: 511) + String(repeating: "é", count: 20)
        let error = #expect(throws: ImageError.self) { try ImageDecoder.decode(Array(text.utf8)) }
        #expect(error?.message.hasPrefix("This is a text file.") == true)
    }
}
