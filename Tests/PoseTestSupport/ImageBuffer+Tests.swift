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

    /// A part of the picture, black where it reaches beyond.
    ///
    /// - Parameters:
    ///   - x: the part's first column, which may be negative.
    ///   - y: the part's first row, which may be negative.
    ///   - width: its columns.
    ///   - height: its rows.
    /// - Returns: a picture of its own.
    public func window(x: Int, y: Int, width: Int = 640, height: Int = 480) -> ImageBuffer {
        var part = ImageBuffer(width: width, height: height)
        let stride = part.rowStride
        let columns = max(x, 0)..<min(x + width, self.width)
        part.withUnsafeMutableBytes { target in
            withUnsafeBytes { source in
                for row in max(y, 0)..<min(y + height, self.height) {
                    let start = row * rowStride + columns.lowerBound * 4
                    let bytes = source[start..<start + columns.count * 4]
                    let offset = (row - y) * stride + (columns.lowerBound - x) * 4
                    UnsafeMutableRawBufferPointer(rebasing: target[offset..<offset + bytes.count])
                        .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes))
                }
            }
        }
        return part
    }

    /// Red, green and blue of every pixel, row by row.
    public var rgb: [UInt8] {
        withUnsafeBytes { bytes in
            var rgb: [UInt8] = []
            rgb.reserveCapacity(bytes.count / 4 * 3)
            for start in stride(from: 0, to: bytes.count, by: 4) {
                for channel in [2, 1, 0] { rgb.append(bytes[start + channel]) }
            }
            return rgb
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
