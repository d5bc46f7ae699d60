// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging

extension PixelRectangle {
    /// The whole pixels that a stretch of the plane touches, within a picture.
    ///
    /// - Returns: `nil` when it touches none.
    init?(
        x columns: ClosedRange<Double>,
        y rows: ClosedRange<Double>,
        imageWidth: Int,
        imageHeight: Int
    ) {
        func clipped(_ range: ClosedRange<Double>, _ count: Int) -> Range<Int> {
            let low = Int(max(0, min(Double(count), range.lowerBound.rounded(.down))))
            return low..<max(low, Int(max(0, min(Double(count), range.upperBound.rounded(.up)))))
        }
        let (across, down) = (clipped(columns, imageWidth), clipped(rows, imageHeight))
        guard !across.isEmpty, !down.isEmpty else { return nil }
        self.init(x: across.lowerBound, y: down.lowerBound, width: across.count, height: down.count)
    }
}
