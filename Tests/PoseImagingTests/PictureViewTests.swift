// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import PoseTestSupport
import Testing

@Suite("Picture view")
struct PictureViewTests {
    private func error(
        byteCount: Int,
        width: Int,
        height: Int,
        format: PixelFormat,
        stride: Int? = nil
    ) -> ImageError? {
        #expect(throws: ImageError.self) {
            try [UInt8](repeating: 0, count: byteCount).withUnsafeBytes {
                _ = try PictureView($0, width: width, height: height, format: format, stride: stride)
            }
        }
    }

    @Test
    func aViewIsNotACopy() throws {
        var bytes = [UInt8](repeating: 10, count: 3 * 4 * 4)
        let sampler = TensorSampler(outputSize: 4, border: .replicate, range: 0...255)
        let region = RotatedRectangle(centerX: 2, centerY: 2, width: 4, height: 4, rotationRadians: 0)
        var samples: [Float] = []
        try bytes.withUnsafeMutableBytes { memory in
            let view = try PictureView(UnsafeRawBufferPointer(memory), width: 4, height: 4, format: .rgb)
            #expect(view.planes.map(\.bytes.baseAddress) == [memory.baseAddress.map { UnsafeRawPointer($0) }])
            for value in [10, 77] as [UInt8] {
                memory.initializeMemory(as: UInt8.self, repeating: value)
                var tensor = [Float](repeating: -1, count: 4 * 4 * 3)
                tensor.withUnsafeMutableBufferPointer { sampler.sample(view, region: region, into: $0) }
                #expect(Set(tensor).count == 1)
                samples.append(tensor[0])
            }
        }
        #expect(samples == [10, 77])
    }

    @Test
    func aBufferLendsItsOwnMemory() {
        let image = ImageBuffer.noise(width: 5, height: 3, seed: 1)
        let own = image.withUnsafeBytes { $0.baseAddress }
        image.withView { view in
            #expect(view.planes.count == 1)
            #expect(view.planes[0].bytes.baseAddress == own)
            #expect(view.planes[0].bytes.count == 60)
            #expect(view.planes[0].stride == 20)
            #expect(view.format == .bgrx)
            #expect((view.width, view.height) == (5, 3))
        }
    }

    @Test
    func planesFollowOneAnotherInOneStretch() throws {
        // 5 × 3: luma 5 a row, chroma 3 × 2.
        let frame = [UInt8](0..<27)
        try frame.withUnsafeBytes { bytes in
            let start = try #require(bytes.baseAddress)
            let i420 = try PictureView(bytes, width: 5, height: 3, format: .i420)
            #expect(i420.planes.map { $0.bytes.baseAddress.map { $0 - start } } == [0, 15, 21])
            #expect(i420.planes.map(\.stride) == [5, 3, 3])
            let nv12 = try PictureView(bytes, width: 5, height: 3, format: .nv12)
            #expect(nv12.planes.map { $0.bytes.baseAddress.map { $0 - start } } == [0, 15])
            #expect(nv12.planes.map(\.stride) == [5, 6])
        }
        #expect(try PictureView.byteCount(width: 5, height: 3, format: .i420) == 27)
        #expect(try PictureView.byteCount(width: 5, height: 3, format: .nv12) == 27)
        // Rows of luma 8 apart, of Cb and Cr 4; the last row of Cr has 3.
        #expect(try PictureView.byteCount(width: 5, height: 3, format: .i420, stride: 8) == 24 + 8 + 7)
        #expect(try PictureView.byteCount(width: 5, height: 3, format: .nv12, stride: 8) == 24 + 8 + 6)
        #expect(try PictureView.byteCount(width: 5, height: 3, format: .rgb, stride: 20) == 55)
    }

    @Test(arguments: PixelFormat.all, [nil, 41, 64] as [Int?])
    func exactlyEnoughBytesAreEnough(format: PixelFormat, stride: Int?) throws {
        let count = try PictureView.byteCount(width: 10, height: 7, format: format, stride: stride)
        try [UInt8](repeating: 0, count: count).withUnsafeBytes { bytes in
            let view = try PictureView(bytes, width: 10, height: 7, format: format, stride: stride)
            #expect(view.planes.count == format.planeCount)
            let last = try #require(view.planes.last?.bytes)
            #expect(last.baseAddress.map { $0 + last.count } == bytes.baseAddress.map { $0 + bytes.count })
        }
        let tooFew = error(byteCount: count - 1, width: 10, height: 7, format: format, stride: stride)
        #expect(tooFew?.code == .invalidBuffer)
    }

    @Test
    func refusalsSayWhatWasFoundAndExpected() {
        let short = error(byteCount: 100, width: 10, height: 7, format: .rgb, stride: 32)
        #expect(
            short?.message
                == "The picture needs 222 bytes (7 rows, 32 bytes apart, the last of 30), but 100 are left for it of "
                + "the 100 given. Check the width, height, stride and format."
        )
        let chroma = error(byteCount: 85, width: 10, height: 7, format: .nv12)
        #expect(
            chroma?.message
                == "The chroma plane needs 40 bytes (4 rows, 10 bytes apart, the last of 10), but 15 are left for it "
                + "of the 85 given. Check the width, height, stride and format."
        )
        let narrow = error(byteCount: 1000, width: 10, height: 7, format: .bgr, stride: 29)
        #expect(narrow?.code == .invalidBuffer)
        #expect(
            narrow?.message
                == "The stride of the picture is given as 29 bytes, but its rows have 30. State the bytes from the "
                + "start of one row to the start of the next."
        )
        let empty = error(byteCount: 10, width: 0, height: 7, format: .gray)
        #expect(empty?.code == .invalidBuffer)
        #expect(
            empty?.message
                == "The picture's size is given as 0 × 7 pixels; each side must be at least 1."
        )
        #expect(error(byteCount: 0, width: 1, height: 1, format: .gray)?.code == .invalidBuffer)
        #expect(error(byteCount: 10, width: 3, height: -1, format: .gray)?.code == .invalidBuffer)
    }

    @Test("A side of 2^26 pixels is refused where the view is made, and does not trap in the sampler")
    func sidesBeyondTheSamplersPositionsAreErrors() throws {
        for (width, height) in [(1 << 26, 1), (1, 1 << 26), (Int.max, Int.max), (Int.max, 1)] {
            for format in PixelFormat.all {
                let refusal = error(byteCount: 10, width: width, height: height, format: format)
                #expect(refusal?.code == .tooLarge)
            }
            let error = #expect(throws: ImageError.self) {
                try ImageBuffer.black(width: width, height: height)
            }
            #expect(error?.code == .tooLarge)
        }
        let refusal = error(byteCount: 10, width: 1 << 26, height: 1, format: .gray)
        #expect(
            refusal?.message
                == "The picture has 67108864 × 1 pixels; each side may have at most 67108863. Scale it down, or cut "
                + "it into parts."
        )
    }

    @Test
    func hugeStridesAndSidesDoNotOverflow() {
        let side = 1 << 26 - 1
        for format in PixelFormat.all {
            for stride in [Int.max, Int.max / 2, 1 << 31, -1, Int.min] {
                let refusal = error(byteCount: 10, width: 3, height: side, format: format, stride: stride)
                #expect(refusal?.code == .invalidBuffer)
                let one = error(byteCount: 10, width: 3, height: 1, format: format, stride: stride)
                #expect(one?.code == .invalidBuffer)
            }
            let refusal = error(byteCount: 10, width: side, height: side, format: format)
            #expect(refusal?.code == .invalidBuffer)
        }
    }

    @Test(arguments: PixelFormat.all)
    func theNumberOfPlanesIsTheFormats(format: PixelFormat) {
        let bytes = [UInt8](repeating: 0, count: 1000)
        bytes.withUnsafeBytes { bytes in
            let plane = PictureView.Plane(bytes, stride: 40)
            for count in [0, 1, 2, 3, 4] {
                let view = Result {
                    try PictureView(
                        planes: Array(repeating: plane, count: count),
                        width: 10,
                        height: 4,
                        format: format
                    )
                }
                #expect((try? view.get()) != nil || count != format.planeCount)
                #expect((try? view.get()) == nil || count == format.planeCount)
            }
        }
    }

    @Test
    func typedErrorsPassThroughAView() {
        struct Refusal: Error, Equatable {}
        let image = ImageBuffer(width: 1, height: 1)
        #expect(throws: Refusal()) {
            try image.withView { _ throws(Refusal) in throw Refusal() }
        }
    }
}
