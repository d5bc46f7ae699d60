// SPDX-License-Identifier: Apache-2.0

import PoseImaging

extension PictureBuffer {
    /// Makes every pixel of an I420 or BGRX picture black.
    func blacken() {
        unsafe withMutableBytes { bytes in
            let lumaCount = format == .i420 ? width * height : bytes.count
            let luma: UInt8 = format == .i420 && color.range == .limited ? 16 : 0
            unsafe Self.fill(bytes[..<lumaCount], with: luma)
            unsafe Self.fill(bytes[lumaCount...], with: 128)
        }
    }

    /// Turns an I420 or BGRX picture left to right.
    func mirror() {
        unsafe withMutableBytes { bytes in
            guard format == .i420 else {
                unsafe Self.mirror(bytes.bindMemory(to: UInt32.self), rowCount: height)
                return
            }
            let (lumaCount, chromaCount) = (width * height, (width + 1) / 2 * ((height + 1) / 2))
            let planes = [
                (0..<lumaCount, height), (lumaCount..<(lumaCount + chromaCount), (height + 1) / 2),
                ((lumaCount + chromaCount)..<bytes.count, (height + 1) / 2),
            ]
            for (range, rowCount) in planes {
                let plane = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[range])
                unsafe Self.mirror(plane.bindMemory(to: UInt8.self), rowCount: rowCount)
            }
        }
    }

    private static func fill(_ bytes: Slice<UnsafeMutableRawBufferPointer>, with value: UInt8) {
        let part = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes)
        _ = unsafe part.initializeMemory(as: UInt8.self, repeating: value)
    }

    private static func mirror<Pixel>(_ pixels: UnsafeMutableBufferPointer<Pixel>, rowCount: Int) {
        let width = pixels.count / rowCount
        for row in 0..<rowCount {
            var (left, right) = (row * width, (row + 1) * width - 1)
            while left < right {
                unsafe pixels.swapAt(left, right)
                left += 1
                right -= 1
            }
        }
    }
}
