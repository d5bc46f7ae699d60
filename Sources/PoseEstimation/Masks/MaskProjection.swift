// SPDX-License-Identifier: Apache-2.0

/// One person's mask over a whole picture, computed row by row.
///
/// Positions in 1/32 pixel by way of 10-bit fixed point, then bilinear; outside the network's square all is 0.
///
/// Source: MediaPipe `WarpAffineCalculator` on a CPU.
public struct MaskProjection: Sendable {
    /// Columns of the picture.
    public let width: Int
    /// Rows of the picture.
    public let height: Int

    private let transform: MaskTransform
    /// The mask with one row and column of zeros on each side.
    private let padded: [Float]
    /// What a column of the picture adds to the position's column and row on the mask.
    private let columnOffsets: [Int]
    private let rowOffsets: [Int]

    private static let size = SegmentationMask.size
    private static let paddedSize = size + 2

    init(values: [Float], transform: MaskTransform, width: Int, height: Int) {
        self.width = width
        self.height = height
        self.transform = transform
        var padded = [Float](repeating: 0, count: Self.paddedSize * Self.paddedSize)
        for row in 0..<Self.size {
            let start = (row + 1) * Self.paddedSize + 1
            padded.replaceSubrange(
                start..<start + Self.size,
                with: values[row * Self.size..<(row + 1) * Self.size]
            )
        }
        self.padded = padded
        columnOffsets = (0..<width).map { MaskPosition.rounded(transform.columnX * Double($0)) }
        rowOffsets = (0..<width).map { MaskPosition.rounded(transform.rowX * Double($0)) }
    }

    /// Raises some rows of a byte picture to the mask where the mask is higher, 255 for 1.
    ///
    /// On zeros this is the mask itself; several people's masks after one another give everybody's in one picture.
    ///
    /// - Parameters:
    ///   - rows: which of the picture's rows.
    ///   - bytes: those rows alone: `rows.count × width` bytes or more.
    /// - Precondition: the rows are the picture's, and fit.
    public func writeRows(_ rows: Range<Int>, into bytes: UnsafeMutableBufferPointer<UInt8>) {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= height, "the rows are the picture's")
        precondition(bytes.count >= rows.count * width, "the rows do not fit")
        for row in rows {
            let line = (row - rows.lowerBound) * width
            forEachPixel(ofRow: row) { x, value in
                // What is not a number is not above 0.
                let byte = value > 0 ? UInt8(min(value, 1) * 255 + 0.5) : 0
                unsafe bytes[line + x] = max(bytes[line + x], byte)
            }
        }
    }

    /// The mask with all of its precision: `width × height` values.
    package func values() -> [Float] {
        var values = [Float](repeating: 0, count: width * height)
        for row in 0..<height {
            forEachPixel(ofRow: row) { x, value in values[row * width + x] = value }
        }
        return values
    }

    /// Calls back with each pixel of a row that lies on the mask, and the mask's value there.
    @inline(__always)
    private func forEachPixel(ofRow y: Int, _ body: (_ x: Int, _ value: Float) -> Void) {
        let columnBase =
            MaskPosition.rounded(transform.columnY * Double(y) + transform.columnConstant) + MaskPosition.half
        let rowBase =
            MaskPosition.rounded(transform.rowY * Double(y) + transform.rowConstant) + MaskPosition.half
        let inside = Self.inside(columnOffsets, base: columnBase)
            .clamped(to: Self.inside(rowOffsets, base: rowBase))
        let weights = MaskPosition.weights
        for x in inside {
            let u = (columnBase + columnOffsets[x]) >> MaskPosition.shift
            let v = (rowBase + rowOffsets[x]) >> MaskPosition.shift
            body(x, Self.value(padded.span, u: u, v: v, weights.span))
        }
    }

    /// The value at a position in 1/32 pixel, at most one pixel outside the mask.
    @inline(__always)
    private static func value(_ padded: Span<Float>, u: Int, v: Int, _ weights: Span<SIMD4<Float>>) -> Float {
        let bits = MaskPosition.positionBits
        let fraction = (1 << bits) - 1
        let weight = weights[(v & fraction) << bits | u & fraction]
        let first = ((v >> bits) + 1) * paddedSize + (u >> bits) + 1
        // In this order, as MediaPipe adds them.
        let top = weight[0] * padded[first] + weight[1] * padded[first + 1]
        return (top + weight[2] * padded[first + paddedSize]) + weight[3] * padded[first + paddedSize + 1]
    }

    /// Where a base and offsets that rise or fall give positions on the padded mask.
    private static func inside(_ offsets: [Int], base: Int) -> Range<Int> {
        guard let first = offsets.first, let last = offsets.last else { return 0..<0 }
        // From one pixel before the first to the last one.
        let low = -(1 << MaskPosition.offsetBits) - base
        let high = (size << MaskPosition.offsetBits) - base
        let rises = first <= last
        let start = partition(offsets) { rises ? $0 >= low : $0 < high }
        return start..<max(start, partition(offsets) { rises ? $0 >= high : $0 < low })
    }

    /// The first index whose value fulfils what all after it fulfil as well.
    private static func partition(_ values: [Int], _ holds: (Int) -> Bool) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if holds(values[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
