// SPDX-License-Identifier: Apache-2.0

/// The reference points that a single-shot detector's outputs are relative to.
///
/// One grid of cells for each run of layers with the same stride. Order: grid, row, column, anchor. The networks here
/// have anchors of a fixed size, 1 × 1, so only their centres matter, and those of a cell coincide.
///
/// Source: MediaPipe `SsdAnchorsCalculator`, with `fixed_anchor_size`, one aspect ratio and offsets of 0.5.
package struct SSDAnchors: Hashable, Sendable {
    /// Pixels of the input from one cell to the next, of each layer.
    package var strides: [Int]
    /// Anchors that a layer has in each cell: 2 with an interpolated scale (`interpolated_scale_aspect_ratio` above
    /// 0, which is the default), 1 without.
    package var anchorsPerLayer: Int

    package init(strides: [Int], anchorsPerLayer: Int) {
        self.strides = strides
        self.anchorsPerLayer = anchorsPerLayer
    }

    /// The centres, in fractions of the letterboxed input.
    ///
    /// - Parameter inputSize: rows and columns of the network's input.
    /// - Returns: one centre an anchor, in the order of the network's outputs.
    package func centers(inputSize: Int) -> [NormalizedPoint] {
        grids.flatMap { grid in
            let size = (inputSize + grid.stride - 1) / grid.stride
            return (0..<size * size * grid.anchorsPerCell).map { index in
                let cell = index / grid.anchorsPerCell
                return NormalizedPoint(
                    x: (Float(cell % size) + 0.5) / Float(size),
                    y: (Float(cell / size) + 0.5) / Float(size)
                )
            }
        }
    }

    private var grids: [(stride: Int, anchorsPerCell: Int)] {
        var grids: [(stride: Int, anchorsPerCell: Int)] = []
        for stride in strides {
            if let last = grids.indices.last, grids[last].stride == stride {
                grids[last].anchorsPerCell += anchorsPerLayer
            } else {
                grids.append((stride, anchorsPerLayer))
            }
        }
        return grids
    }
}
