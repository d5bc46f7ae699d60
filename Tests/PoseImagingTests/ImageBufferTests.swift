// SPDX-License-Identifier: Apache-2.0

import PoseTestSupport
import PoseImaging
import Testing

@Suite("Image buffer")
struct ImageBufferTests {
    @Test
    func startsBlackAndStoresPixels() {
        var image = ImageBuffer(width: 3, height: 2)
        #expect(image.rgb.allSatisfy { $0 == 0 })
        image[2, 1] = (1, 2, 3)
        #expect(image[2, 1] == (1, 2, 3))
        #expect(image.withUnsafeBytes { Array($0[20..<23]) } == [3, 2, 1])
    }

    @Test
    func copiesAreIndependent() {
        var first = ImageBuffer(width: 2, height: 2)
        let second = first
        first[0, 0] = (9, 9, 9)
        #expect(second[0, 0] == (0, 0, 0))
        #expect(first[0, 0] == (9, 9, 9))
    }
}
