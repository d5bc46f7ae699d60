// SPDX-License-Identifier: Apache-2.0

package import PoseInference

/// Moves each point to the centre of mass of its heatmap nearby.
///
/// Source: MediaPipe `RefineLandmarksFromHeatmapCalculator`. The pose graph asks for a kernel of 7, but in the Python
/// package that option is lost on the way and the calculator's default of 9 holds.
package enum HeatmapRefinement {
    /// Rows and columns of the map.
    package static let mapSize = 64
    private static let kernelSize = 9
    /// `min_confidence_to_refine`.
    private static let minConfidence: Float = 0.5

    /// Computes the logits of windows of the map, row by row, each window's `stride` behind those of the one before.
    package typealias Logits = (
        _ windows: [OutputWindow], _ values: UnsafeMutableBufferPointer<Float>, _ stride: Int
    ) -> Void

    /// Refines x and y of the points that something uses.
    ///
    /// - Parameters:
    ///   - points: in fractions of the crop.
    ///   - logits: of the map `[64, 64, points.count]`.
    package static func refine(_ points: inout [Landmark], logits: Logits) {
        let windows = points.prefix(LandmarkDecoder.usedPointCount).enumerated().compactMap {
            channel,
            point in
            window(around: point, channel: channel)
        }
        let stride = kernelSize * kernelSize
        unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: windows.count * stride) { values in
            unsafe logits(windows, values, stride)
            for (index, window) in windows.enumerated() {
                unsafe refine(
                    &points[window.channel],
                    window,
                    logits: values.span.extracting(droppingFirst: index * stride)
                )
            }
        }
    }

    /// The cells that count for a point; `nil` where the point is outside the map.
    private static func window(around point: Landmark, channel: Int) -> OutputWindow? {
        guard let column = cell(point.x), let row = cell(point.y) else { return nil }
        let reach = (kernelSize - 1) / 2
        return OutputWindow(
            channel: channel,
            rows: max(0, row - reach)..<min(mapSize, row + reach + 1),
            columns: max(0, column - reach)..<min(mapSize, column + reach + 1)
        )
    }

    private static func refine(_ point: inout Landmark, _ window: OutputWindow, logits: Span<Float>) {
        var sum: Float = 0
        var columnSum: Float = 0
        var rowSum: Float = 0
        var highest: Float = 0
        var next = 0
        for row in window.rows {
            for column in window.columns {
                let confidence = sigmoid(logits[next])
                next += 1
                sum += confidence
                highest = max(highest, confidence)
                columnSum += Float(column) * confidence
                rowSum += Float(row) * confidence
            }
        }
        guard highest >= minConfidence, sum > 0 else { return }
        point.x = columnSum / Float(mapSize) / sum
        point.y = rowSum / Float(mapSize) / sum
    }

    /// The row or column of a position, cut toward zero; `nil` outside the map.
    private static func cell(_ position: Float) -> Int? {
        let scaled = position * Float(mapSize)
        guard scaled > -1, scaled < Float(mapSize) else { return nil }
        return Int(scaled)
    }
}
