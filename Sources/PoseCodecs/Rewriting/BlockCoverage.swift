// SPDX-License-Identifier: Apache-2.0

import PoseImaging

/// Which blocks of a picture some rectangles touch.
struct BlockCoverage {
    private let width: Int
    private let height: Int
    private let blockWidth: Int
    private let blockHeight: Int
    private let columns: Int
    private let rows: Int
    private var isTouched: [Bool]

    /// Makes the coverage of a picture.
    ///
    /// - Parameters:
    ///   - areas: rectangles in pixels; what lies outside of the picture does not count.
    ///   - width: columns of the picture.
    ///   - height: rows of the picture.
    ///   - blockWidth: columns of a block.
    ///   - blockHeight: rows of a block.
    init(of areas: [PixelRectangle], width: Int, height: Int, blockWidth: Int, blockHeight: Int) {
        (self.width, self.height) = (width, height)
        (self.blockWidth, self.blockHeight) = (blockWidth, blockHeight)
        columns = (width + blockWidth - 1) / blockWidth
        rows = (height + blockHeight - 1) / blockHeight
        isTouched = [Bool](repeating: false, count: columns * rows)
        // The same rectangle given a thousand times is marked once.
        for area in Set(areas) {
            let inside = area.clipped(toWidth: width, height: height)
            guard !inside.isEmpty else { continue }
            for row in inside.y / blockHeight...(inside.maxY - 1) / blockHeight {
                for column in inside.x / blockWidth...(inside.maxX - 1) / blockWidth {
                    isTouched[row * columns + column] = true
                }
            }
        }
    }

    /// The touched blocks as rectangles in pixels that do not overlap, clipped to the picture.
    var rectangles: [PixelRectangle] {
        var finished: [PixelRectangle] = []
        // Runs of blocks that the row above has too are one rectangle.
        var open: [PixelRectangle] = []
        for row in 0..<rows {
            var runs = self.runs(inRow: row)
            for rectangle in open {
                if let same = runs.firstIndex(where: { $0.x == rectangle.x && $0.width == rectangle.width }) {
                    runs[same] = rectangle.union(runs[same])
                } else {
                    finished.append(rectangle)
                }
            }
            open = runs
        }
        return (finished + open).map { $0.clipped(toWidth: width, height: height) }
    }

    private func runs(inRow row: Int) -> [PixelRectangle] {
        var runs: [PixelRectangle] = []
        var start: Int?
        for column in 0...columns {
            let touched = column < columns && isTouched[row * columns + column]
            if touched, start == nil { start = column }
            if !touched, let first = start {
                runs.append(
                    PixelRectangle(
                        x: first * blockWidth,
                        y: row * blockHeight,
                        width: (column - first) * blockWidth,
                        height: blockHeight
                    )
                )
                start = nil
            }
        }
        return runs
    }
}
