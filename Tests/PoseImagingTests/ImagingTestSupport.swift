// SPDX-License-Identifier: Apache-2.0

import CPoseKernels
import PoseImaging
import PoseTestSupport

/// Every instruction set that this machine runs, the reference first.
let allISAs: [pk_isa] = [PK_ISA_SCALAR, PK_ISA_SSE2, PK_ISA_NEON, PK_ISA_AVX2, PK_ISA_AVX512]
    .filter { pk_isa_runnable($0) != 0 }

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
