// SPDX-License-Identifier: Apache-2.0

import CPoseKernels
import Testing

@Suite("Half to single precision")
struct HalfPrecisionTests {
    @Test("All 65,536 values")
    func allValues() {
        let halves = (0...UInt16.max).map { $0 }
        var singles = [Float](repeating: .nan, count: halves.count)
        pk_half_to_float(halves, &singles, halves.count)
        for (bits, single) in zip(halves, singles) {
            let expected = Float(Float16(bitPattern: bits))
            if expected.isNaN {
                #expect(single.isNaN && single.sign == expected.sign, "\(bits)")
            } else {
                #expect(single.bitPattern == expected.bitPattern, "\(bits)")
            }
        }
    }

    @Test("From an odd address, and not one value more than asked")
    func unaligned() {
        let bytes: [UInt8] = [0xFF, 0x00, 0x3C, 0x00, 0xC0, 0x66, 0x2E, 0x01]
        var singles = [Float](repeating: -1, count: 4)
        bytes.withUnsafeBytes { pk_half_to_float($0.baseAddress! + 1, &singles, 3) }
        #expect(singles == [1, -2, Float(Float16(0.1)), -1])
    }
}
