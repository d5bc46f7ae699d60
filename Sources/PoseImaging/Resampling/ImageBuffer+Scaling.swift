// SPDX-License-Identifier: Apache-2.0

import PoseSystem

extension ImageBuffer {
    /// The picture made smaller: each new pixel is the mean of what it covers.
    ///
    /// Values are weighed as they are stored, as image viewers and OpenCV's `INTER_AREA` do.
    ///
    /// - Parameters:
    ///   - longestSide: the length of the longer side, at least 1; a picture that is no longer stays as it is.
    ///   - threadCount: threads to use, of which two are taken; the pixels do not depend on it.
    /// - Returns: the smaller picture, sides rounded.
    /// - Throws: ``ImageError`` `.outOfMemory`.
    public func scaledDown(toLongestSide longestSide: Int, threadCount: Int = 1) throws(ImageError)
        -> ImageBuffer
    {
        precondition(longestSide >= 1, "a side has at least one pixel")
        let longest = max(width, height)
        guard longest > longestSide else { return self }
        func scaled(_ side: Int) -> Int { max(1, (2 * side * longestSide + longest) / (2 * longest)) }
        let (newWidth, newHeight) = (scaled(width), scaled(height))
        return try unsafe ImageBuffer(width: newWidth, height: newHeight) { target in
            unsafe withUnsafeBytes { source in
                let scaling = unsafe AreaScaling(
                    source: source,
                    target: target,
                    columns: AreaWeights(from: width, to: newWidth),
                    rows: AreaWeights(from: height, to: newHeight)
                )
                guard threadCount > 1, newHeight > 1 else { return scaling.scale(0..<newHeight) }
                _ = concurrently(
                    { scaling.scale(0..<newHeight / 2) },
                    { scaling.scale(newHeight / 2..<newHeight) }
                )
            }
        }
    }
}

/// Which old pixels a new one covers along an axis, and how much of each.
private struct AreaWeights: Sendable {
    /// What the weights of a new pixel add up to.
    static let one: UInt32 = 1 << 11

    let oldCount: Int
    /// The first old pixel of each new one.
    let first: [Int]
    /// The weights of each new pixel's old ones, one behind another; those of new pixel i are at `start[i]..<start[i + 1]`.
    let weights: [UInt32]
    let start: [Int]

    init(from oldCount: Int, to newCount: Int) {
        self.oldCount = oldCount
        var (first, weights, start) = ([Int](), [UInt32](), [0])
        for index in 0..<newCount {
            // New pixel i covers old ones from i · old / new on: whole numbers when all is multiplied by `newCount`.
            let (low, high) = (index * oldCount, (index + 1) * oldCount)
            let (begin, end) = (low / newCount, (high + newCount - 1) / newCount)
            var left = Self.one
            for pixel in begin..<end {
                let covered = min(high, (pixel + 1) * newCount) - max(low, pixel * newCount)
                let rounded = (2 * covered * Int(Self.one) + oldCount) / (2 * oldCount)
                let weight = pixel == end - 1 ? left : min(left, UInt32(rounded))
                weights.append(weight)
                left -= weight
            }
            first.append(begin)
            start.append(weights.count)
        }
        (self.first, self.weights, self.start) = (first, weights, start)
    }
}

/// Rows of a picture that is made smaller.
///
/// Unchecked: threads that share it read the same pixels, and each writes rows of its own.
@safe private struct AreaScaling: @unchecked Sendable {
    let source: UnsafeRawBufferPointer
    let target: UnsafeMutableRawBufferPointer
    let columns: AreaWeights
    let rows: AreaWeights

    /// Makes some rows: old rows are added up first, then the columns of the sums.
    func scale(_ wanted: Range<Int>) {
        let oldBytes = columns.oldCount * ImageBuffer.bytesPerPixel
        let newBytes = columns.first.count * ImageBuffer.bytesPerPixel
        unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: oldBytes) { sums in
            for row in wanted {
                unsafe sums.initialize(repeating: 0)
                for (offset, place) in (rows.start[row]..<rows.start[row + 1]).enumerated() {
                    let begin = (rows.first[row] + offset) * oldBytes
                    let line = unsafe UnsafeRawBufferPointer(rebasing: source[begin..<begin + oldBytes])
                    unsafe add(line, times: rows.weights[place], to: sums)
                }
                let begin = row * newBytes
                let line = unsafe UnsafeMutableRawBufferPointer(rebasing: target[begin..<begin + newBytes])
                unsafe gather(UnsafeBufferPointer(sums), into: line)
            }
        }
    }

    private func add(
        _ line: UnsafeRawBufferPointer,
        times weight: UInt32,
        to sums: UnsafeMutableBufferPointer<UInt32>
    ) {
        for index in 0..<line.count {
            unsafe sums[index] &+= UInt32(line[index]) &* weight
        }
    }

    private func gather(_ sums: UnsafeBufferPointer<UInt32>, into line: UnsafeMutableRawBufferPointer) {
        // 255 · 2¹¹ · 2¹¹ has 30 bits.
        let half: SIMD4<UInt32> = SIMD4(repeating: AreaWeights.one * AreaWeights.one / 2)
        for column in 0..<columns.first.count {
            var total = half
            var pixel = columns.first[column]
            for place in columns.start[column]..<columns.start[column + 1] {
                let four = unsafe UnsafeRawPointer(sums.baseAddress.unsafelyUnwrapped + 4 * pixel)
                    .loadUnaligned(as: SIMD4<UInt32>.self)
                total &+= four &* SIMD4(repeating: columns.weights[place])
                pixel += 1
            }
            let bytes = SIMD4<UInt8>(truncatingIfNeeded: total &>> SIMD4(repeating: 22))
            unsafe line.storeBytes(of: bytes, toByteOffset: 4 * column, as: SIMD4<UInt8>.self)
        }
    }
}
