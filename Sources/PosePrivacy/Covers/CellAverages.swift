// SPDX-License-Identifier: Apache-2.0

/// All that a cover keeps of a face: its mean colours in a few cells along the face's own axes.
///
/// Every pixel under the cover counts in exactly one cell, and each mean is rounded to 8 bits: no more than 108 bytes of a
/// face remain, whatever its size.
struct CellAverages {
    /// Most cells along each axis.
    static let mostCells = 6
    /// A cell has at least this many pixels along each axis, where the cover has.
    private static let leastSide = 4.0

    /// Cells along the face's own axes.
    private let count: SIMD2<Int>
    private var sums: [SIMD4<UInt64>]
    /// Mean blue, green and red of each cell, row by row, and 1; zeros of a cell without pixels.
    private var means: [SIMD4<Float>] = []

    init(_ outline: CoverOutline) {
        func cells(_ half: Double) -> Int {
            Int(max(1, min(Double(Self.mostCells), (2 * half / Self.leastSide).rounded(.down))))
        }
        count = SIMD2(cells(outline.half.x), cells(outline.half.y))
        sums = [SIMD4<UInt64>](repeating: SIMD4(), count: count.x * count.y)
    }

    /// The cell of a place, -1…1; what lies beyond belongs to the outermost cells.
    private func place(_ position: Double, _ count: Int) -> Int {
        max(0, min(count - 1, Int(max(0, min(1, (position + 1) / 2)) * Double(count))))
    }

    private func cell(_ position: SIMD2<Double>) -> Int {
        place(position.y, count.y) * count.x + place(position.x, count.x)
    }

    /// Counts a pixel.
    mutating func add(blue: UInt8, green: UInt8, red: UInt8, at position: SIMD2<Double>) {
        sums[cell(position)] &+= SIMD4(UInt64(blue), UInt64(green), UInt64(red), 1)
    }

    /// Takes the means, once all pixels are counted.
    mutating func finish() {
        means = sums.map { sum in
            guard sum.w > 0 else { return SIMD4() }
            let mean = (sum &+ SIMD4(repeating: sum.w / 2)) / SIMD4(repeating: sum.w)
            return SIMD4(Float(mean.x), Float(mean.y), Float(mean.z), 1)
        }
    }

    /// The mean of the cell that a place is in: blue, green and red.
    func mosaic(at position: SIMD2<Double>) -> SIMD4<Float> { means[cell(position)] }

    /// The means around a place, smoothly blended: blue, green and red.
    ///
    /// Weights are those of a cubic B-spline over the middles of the cells, whose standard deviation is 0.58 cells: it grows with
    /// the face. Cells without pixels have no weight.
    func blur(at position: SIMD2<Double>) -> SIMD4<Float> {
        let (columns, rows) = (Self.weights(position.x, count.x), Self.weights(position.y, count.y))
        var sum = SIMD4<Float>()
        for row in 0..<4 {
            let y = rows.first + row
            guard (0..<count.y).contains(y) else { continue }
            for column in 0..<4 {
                let x = columns.first + column
                guard (0..<count.x).contains(x) else { continue }
                sum += means[y * count.x + x] * (rows.weights[row] * columns.weights[column])
            }
        }
        // The cell of the place itself has pixels, and more than a twentieth of the weight.
        return sum / max(sum.w, .leastNormalMagnitude)
    }

    /// The weights of the four cells around a place, and the first of them.
    private static func weights(_ position: Double, _ count: Int) -> (first: Int, weights: SIMD4<Float>) {
        let place = max(0, min(1, (position + 1) / 2)) * Double(count) - 0.5
        let low = place.rounded(.down)
        let t = Float(place - low)
        let (square, cube) = (t * t, t * t * t)
        let s = 1 - t
        return (
            Int(low) - 1,
            SIMD4(s * s * s, 3 * cube - 6 * square + 4, -3 * cube + 3 * square + 3 * t + 1, cube) / 6
        )
    }
}
