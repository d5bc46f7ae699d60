// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import Testing

/// Mistakes of a program, which end it: each in a process of its own.
@Suite("Picture preconditions")
struct PicturePreconditionTests {
    @Test
    func aBufferHasSides() async {
        await #expect(processExitsWith: .failure) { _ = ImageBuffer(width: 0, height: 1) }
        await #expect(processExitsWith: .failure) { _ = ImageBuffer(width: 1, height: -1) }
        await #expect(processExitsWith: .failure) { _ = ImageBuffer(width: 1, height: 1 << 26) }
    }

    @Test
    func aPixelIsInside() async {
        await #expect(processExitsWith: .failure) { _ = ImageBuffer(width: 2, height: 2)[2, 0] }
        await #expect(processExitsWith: .failure) { _ = ImageBuffer(width: 2, height: 2)[0, -1] }
        await #expect(processExitsWith: .failure) {
            var image = ImageBuffer(width: 2, height: 2)
            image[0, 2] = (1, 2, 3)
        }
    }

    @Test
    func aSampleHasASizeThatFitsItsTensor() async {
        await #expect(processExitsWith: .failure) { Self.sample(size: 0, floats: 10) }
        await #expect(processExitsWith: .failure) { Self.sample(size: 32_768, floats: 10) }
        await #expect(processExitsWith: .failure) { Self.sample(size: 4, floats: 47) }
        await #expect(processExitsWith: .failure) { Self.sample(size: 4, floats: 48, rows: 3..<5) }
        await #expect(processExitsWith: .success) { Self.sample(size: 4, floats: 48, rows: 3..<4) }
    }

    private static func sample(size: Int, floats: Int, rows: Range<Int>? = nil) {
        let sampler = TensorSampler(outputSize: size, border: .zero, range: 0...1)
        let region = RotatedRectangle(centerX: 1, centerY: 1, width: 2, height: 2, rotationRadians: 0)
        var tensor = [Float](repeating: 0, count: floats)
        let image = ImageBuffer(width: 2, height: 2)
        tensor.withUnsafeMutableBufferPointer {
            if let rows {
                sampler.sample(image, region: region, rows: rows, into: $0)
            } else {
                sampler.sample(image, region: region, into: $0)
            }
        }
    }
}
