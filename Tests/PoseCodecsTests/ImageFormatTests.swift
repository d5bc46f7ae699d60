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
        // Of formats that are written: a picture that came in another one gets an ending of its own.
        for name in ["", ".", "gif", "heic", "jpgx", "..jpg"] {
            #expect(ImageFormat(fileExtension: name) == nil)
        }
    }

    @Test
    func paths() {
        for path in ["a.jpg", "a.b.JPEG", "/x.png/y.jpe", ".jfif"] {
            #expect(ImageFormat(path: path) == .jpeg)
        }
        #expect(ImageFormat(path: "dir/photo.PNG") == .png)
        #expect(ImageFormat(path: "photo.webp") == .webp)
        for path in ["", "jpg", "photo.", "photo.jpg/", "a.jpg/photo", "photo.gif"] {
            #expect(ImageFormat(path: path) == nil, "\(path)")
        }
    }

    @Test
    func everyFormatSaysWhatItIs() {
        #expect(ImageFormat.allCases == [.jpeg, .png, .webp])
        #expect(ImageFormat.allCases.map(\.name) == ["JPEG", "PNG", "WebP"])
        #expect(ImageFormat.allCases.map(\.description) == ["jpeg", "png", "webp"])
        #expect(ImageFormat.allCases.map(\.mediaType) == ["image/jpeg", "image/png", "image/webp"])
        for format in ImageFormat.allCases {
            for ending in format.fileExtensions { #expect(ImageFormat(fileExtension: ending) == format) }
        }
    }

    @Test
    func formatsThatAreOnlyReadSayWhatTheyAre() {
        let formats = ImageFormat.readOnly
        #expect(formats.map(\.name) == ["HEIC", "AVIF", "TIFF", "GIF", "BMP"])
        #expect(formats.map(\.mediaType) == formats.map { "image/\($0)" })
        #expect(formats.map(\.outputFormat) == [.jpeg, .jpeg, .png, .png, .png])
        #expect(ImageFormat.allCases.allSatisfy { $0.isWritable && $0.outputFormat == $0 && $0.isReadable })
        #expect(formats.allSatisfy { !$0.isWritable })
    }

    /// Set-up installs their libraries; programs that were built without them leave them out.
    @Test
    func allOfThemAreReadHere() {
        #expect(ImageFormat.readable == ImageFormat.allCases + ImageFormat.readOnly)
        #expect(Set(ImageFormat.libraries).count == 7)
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
}
