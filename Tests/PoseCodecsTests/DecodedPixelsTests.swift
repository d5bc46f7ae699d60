// SPDX-License-Identifier: Apache-2.0

import PoseTestSupport
import PoseCodecs
import PoseImaging
import Testing

/// Pixels are compared with those of OpenCV 4.11's `imread`.
@Suite("Decoded pixels")
struct DecodedPixelsTests {
    @Test(arguments: Fixtures.lines("pictures.txt"))
    func equalThoseOfImread(line: [String]) throws {
        let decoded = try ImageDecoder.decode(Fixtures.bytes(line[0]))
        #expect(decoded.image.width == Int(line[1]))
        #expect(decoded.image.height == Int(line[2]))
        #expect(decoded.orientation == 1)
        #expect(decoded.format == ImageFormat(fileExtension: String(line[0].split(separator: ".")[1])))
        let bgr = decoded.image.withUnsafeBytes { bytes in
            bytes.indices.filter { $0 % 4 != 3 }.map { bytes[$0] }
        }
        #expect(bgr.fnv1a == line[3])
    }

    @Test
    func everyKindIsThere() {
        #expect(Fixtures.pictures.count == 39)
    }

    @Test
    func theUnusedByteIsOpaque() throws {
        for name in Fixtures.pictures {
            let image = try ImageDecoder.decode(Fixtures.bytes(name)).image
            let unused = image.withUnsafeBytes { bytes in
                stride(from: 3, to: bytes.count, by: 4).map { bytes[$0] }
            }
            #expect(unused.allSatisfy { $0 == 255 }, "\(name)")
        }
    }

    @Test
    func animatedWebPIsRefusedInWords() throws {
        let error = #expect(throws: ImageError.self) {
            try ImageDecoder.decode(Fixtures.bytes("animated.webp"))
        }
        #expect(error?.code == .undecodable)
        #expect(error?.message.contains("animated WebP") == true)
    }
}
