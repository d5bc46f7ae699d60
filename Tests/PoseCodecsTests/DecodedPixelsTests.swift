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

    /// The picture is that of `lossy.webp`, with the settings of an animation.
    @Test
    func theFirstFrameOfAnAnimatedWebPIsReadAndSaysSo() throws {
        let decoded = try ImageDecoder.decode(Fixtures.bytes("animated.webp"))
        #expect(decoded.warnings == ["The WebP file is animated; its first picture was read."])
        #expect(!decoded.isDamaged && decoded.metadata.alpha == nil)
        let bgr = decoded.image.withUnsafeBytes { bytes in
            bytes.indices.filter { $0 % 4 != 3 }.map { bytes[$0] }
        }
        // Of Pillow 13.0 and OpenCV 5.0.
        #expect(bgr.fnv1a == "1bd08d356e1d043e")
    }
}
