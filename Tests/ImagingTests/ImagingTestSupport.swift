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
