// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

/// Which kinds of samples a TIFF file may have, and what is said of others.
@Suite("TIFF: kinds of samples")
struct TIFFKindTests {
    /// 12 pixels of four inks.
    private static let inks = (0..<48).map { UInt8($0 * 37 % 256) }

    /// The same values in 16 bits: 0 to 65535.
    private static func deep(_ values: [UInt8]) -> [UInt8] { values.flatMap { [$0, $0] } }

    /// As Photoshop writes them for print; libtiff makes pixels of inks of 8 bits alone.
    @Test(arguments: [[], [0], [1], [2]])
    func inksOf16BitsAreThoseOf8(extra: [Int]) throws {
        let samples = 4 + extra.count
        let values = stride(from: 0, to: 48, by: 4).flatMap { Self.inks[$0..<$0 + 4] + extra.map { _ in 99 } }
        let planes = (0..<samples).flatMap { sample in
            stride(from: sample, to: values.count, by: samples).map { values[$0] }
        }
        let expected = try ImageDecoder.decode(
            TIFFBuilder.file(.cmyk, width: 4, height: 3, samples: 4, pixels: Self.inks)
        ).image.rgb
        for (isPlanar, pixels) in [(false, values), (true, planes)] {
            let file = TIFFBuilder.file(
                .cmyk,
                width: 4,
                height: 3,
                bits: 16,
                samples: samples,
                extra: extra,
                isPlanar: isPlanar,
                pixels: Self.deep(pixels)
            )
            let decoded = try ImageDecoder.decode(file)
            #expect(decoded.image.rgb == expected, "\(isPlanar)")
            #expect(decoded.warnings.isEmpty && decoded.metadata.alpha == nil)
        }
    }

    /// What is of a kind that is not read is not damaged, and no black picture.
    @Test
    func kindsThatAreNotReadAreRefusedByTheirHeaders() throws {
        let pixels = [UInt8](repeating: 0x55, count: 96)
        let kinds: [(TIFFBuilder.Kind, bits: Int, samples: Int, name: String)] = [
            (.cmyk, 4, 4, "4-bit CMYK"), (.rgb, 4, 3, "4-bit RGB"), (.palette, 16, 1, "16-bit palette"),
            (.lab, 4, 3, "4-bit Lab"),
        ]
        for (kind, bits, samples, name) in kinds {
            let file = TIFFBuilder.file(
                kind,
                width: 4,
                height: 3,
                bits: bits,
                samples: samples,
                colors: kind == .palette ? [UInt16](repeating: 0, count: 3 << bits) : [],
                pixels: pixels
            )
            let errors = [
                #expect(throws: ImageError.self) { try ImageDecoder.inspect(file) },
                #expect(throws: ImageError.self) { try ImageDecoder.decode(file, allowsDamaged: true) },
            ]
            for error in errors {
                #expect(error?.code == .undecodable)
                #expect(error?.message.contains("\(name)") == true, "\(name): \(error?.message ?? "")")
            }
        }
    }

    /// A strip that is not there leaves nothing to decode.
    @Test
    func aFileWithoutAnyPixelIsNoPicture() throws {
        var file = TIFFBuilder.file(
            .rgb,
            width: 4,
            height: 3,
            samples: 3,
            pixels: [UInt8](repeating: 200, count: 36)
        )
        #expect(try ImageDecoder.decode(file).image.rgb.allSatisfy { $0 == 200 })
        // The place of the strip, which stands in the sixth entry of the directory.
        let directory = Int(file[4]) + 2
        file.replaceSubrange(directory + 5 * 12 + 8..<directory + 5 * 12 + 12, with: [0xFF, 0xFF, 0, 0])
        for allowsDamaged in [false, true] {
            let error = #expect(throws: ImageError.self) {
                try ImageDecoder.decode(file, allowsDamaged: allowsDamaged)
            }
            #expect(error?.code == .undecodable)
        }
    }
}
