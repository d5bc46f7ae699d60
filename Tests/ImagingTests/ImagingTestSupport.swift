// SPDX-License-Identifier: Apache-2.0

import CPoseKernels
import Imaging

/// Every instruction set that this machine runs, the reference first.
let allISAs: [pk_isa] = [PK_ISA_SCALAR, PK_ISA_SSE2, PK_ISA_NEON, PK_ISA_AVX2, PK_ISA_AVX512]
    .filter { pk_isa_runnable($0) != 0 }

/// A repeatable source of random numbers (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension ImageBuffer {
    /// A picture of random bytes, the unused ones included.
    static func noise(width: Int, height: Int, seed: UInt64) -> ImageBuffer {
        var generator = SeededGenerator(seed: seed)
        var image = ImageBuffer(width: width, height: height)
        image.withUnsafeMutableBytes { bytes in
            for i in bytes.indices { bytes[i] = .random(in: 0...255, using: &generator) }
        }
        return image
    }

    /// Red, green and blue of every pixel, row by row.
    var rgb: [UInt8] {
        withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 4).flatMap { [bytes[$0 + 2], bytes[$0 + 1], bytes[$0]] }
        }
    }
}

extension TensorSampler {
    /// Red, green and blue of every sample before they are scaled.
    func bytes(_ image: ImageBuffer, _ region: RotatedRectangle, isa: pk_isa) -> [UInt8] {
        var unscaled = self
        unscaled.range = 0...255
        var values = [Float](repeating: .nan, count: outputSize * outputSize * 3)
        values.withUnsafeMutableBufferPointer { unscaled.sample(image, region: region, into: $0, isa: isa) }
        return values.map(UInt8.init)
    }
}

extension Sequence<UInt8> {
    /// The 64-bit FNV-1a hash, in 16 hexadecimal digits.
    var fnv1a: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in self { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
