// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseMedia
import Testing

@Suite("Display matrices")
struct RotationTests {
    /// The matrix's a, b, c, d, the EXIF number that means the same, and the filters that do it.
    static let matrices: [([Int32], Int, String)] = [
        ([1, 0, 0, 1], 1, "null"), ([-1, 0, 0, 1], 2, "hflip"), ([-1, 0, 0, -1], 3, "hflip,vflip"),
        ([1, 0, 0, -1], 4, "vflip"), ([0, 1, 1, 0], 5, "transpose=cclock_flip"),
        ([0, 1, -1, 0], 6, "transpose=clock"),
        ([0, -1, -1, 0], 7, "transpose=clock_flip"), ([0, -1, 1, 0], 8, "transpose=cclock"),
    ]

    @Test(arguments: matrices)
    func areAppliedAndReported(matrix: [Int32], orientation: Int, filters: String) throws {
        let clips = try Clips()
        let plain = try clips.pattern("a.mp4", "-c:v", "libx264")
        // The matrix of the track's header: nine numbers, 16.16 but for the last column.
        var bytes = try Data(contentsOf: URL(filePath: plain))
        let track = try #require(bytes.range(of: Data("tkhd".utf8)))
        let numbers = [
            matrix[0] << 16, matrix[1] << 16, 0, matrix[2] << 16, matrix[3] << 16, 0, 0, 0, 1 << 30,
        ]
        for (index, number) in numbers.enumerated() {
            let start = track.upperBound + 40 + 4 * index
            withUnsafeBytes(of: Int32(number).bigEndian) {
                bytes.replaceSubrange(start..<(start + 4), with: $0)
            }
        }
        let turned = clips.path("turned.mp4")
        try bytes.write(to: URL(filePath: turned))
        let frames = try ReadFrames(turned)
        #expect(frames.info.orientation == orientation)
        let size = orientation >= 5 ? (48, 64) : (64, 48)
        #expect((frames.info.width, frames.info.height) == size)
        #expect(try frames.pixels == Tool.pixels(plain, "yuv420p", "-vf", filters))
    }

    @Test func aPhoneFilmOfWidePixelsIsUprightAndSquare() throws {
        let clips = try Clips()
        let plain = try clips.pattern("a.mp4", size: "48x48", "-vf", "setsar=4/3", "-c:v", "libx264")
        let turned = try clips.make("b.mp4", "-i", plain, "-c", "copy", "-metadata:s:v", "rotate=90")
        let frames = try ReadFrames(turned)
        #expect((frames.info.width, frames.info.height) == (48, 64))
        #expect(frames.pixels.count == 15 * 48 * 64 * 3 / 2)
    }
}
