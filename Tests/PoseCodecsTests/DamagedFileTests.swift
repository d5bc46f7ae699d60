// SPDX-License-Identifier: Apache-2.0

import PoseTestSupport
import PoseCodecs
import PoseImaging
import Testing

@Suite("Damaged files")
struct DamagedFileTests {
    /// The file at every length: an error, or the whole picture when only bytes behind the pixels are gone.
    @Test(arguments: Fixtures.pictures + ["animated.webp"])
    func cutAnywhere(name: String) throws {
        let whole = try Fixtures.bytes(name)
        let pixels = try? ImageDecoder.decode(whole).image.rgb
        for length in 0..<whole.count {
            do {
                let image = try ImageDecoder.decode(Array(whole.prefix(length))).image
                #expect(image.rgb == pixels, "\(length) of \(whole.count) bytes")
            } catch {
                #expect(error.code == .undecodable || error.code == .notAnImage && length < 12)
                #expect(!error.message.isEmpty)
            }
        }
    }

    @Test(arguments: Fixtures.pictures + ["animated.webp"])
    func bytesFlippedAnywhere(name: String) throws {
        let whole = try Fixtures.bytes(name)
        var generator = SeededGenerator(seed: 0x5EED)
        let limits = ImageLimits(maxPixelCount: 1_000_000)
        for _ in 0..<400 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[.random(in: bytes.indices, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            // A picture or a typed error; the sanitizers and guard pages speak for the rest.
            if let image = try? ImageDecoder.decode(bytes, limits: limits).image {
                #expect(image.width * image.height <= limits.maxPixelCount)
            }
        }
    }

    @Test
    func aScanCutShortIsAnError() throws {
        for name in ["baseline-420.jpg", "progressive-420.jpg", "restart-420.jpg", "gray.jpg"] {
            let whole = try Fixtures.bytes(name)
            let error = #expect(throws: ImageError.self) { try ImageDecoder.decode(whole.dropLast(20)) }
            #expect(error?.code == .undecodable)
            #expect(error?.message.contains("JPEG") == true)
            let closed = Array(whole.dropLast(20)) + [0xFF, 0xD9]
            #expect(throws: ImageError.self) { try ImageDecoder.decode(closed) }
        }
    }

    @Test
    func aMissingEndMarkerIsForgivenWhereNothingElseCanBeMissing() throws {
        let baseline = try Fixtures.bytes("baseline-420.jpg")
        let open = try ImageDecoder.decode(baseline.dropLast(2))
        #expect(open.image.rgb == (try ImageDecoder.decode(baseline).image.rgb))
        let progressive = try Fixtures.bytes("progressive-420.jpg")
        #expect(throws: ImageError.self) { try ImageDecoder.decode(progressive.dropLast(2)) }
    }

    @Test
    func bytesBehindTheEndAreIgnored() throws {
        for name in ["baseline-420.jpg", "progressive-420.jpg", "rgb-8.png", "lossy.webp"] {
            let whole = try Fixtures.bytes(name)
            let longer = try ImageDecoder.decode(whole + [1, 2, 3, 4, 5])
            #expect(longer.image.rgb == (try ImageDecoder.decode(whole).image.rgb), "\(name)")
        }
    }

    @Test
    func paddingBeforeTheEndMarkerIsIgnored() throws {
        let whole = try Fixtures.bytes("baseline-420.jpg")
        let padded = Array(whole.dropLast(2)) + [UInt8](repeating: 0, count: 40) + [0xFF, 0xD9]
        #expect(try ImageDecoder.decode(padded).image.rgb == ImageDecoder.decode(whole).image.rgb)
    }
}

extension ImageDecoder {
    fileprivate static func decode(_ bytes: ArraySlice<UInt8>) throws(ImageError) -> DecodedImage {
        try decode(Array(bytes))
    }
}
