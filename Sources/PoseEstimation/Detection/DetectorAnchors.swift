// SPDX-License-Identifier: Apache-2.0

/// The 2254 reference points that the detector's outputs are relative to.
///
/// Three grids, of stride 8, 16 and 32 pixels; the coarsest merges three layers. Order: grid, row, column, anchor.
/// Every anchor is 1 × 1, so only its centre matters.
///
/// Source: MediaPipe `pose_detection_cpu.pbtxt`, `SsdAnchorsCalculator`; the default interpolated-scale aspect
/// ratio of 1.0 adds a second anchor to each layer.
package enum DetectorAnchors {
    private static let grids = [
        (size: 28, anchorsPerCell: 2),
        (size: 14, anchorsPerCell: 2),
        (size: 7, anchorsPerCell: 6),
    ]

    /// Centres, in fractions of the letterboxed input.
    package static let centers: [NormalizedPoint] = grids.flatMap { grid in
        (0..<grid.size * grid.size * grid.anchorsPerCell).map { index in
            let cell = index / grid.anchorsPerCell
            return NormalizedPoint(
                x: (Float(cell % grid.size) + 0.5) / Float(grid.size),
                y: (Float(cell / grid.size) + 0.5) / Float(grid.size)
            )
        }
    }
}
