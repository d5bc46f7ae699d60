// SPDX-License-Identifier: Apache-2.0

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

    /// Refines x and y of all points.
    ///
    /// - Parameters:
    ///   - points: in fractions of the crop.
    ///   - heatmap: `[64, 64, points.count]`, logits.
    package static func refine(_ points: inout [Landmark], heatmap: Span<Float>) {
        precondition(heatmap.count == mapSize * mapSize * points.count)
        for index in points.indices {
            guard let column = cell(points[index].x), let row = cell(points[index].y) else { continue }
            let reach = (kernelSize - 1) / 2
            let rows = max(0, row - reach)..<min(mapSize, row + reach + 1)
            let columns = max(0, column - reach)..<min(mapSize, column + reach + 1)

            var sum: Float = 0
            var columnSum: Float = 0
            var rowSum: Float = 0
            var highest: Float = 0
            for row in rows {
                for column in columns {
                    let confidence = sigmoid(heatmap[(row * mapSize + column) * points.count + index])
                    sum += confidence
                    highest = max(highest, confidence)
                    columnSum += Float(column) * confidence
                    rowSum += Float(row) * confidence
                }
            }
            guard highest >= minConfidence, sum > 0 else { continue }
            points[index].x = columnSum / Float(mapSize) / sum
            points[index].y = rowSum / Float(mapSize) / sum
        }
    }

    /// The row or column of a position, cut toward zero; `nil` outside the map.
    private static func cell(_ position: Float) -> Int? {
        let scaled = position * Float(mapSize)
        guard scaled > -1, scaled < Float(mapSize) else { return nil }
        return Int(scaled)
    }
}
