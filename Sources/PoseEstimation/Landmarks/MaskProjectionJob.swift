// SPDX-License-Identifier: Apache-2.0

internal import PoseInference

/// Positions on a mask as OpenCV's warpAffine counts them: its AB_BITS and INTER_BITS.
enum MaskPosition {
    /// Bits after the point of a sum of offsets, and of a position made from it.
    static let offsetBits = 10
    static let positionBits = 5
    /// Takes a sum to a position, once half a position was added.
    static let shift = offsetBits - positionBits
    static let half = 1 << (shift - 1)

    /// A position rounded to 1/1024 pixel; far ones saturate.
    static func rounded(_ pixels: Double) -> Int {
        let limit = Double(Int32.max)
        let scaled = (pixels * Double(1 << offsetBits)).rounded(.toNearestOrEven)
        return Int(max(-limit, min(limit, scaled)))
    }

    /// The weights of four neighbours, left above first, by the fractions of row and column.
    static let weights: [SIMD4<Float>] = (0..<(1 << (2 * positionBits))).map { fractions in
        let count = 1 << positionBits
        let x = Float(fractions % count) / Float(count)
        let y = Float(fractions / count) / Float(count)
        return SIMD4((1 - y) * (1 - x), (1 - y) * x, y * (1 - x), y * x)
    }
}

/// One projection's rows, which threads share.
@safe struct MaskProjectionJob {
    let projection: MaskProjection
    /// Probabilities with one row and column of zeros on each side.
    let padded: [Float]
    /// What a column of the image adds to the position's column and row.
    let columnOffsets: [Int]
    let rowOffsets: [Int]
    let values: UnsafeMutableBufferPointer<Float>

    mutating func run(on threads: ThreadPool) {
        let rows = projection.imageHeight
        unsafe withUnsafeMutablePointer(to: &self) { job in
            unsafe threads.run(unitCount: rows, arguments: UnsafeMutableRawPointer(job)) {
                job,
                _,
                begin,
                end in
                guard let job = unsafe job?.assumingMemoryBound(to: MaskProjectionJob.self) else { return }
                for y in begin..<end { unsafe job.pointee.fill(row: y) }
            }
        }
    }

    /// Computes the image's row `y`.
    private func fill(row y: Int) {
        let half = MaskPosition.half
        let columnBase =
            MaskPosition.rounded(projection.columnOf.y * Double(y) + projection.columnOf.constant) + half
        let rowBase = MaskPosition.rounded(projection.rowOf.y * Double(y) + projection.rowOf.constant) + half
        let width = projection.imageWidth
        let inside = Self.inside(columnOffsets, base: columnBase)
            .clamped(to: Self.inside(rowOffsets, base: rowBase))
        guard let line = unsafe values.baseAddress.map({ unsafe $0 + y * width }) else { return }
        let (columns, rows) = (columnOffsets.span, rowOffsets.span)
        let (padded, weights) = (padded.span, MaskPosition.weights.span)
        unsafe line.initialize(repeating: 0, count: inside.lowerBound)
        for x in inside {
            let u = (columnBase + columns[x]) >> MaskPosition.shift
            let v = (rowBase + rows[x]) >> MaskPosition.shift
            unsafe (line + x).initialize(to: Self.value(padded, u: u, v: v, weights))
        }
        unsafe (line + inside.upperBound).initialize(repeating: 0, count: width - inside.upperBound)
    }

    /// The value at a position in 1/32 pixel, at most one pixel outside the mask.
    @inline(__always)
    private static func value(_ padded: Span<Float>, u: Int, v: Int, _ weights: Span<SIMD4<Float>>) -> Float {
        let (bits, size) = (MaskPosition.positionBits, MaskProjection.paddedSize)
        let fraction = (1 << bits) - 1
        let weight = weights[(v & fraction) << bits | u & fraction]
        let first = ((v >> bits) + 1) * size + (u >> bits) + 1
        // In this order, as MediaPipe adds them.
        let top = weight[0] * padded[first] + weight[1] * padded[first + 1]
        return (top + weight[2] * padded[first + size]) + weight[3] * padded[first + size + 1]
    }

    /// Where a base and offsets that rise or fall give positions on the padded mask.
    private static func inside(_ offsets: [Int], base: Int) -> Range<Int> {
        guard let first = offsets.first, let last = offsets.last else { return 0..<0 }
        // From one pixel before the first to the last one.
        let low = -(1 << MaskPosition.offsetBits) - base
        let high = (MaskProjection.size << MaskPosition.offsetBits) - base
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
