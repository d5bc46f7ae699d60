// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseCodecs
import PoseImaging
import PoseServer
import PoseTestSupport
import Testing

/// Sideways photos: the figure and the picture under it are turned alike, whatever the browser makes of the file.
extension PhotoPageTests {
    @Test(arguments: Rotated.Kind.allCases)
    func turnsAPictureUprightAsTheServerDoes(kind: Rotated.Kind) async throws {
        let upright = try Media.picture("bus.jpg")
        let turned = try Rotated.file(upright, kind)
        try await LiveServer.with { server in
            try await Browser.with { browser in
                let file = browser.downloads.appending(path: "turned.\(kind.rawValue)")
                try Data(turned).write(to: file)
                try await browser.open(server.address)
                try await browser.choose(file)
                try await browser.waitForPhase("done")
                try await browser.wait(
                    "the picture to be turned",
                    until: "document.querySelector('#photo').style.transform !== ''"
                )
                // On the screen the turned picture covers its frame.
                let isCovering = try await browser.script(
                    """
                    const [photo, frame] = ["#photo", "#frame"].map(
                      (name) => document.querySelector(name).getBoundingClientRect());
                    return ["left", "top", "width", "height"].every((k) => Math.abs(photo[k] - frame[k]) < 1);
                    """,
                    as: Bool.self
                )
                #expect(isCovering)
                try await browser.screenshot("turned-\(kind.rawValue)")
                // The saved one is painted with the same matrix, so its pixels tell.
                try await browser.click("#save-picture")
                let data = try await browser.downloaded(endingIn: "turned-pose.jpg")
                let saved = try ImageDecoder.decode([UInt8](data)).image
                #expect((saved.width, saved.height) == (upright.width, upright.height))
                var difference = 0
                for y in stride(from: 5, to: 200, by: 10) {
                    for x in stride(from: 5, to: upright.width, by: 10) {
                        let (one, other) = (saved[x, y], upright[x, y])
                        difference += abs(Int(one.green) - Int(other.green))
                    }
                }
                #expect(difference / (20 * (upright.width / 10)) < 12)
            }
        }
    }
}

/// Files whose pixels lie on their side, with the orientation that makes them upright.
enum Rotated {
    /// Where the orientation stands.
    enum Kind: String, CaseIterable, Sendable {
        /// In front of the pixels, where every browser looks.
        case jpg
        /// In a chunk that browsers ignore.
        case webp
        /// Behind the pixels, where browsers do not look.
        case png
    }

    /// Orientation 6 as a little-endian TIFF structure: tag 0x0112, one SHORT.
    private static let tiff: [UInt8] =
        [0x49, 0x49, 42, 0, 8, 0, 0, 0] + [1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0]

    /// A file that is upright once a quarter turn clockwise is applied.
    static func file(_ upright: ImageBuffer, _ kind: Kind) throws -> [UInt8] {
        let stored = try upright.applyingOrientation(8)
        switch kind {
        case .jpg:
            return tagged(try ImageEncoder.encode(stored, as: .jpeg))
        case .webp:
            let file = try ImageEncoder.encode(stored, as: .webp)
            let size = [0x08, 0, 0, 0] + little(stored.width - 1)[..<3] + little(stored.height - 1)[..<3]
            let body =
                Array("WEBPVP8X".utf8) + little(10) + size + file[12...] + Array("EXIF".utf8)
                + little(tiff.count) + tiff
            return Array("RIFF".utf8) + little(body.count) + body
        case .png:
            return taggedPNG(try ImageEncoder.encode(stored, as: .png))
        }
    }

    /// A PNG with the orientation that turns it a quarter clockwise.
    static func taggedPNG(_ file: [UInt8]) -> [UInt8] {
        let chunk = Array("eXIf".utf8) + tiff
        let sum = little(Int(pngChecksum(chunk))).reversed()
        // The last chunk, IEND, has 12 bytes.
        return file.dropLast(12) + little(tiff.count).reversed() + chunk + sum + file.suffix(12)
    }

    /// A JPEG with the orientation that turns it a quarter clockwise.
    static func tagged(_ file: [UInt8]) -> [UInt8] {
        let block = Array("Exif\0\0".utf8) + tiff
        let length = block.count + 2
        return file[..<2] + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + block + file[2...]
    }

    private static func little(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (8 * $0) & 255) } }
}
