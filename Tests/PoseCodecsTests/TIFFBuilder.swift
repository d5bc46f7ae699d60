// SPDX-License-Identifier: Apache-2.0

/// Writes uncompressed TIFF files of one strip, least significant byte first.
enum TIFFBuilder {
    /// How samples are to be understood: `PhotometricInterpretation`.
    enum Kind: Int, CaseIterable {
        case whiteIsZero, blackIsZero, rgb, palette
        case cmyk = 5
        case yCbCr
        case lab = 8
    }

    /// A file of `samples` of each pixel, rows top to bottom; with `extra` ones last, 0 for anything, 1 and 2 for opacity, and
    /// with a palette's `colors` of 16 bits, all reds, greens and blues.
    static func file(
        _ kind: Kind,
        width: Int,
        height: Int,
        bits: Int = 8,
        samples: Int = 1,
        extra: [Int] = [],
        colors: [UInt16] = [],
        isPlanar: Bool = false,
        pixels: [UInt8]
    ) -> [UInt8] {
        var fields: [(tag: Int, size: Int, values: [Int])] = [
            (256, 4, [width]), (257, 4, [height]),
            (258, 2, [Int](repeating: bits, count: samples)), (259, 2, [1]), (262, 2, [kind.rawValue]),
            (273, 4, [8]), (277, 2, [samples]), (278, 4, [height]), (279, 4, [pixels.count]),
        ]
        if isPlanar {
            let size = pixels.count / samples
            fields[5].values = (0..<samples).map { 8 + $0 * size }
            fields[8].values = [Int](repeating: size, count: samples)
            fields.append((284, 2, [2]))
        }
        if !colors.isEmpty { fields.append((320, 2, colors.map(Int.init))) }
        if !extra.isEmpty { fields.append((338, 2, extra)) }
        let body = pixels + [UInt8](repeating: 0, count: pixels.count % 2)
        let start = 8 + body.count
        var directory = little(fields.count, 2)
        var rest: [UInt8] = []
        for field in fields {
            var values = field.values.flatMap { little($0, field.size) }
            directory +=
                little(field.tag, 2) + little(field.size == 2 ? 3 : 4, 2) + little(field.values.count, 4)
            if values.count > 4 {
                let place = start + 2 + 12 * fields.count + 4 + rest.count
                rest += values
                values = little(place, 4)
            }
            directory += values + [UInt8](repeating: 0, count: 4 - values.count)
        }
        return [0x49, 0x49, 0x2A, 0] + little(start, 4) + body + directory + little(0, 4) + rest
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
