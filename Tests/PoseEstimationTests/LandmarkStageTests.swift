// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseInference
import PoseTestSupport
import Testing

@Suite struct LandmarkDecoderTests {
    @Test func scalesByTheInputAndTakesSigmoids() {
        var values = [Float](repeating: 0, count: 195)
        values.replaceSubrange(32 * 5..<33 * 5, with: [128, 64, -32, 0, 2])
        let point = LandmarkDecoder.points(values.span)[32]
        #expect(point.x == 0.5 && point.y == 0.25 && point.z == -0.125)
        #expect(point.visibility == 0.5 && abs(point.presence - 0.880797) < 1e-6)
    }

    @Test func takesVisibilityOfWorldPointsFromTheImage() {
        let points = (0..<39).map {
            Landmark(x: 0, y: 0, z: 0, visibility: Float($0), presence: Float($0) / 2)
        }
        let values = (0..<117).map(Float.init)
        let world = LandmarkDecoder.worldPoints(values.span, landmarks: points)
        #expect(world.count == 33)
        #expect(world[32] == WorldLandmark(x: 96, y: 97, z: 98, visibility: 32, presence: 16))
    }
}

@Suite struct HeatmapRefinementTests {
    private static let size = 64

    /// One point's map that is almost 0 but for some cells.
    private func map(_ cells: [(column: Int, row: Int, logit: Float)]) -> [Float] {
        var map = [Float](repeating: -40, count: Self.size * Self.size)
        for cell in cells { map[cell.row * Self.size + cell.column] = cell.logit }
        return map
    }

    /// Refines points by a whole map, `[64, 64, points.count]`.
    private func refine(_ points: inout [Landmark], in map: [Float]) {
        let count = points.count
        HeatmapRefinement.refine(&points) { windows, logits, stride in
            for (index, window) in windows.enumerated() {
                var next = index * stride
                for row in window.rows {
                    for column in window.columns {
                        logits[next] = map[(row * Self.size + column) * count + window.channel]
                        next += 1
                    }
                }
            }
        }
    }

    private func refine(_ x: Float, _ y: Float, _ map: [Float]) -> (x: Float, y: Float) {
        var points = [Landmark(x: x, y: y, z: 9, visibility: 8, presence: 7)]
        refine(&points, in: map)
        #expect(points[0].z == 9 && points[0].visibility == 8 && points[0].presence == 7)
        return (points[0].x, points[0].y)
    }

    @Test func movesToTheOnlyHotCellWithoutHalfPixels() {
        let (x, y) = refine(0.5, 0.5, map([(34, 30, 20)]))
        #expect(abs(x - 34 / 64) < 1e-6 && abs(y - 30 / 64) < 1e-6)
    }

    /// The reach is four cells: a kernel of 9, not the graph file's 7.
    @Test func reachesFourCellsFar() {
        #expect(abs(refine(0.5, 0.5, map([(36, 28, 20)])).x - 36 / 64) < 1e-6)
        #expect(refine(0.5, 0.5, map([(37, 32, 20)])) == (0.5, 0.5))
        #expect(refine(0.5, 0.5, map([(32, 27, 20)])) == (0.5, 0.5))
    }

    @Test func staysWhereNothingIsLikely() {
        #expect(refine(0.5, 0.5, map([(33, 33, -0.001)])) == (0.5, 0.5))
        #expect(refine(0.5, 0.5, map([(33, 33, 0)])) != (0.5, 0.5))
    }

    @Test func staysOutsideTheMap() {
        let hot = map([(0, 0, 20), (63, 63, 20)])
        for (x, y) in [(1.0, 0.5), (0.5, 1.0), (-1.0 / 64, 0.0), (.nan, 0.0), (.infinity, 0.0), (-1e30, 0.0)]
            as [(Float, Float)]
        {
            let (newX, newY) = refine(x, y, hot)
            #expect((newX == x || x.isNaN && newX.isNaN) && newY == y, "\(x), \(y)")
        }
        // Cut toward zero, a position less than a cell outside counts as the first cell.
        #expect(abs(refine(-0.9 / 64, 0, hot).x) < 1e-6)
    }

    @Test(arguments: 0..<10)
    func isTheCentreOfMassOfTheWindow(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let map = (0..<64 * 64).map { _ in Float.random(in: -6...6, using: &generator) }
        let x = Float.random(in: 0..<1, using: &generator)
        let y = Float.random(in: 0..<1, using: &generator)
        var (sum, sumX, sumY) = (0.0, 0.0, 0.0)
        for row in 0..<64 where abs(row - Int(y * 64)) <= 4 {
            for column in 0..<64 where abs(column - Int(x * 64)) <= 4 {
                let p = 1 / (1 + exp(-Double(map[row * 64 + column])))
                sum += p
                sumX += p * Double(column)
                sumY += p * Double(row)
            }
        }
        let refined = refine(x, y, map)
        #expect(
            abs(Double(refined.x) - sumX / sum / 64) < 1e-5 && abs(Double(refined.y) - sumY / sum / 64) < 1e-5
        )
    }

    /// The last four points are nobody's: no window of theirs is asked for.
    @Test func asksOnlyForPointsThatAreUsed() {
        var points = [Landmark](
            repeating: Landmark(x: 0.5, y: 0.5, z: 0, visibility: 0, presence: 0),
            count: LandmarkDecoder.pointCount
        )
        points[7].x = .nan
        HeatmapRefinement.refine(&points) { windows, logits, stride in
            #expect(windows.map(\.channel) == (0..<35).filter { $0 != 7 })
            #expect(logits.count == 34 * stride && stride == 81)
            logits.update(repeating: 0)
        }
        #expect(points[34].x == points[0].x && points[35].x == 0.5)
    }

    @Test func keepsPointsOfOneMapApart() {
        var heatmap = [Float](repeating: -40, count: 64 * 64 * 2)
        heatmap[(30 * 64 + 30) * 2] = 20
        heatmap[(33 * 64 + 34) * 2 + 1] = 20
        var points = [Landmark](
            repeating: Landmark(x: 0.5, y: 0.5, z: 0, visibility: 0, presence: 0),
            count: 2
        )
        refine(&points, in: heatmap)
        #expect(abs(points[0].x - 30 / 64) < 1e-6 && abs(points[1].x - 34 / 64) < 1e-6)
        #expect(abs(points[1].y - 33 / 64) < 1e-6)
    }
}
