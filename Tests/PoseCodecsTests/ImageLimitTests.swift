// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import Testing

@Suite("Image limits")
struct ImageLimitTests {
    private func refusal(_ bytes: [UInt8], _ limit: Int) -> ImageError? {
        #expect(throws: ImageError.self) {
            try ImageDecoder.decode(bytes, limits: ImageLimits(maxPixelCount: limit))
        }
    }

    @Test(arguments: ["baseline-420.jpg", "rgb-8.png", "lossy.webp"])
    func theLimitIsInclusive(name: String) throws {
        let bytes = try Fixtures.bytes(name)
        _ = try ImageDecoder.decode(bytes, limits: ImageLimits(maxPixelCount: 17 * 14))
        let error = refusal(bytes, 17 * 14 - 1)
        #expect(error?.code == .tooLarge)
        #expect(
            error?.message
                == "The picture is 17 × 14, 238 pixels; the limit is 237 pixels. Scale it down first."
        )
    }

    @Test
    func theHeaderAloneDecides() throws {
        // Nothing but a header that promises 65,000 × 65,000 pixels: 16.9 GB.
        var jpeg = try Fixtures.bytes("baseline-420.jpg")
        let frame = try #require(jpeg.indices.first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 })
        jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0xFD, 0xE8, 0xFD, 0xE8])
        let error = refusal(jpeg, ImageLimits().maxPixelCount)
        #expect(error?.code == .tooLarge)
        #expect(
            error?.message == "The picture is 65000 × 65000, 4225 megapixels; the limit is 64 megapixels."
                + " Scale it down first."
        )
        #expect(try ImageDecoder.inspect(jpeg).pixelCount == 65_000 * 65_000)
        let png = PNGBuilder.header(width: 60_000, height: 60_000)
        #expect(refusal(png, 64_000_000)?.code == .tooLarge)
    }

    /// The "50 megapixels" of phones, and no more than fits below 64 million.
    @Test(arguments: [(8192, 6144, true), (8160, 6144, true), (8064, 6048, true), (8001, 8000, false)])
    func photosOfPhonesPassTheDefaultLimit(width: UInt32, height: UInt32, passes: Bool) {
        // The pixels are missing, which is only found out behind the limit.
        let png = PNGBuilder.header(width: width, height: height)
        #expect(refusal(png, ImageLimits().maxPixelCount)?.code == (passes ? .undecodable : .tooLarge))
    }

    @Test
    func aPictureThatNoMemoryHoldsIsATypedError() {
        let side: UInt32 = 67_108_863
        let png = PNGBuilder.header(width: side, height: side)
        let error = refusal(png, .max)
        #expect(error?.code == .outOfMemory)
        #expect(error?.message.contains("memory") == true)
        // Beyond the sides that pictures can have.
        let longer = PNGBuilder.header(width: 0x7FFF_FFFF, height: 0x7FFF_FFFF)
        #expect(refusal(longer, .max)?.code == .tooLarge)
    }

    @Test
    func aPictureJustOverNeverReadsLikeTheLimit() {
        let png = PNGBuilder.header(width: 50_000_001, height: 1)
        #expect(refusal(png, 50_000_000)?.message.contains("50.1 megapixels; the limit is 50 mega") == true)
    }
}
