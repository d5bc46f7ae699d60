// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

@Suite("Damaged files")
struct DamagedFileTests {
    /// The file at every length: an error, or the whole picture when only bytes behind the pixels are gone.
    @Test(arguments: Fixtures.pictures + ["animated.webp"])
    func cutAnywhere(name: String) throws {
        let whole = try Fixtures.bytes(name)
        let pixels = try? ImageDecoder.decode(whole).image.rgb
        for length in 0..<whole.count {
            let cut = Array(whole.prefix(length))
            do {
                let image = try ImageDecoder.decode(cut).image
                #expect(image.rgb == pixels, "\(length) of \(whole.count) bytes")
            } catch {
                #expect(error.code == .undecodable || error.code == .notAnImage && length < 12)
                #expect(!error.message.isEmpty)
            }
            // What is decoded of it anyway has the size of the whole.
            if let rest = try? ImageDecoder.decode(cut, allowsDamaged: true) {
                #expect(rest.image.rgb.count == pixels?.count)
                #expect(!rest.isDamaged || rest.warnings.count == 1)
            }
        }
    }

    /// A picture or a typed error, never a crash.
    ///
    /// PNG's checksums show every change, see `PNGDamageTests`. JPEG and WebP have none: a changed bit may make another
    /// picture that is just as valid, which no decoder can tell, so nothing is claimed of its pixels.
    @Test(arguments: Fixtures.pictures + ["animated.webp"])
    func bytesChangedAnywhere(name: String) throws {
        let whole = try Fixtures.bytes(name)
        var generator = SeededGenerator(seed: 0x5EED)
        let limits = ImageLimits(maxPixelCount: 1_000_000)
        for round in 0..<400 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[.random(in: bytes.indices, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            do {
                let decoded = try ImageDecoder.decode(bytes, limits: limits, allowsDamaged: round % 2 == 1)
                #expect(decoded.image.width * decoded.image.height <= limits.maxPixelCount)
                #expect(!decoded.isDamaged || round % 2 == 1)
            } catch {
                #expect(
                    [.undecodable, .notAnImage, .tooLarge].contains(error.code),
                    "round \(round): \(error)"
                )
            }
        }
    }

    @Test
    func aScanCutShortIsAnError() throws {
        for name in ["baseline-420.jpg", "progressive-420.jpg", "restart-420.jpg", "gray.jpg"] {
            let whole = try Fixtures.bytes(name)
            let cut = Array(whole.dropLast(20))
            let error = #expect(throws: ImageError.self) { try ImageDecoder.decode(cut) }
            #expect(error?.code == .undecodable)
            #expect(error?.message.contains("JPEG") == true)
            #expect(throws: ImageError.self) { try ImageDecoder.decode(cut + [0xFF, 0xD9]) }
        }
    }

    @Test
    func bytesBehindTheEndAreIgnored() throws {
        for name in ["baseline-420.jpg", "progressive-420.jpg", "rgb-8.png", "lossy.webp"] {
            let whole = try Fixtures.bytes(name)
            let longer = try ImageDecoder.decode(whole + [1, 2, 3, 4, 5])
            #expect(longer.image.rgb == (try ImageDecoder.decode(whole).image.rgb), "\(name)")
            #expect(longer.warnings.isEmpty, "\(name)")
        }
    }

    @Test
    func paddingBeforeTheEndMarkerIsIgnored() throws {
        let whole = try Fixtures.bytes("baseline-420.jpg")
        let padded = Array(whole.dropLast(2)) + [UInt8](repeating: 0, count: 40) + [0xFF, 0xD9]
        #expect(try ImageDecoder.decode(padded).image.rgb == ImageDecoder.decode(whole).image.rgb)
    }

    @Test
    func whatIsLeftOfACutWebPIsDecodedWhereThatIsAllowed() throws {
        for transparent in [false, true] {
            let image = ImageBuffer.noise(width: 200, height: 160, seed: 12)
            let alpha = try AlphaPlane([UInt8](repeating: 40, count: 200 * 160), width: 200, height: 160)
            let metadata = ImageMetadata(alpha: transparent ? alpha : nil)
            let file = try ImageEncoder.encode(image, as: .webp, metadata: metadata)
            let whole = try ImageDecoder.decode(file).image
            let cut = Array(file.prefix(file.count / 2))
            #expect(throws: ImageError.self) { try ImageDecoder.decode(cut) }
            let decoded = try ImageDecoder.decode(cut, allowsDamaged: true)
            #expect(decoded.isDamaged && decoded.warnings.first?.contains("from row") == true)
            #expect(decoded.image.rgb.prefix(200 * 3 * 16).elementsEqual(whole.rgb.prefix(200 * 3 * 16)))
            #expect(decoded.image[199, 159] == (0, 0, 0))
        }
    }
}
