// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseTestSupport
import Testing

/// PNG files with an animation, of which the picture is read that every reader shows.
@Suite("Animated PNG")
struct AnimatedPNGTests {
    /// A file with chunks before and behind the one with its pixels.
    private static func file(before: [UInt8], behind: [UInt8] = []) -> [UInt8] {
        let plain = PNGBuilder.gray(width: 5, height: 4)
        let header = PNGBuilder.signature.count + 25
        return plain[..<header] + before + plain[header..<(plain.count - 12)] + behind + plain.suffix(12)
    }

    private static func control(frames: UInt32) -> [UInt8] {
        PNGBuilder.chunk("acTL", PNGBuilder.bigEndian(frames) + PNGBuilder.bigEndian(0))
    }

    private static let frame = PNGBuilder.chunk("fcTL", [UInt8](repeating: 0, count: 26))

    @Test
    func furtherFramesAreSaid() throws {
        let behind = Self.frame + PNGBuilder.chunk("fdAT", [0, 0, 0, 1, 2, 3])
        // The picture is the first of two frames, or it is none and one frame follows.
        for before in [Self.control(frames: 2) + Self.frame, Self.control(frames: 1)] {
            let file = Self.file(before: before, behind: behind)
            #expect(try ImageDecoder.inspect(file).isAnimated)
            let decoded = try ImageDecoder.decode(file)
            #expect(decoded.warnings == ["The PNG file is animated; its first picture was read."])
            #expect(decoded.image.rgb == (try ImageDecoder.decode(Self.file(before: [])).image.rgb))
        }
    }

    @Test
    func nothingIsSaidWhereNoFrameIsLeftOut() throws {
        var broken = Self.control(frames: 2)
        broken[11] ^= 1
        for before in [[], Self.control(frames: 1) + Self.frame, Self.control(frames: 0), broken] {
            let file = Self.file(before: before)
            #expect(try !ImageDecoder.inspect(file).isAnimated)
            #expect(try ImageDecoder.decode(file).warnings.isEmpty)
        }
    }
}
