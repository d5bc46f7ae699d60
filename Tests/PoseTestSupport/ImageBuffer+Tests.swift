// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

extension ImageBuffer {
    /// A picture of random bytes, the unused ones included.
    public static func noise(width: Int, height: Int, seed: UInt64) -> ImageBuffer {
        var generator = SeededGenerator(seed: seed)
        var image = ImageBuffer(width: width, height: height)
        image.withUnsafeMutableBytes { bytes in
            for i in bytes.indices { bytes[i] = .random(in: 0...255, using: &generator) }
        }
        return image
    }

    /// Red, green and blue of every pixel, row by row.
    public var rgb: [UInt8] {
        withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 4).flatMap { [bytes[$0 + 2], bytes[$0 + 1], bytes[$0]] }
        }
    }
}

extension Sequence<UInt8> {
    /// The 64-bit FNV-1a hash, in 16 hexadecimal digits.
    public var fnv1a: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in self { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
