// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import Testing

@Suite("Image error")
struct ImageErrorTests {
    @Test
    func codesAreDistinctAndNameThemselves() {
        let codes: [ImageError.Code] = [
            .notAnImage, .undecodable, .tooLarge, .encodingFailed, .invalidBuffer, .unsupported, .outOfMemory,
            .cancelled, .timedOut,
        ]
        #expect(Set(codes).count == codes.count)
        #expect(
            codes.map(\.description) == [
                "notAnImage", "undecodable", "tooLarge", "encodingFailed", "invalidBuffer", "unsupported",
                "outOfMemory", "cancelled", "timedOut",
            ]
        )
    }

    @Test
    func formatsAndColoursNameThemselves() {
        #expect(
            PixelFormat.all.map(\.description) == ["bgrx", "rgba", "bgr", "rgb", "gray", "i420", "nv12"]
        )
        #expect(PixelFormat.all.map(\.bytesPerPixel) == [4, 4, 3, 3, 1, 1, 1])
        #expect(PixelFormat.all.map(\.planeCount) == [1, 1, 1, 1, 1, 3, 2])
        let color = YUVColor()
        #expect("\(color.matrix) \(color.range)" == "bt601 limited")
    }
}
